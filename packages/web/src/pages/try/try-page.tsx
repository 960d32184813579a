import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useSearchState } from '../../app/use-search-state.ts';
import { Icon } from '../../ui/icons.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { FileSection } from './file-section.tsx';
import { emptyDraft } from './options-draft.ts';
import { OutcomeView } from './outcome-view.tsx';

/** The analyses and the series looked at stand in the address, so that a reload or a link shows them again. */
const searchSchema = z.object({
  forecast: z.string().optional().catch(undefined),
  anomalies: z.string().optional().catch(undefined),
  series: z.string().optional().catch(undefined),
});
export type TrySearch = z.infer<typeof searchSchema>;

const nothing = { forecast: undefined, anomalies: undefined, series: undefined };

/** A file in; what comes next, and what was unusual. */
export function TryPage() {
  const { t } = useTranslation();
  const [search, change] = useSearchState<TrySearch>(searchSchema);
  const [draft, setDraft] = useState(emptyDraft);
  const [file, setFile] = useState<File | null>(null);
  const started = search.forecast !== undefined || search.anomalies !== undefined;
  const restart = () => change(nothing);
  return (
    <>
      <PageHeader
        title={t('try.title')}
        description={t('try.text')}
        actions={
          started && (
            <Button variant="default" onClick={restart} leftSection={<Icon name="upload" />}>
              {t('try.other')}
            </Button>
          )
        }
      />
      {started ? (
        <OutcomeView search={search} onChange={change} onRestart={restart} />
      ) : (
        <FileSection
          draft={draft}
          onDraft={setDraft}
          file={file}
          onFile={setFile}
          onStarted={(ids) => change({ ...nothing, ...ids })}
        />
      )}
    </>
  );
}
