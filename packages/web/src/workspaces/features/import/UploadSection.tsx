import { importSchema } from '@kizashi/server/workspaces/features';
import { Box, Button, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { uploadFile } from '../../../app/upload-file.ts';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { importKey, importsKey } from '../queries.ts';
import { LayoutFields } from './LayoutFields.tsx';
import { emptyDraft, layoutOf } from './layout-draft.ts';

const EXTENSIONS = ['csv', 'tsv', 'txt', 'parquet'];

/** Takes a file to be checked; nothing is stored before somebody has seen the report. */
export function UploadSection() {
  const { t, i18n } = useTranslation('features');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(emptyDraft);
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <Section title={t('import.upload.title')} description={t('import.upload.text')}>
      <FileDrop
        title={t('import.upload.drop')}
        hint={t('import.upload.hint')}
        extensions={EXTENSIONS}
        wrongFile={t('import.upload.wrong')}
        send={async (file, options) => {
          const started = await uploadFile({
            path: '/api/features/imports',
            query: { layout: JSON.stringify(layoutOf(draft)) },
            schema: importSchema,
            file,
            locale: localeOf(i18n),
            ...options,
          });
          client.setQueryData(importKey(started.id), started);
          void client.invalidateQueries({ queryKey: importsKey });
          await navigate({ to: `/features/import/${started.id}` });
        }}
      />
      <Button
        mt="sm"
        size="xs"
        variant="subtle"
        onClick={toggle}
        aria-expanded={opened}
        rightSection={<Icon name="chevronDown" size={14} />}
      >
        {t('layout.title')}
      </Button>
      <Collapse expanded={opened}>
        <Box mt="sm">
          <LayoutFields draft={draft} onChange={setDraft} />
        </Box>
      </Collapse>
    </Section>
  );
}
