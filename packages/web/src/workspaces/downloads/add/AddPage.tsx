import { Button, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Caution } from '../../../ui/caution.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { emptyOptions, isSound } from '../options/options-draft.ts';
import { QueueOptions } from '../options/QueueOptions.tsx';
import { useQueueJob } from '../options/use-queue-job.ts';
import { useWords } from '../use-words.ts';
import { linkLines } from './link-lines.ts';
import { ManifestSection } from './ManifestSection.tsx';

/** Wrong lines that are shown at most. */
const SHOWN = 20;

/** Links to paste and manifests to drop. */
export function AddPage() {
  const { t } = useTranslation('downloads');
  return (
    <>
      <PageHeader
        title={t('add.title')}
        description={t('add.description')}
        parents={[{ label: t('queue.title'), to: '/downloads/queue' }]}
      />
      <LinksSection />
      <ManifestSection />
    </>
  );
}

function LinksSection() {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const [text, setText] = useState('');
  const [options, setOptions] = useState(emptyOptions);
  const queue = useQueueJob();
  const deferred = useDeferredValue(text);
  const { links, wrong } = useMemo(() => linkLines(deferred), [deferred]);
  return (
    <Section title={t('add.links')} description={t('add.linksText')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const inputs = linkLines(text).links.map((url) => ({ kind: 'link' as const, url }));
          queue.mutate({ inputs, options });
        }}
      >
        <Stack gap="sm">
          <Textarea
            label={t('add.linksLabel')}
            placeholder="https://civitai.com/models/…"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={5}
            maxRows={16}
            spellCheck={false}
            classNames={{ input: 'kz-mono' }}
          />
          {wrong.length > 0 && (
            <Caution icon="alert" title={t('add.wrong', { lines: words.count(wrong.length) })}>
              <List size="sm">
                {wrong.slice(0, SHOWN).map(({ line, text: what }) => (
                  <List.Item key={line}>
                    {t('add.wrongLine', { line: words.count(line), text: what.slice(0, 200) })}
                  </List.Item>
                ))}
              </List>
              <Text size="sm">{t('add.wrongText')}</Text>
            </Caution>
          )}
          <QueueOptions options={options} onChange={setOptions} />
          <FormError error={queue.error} />
          <Group>
            <Button
              type="submit"
              leftSection={<Icon name="download" size={16} />}
              loading={queue.isPending}
              disabled={links.length === 0 || !isSound(options)}
            >
              {t('add.submit', { links: words.count(links.length) })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
