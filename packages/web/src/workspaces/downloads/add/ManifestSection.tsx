import { jobSchema } from '@kizashi/server/workspaces/downloads';
import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uploadFile } from '../../../app/upload-file.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { Section } from '../../../ui/section.tsx';
import { emptyOptions, optionsOf } from '../options/options-draft.ts';
import { QueueOptions } from '../options/QueueOptions.tsx';
import { jobKey, jobsKey, queueKey } from '../queries.ts';

const EXTENSIONS = ['txt', 'csv', 'tsv', 'json', 'jsonl', 'ndjson', 'aria2', 'list', 'input'];

/** Takes a list of links as a file. Lines that cannot be read are shown on the job's page, each with its number. */
export function ManifestSection() {
  const { t } = useTranslation('downloads');
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [options, setOptions] = useState(emptyOptions);
  return (
    <Section title={t('manifest.title')} description={t('manifest.text')}>
      <Stack>
        <QueueOptions options={options} onChange={setOptions} />
        <FileDrop
          title={t('manifest.drop')}
          hint={t('manifest.hint')}
          extensions={EXTENSIONS}
          wrongFile={t('manifest.wrong')}
          send={async (file, sending) => {
            const { name, ...query } = optionsOf(options);
            const job = await uploadFile({
              path: '/api/downloads/jobs/manifest',
              query,
              schema: jobSchema,
              file: name ? new File([file], name) : file,
              locale: language,
              ...sending,
            });
            client.setQueryData(jobKey(job.id), job);
            for (const queryKey of [queueKey, jobsKey]) void client.invalidateQueries({ queryKey });
            await navigate({ to: `/downloads/queue/${job.id}` });
          }}
        />
      </Stack>
    </Section>
  );
}
