import { useState } from 'react';
import { z } from 'zod';
import { useSearchState } from '../../../app/use-search-state.ts';
import { TryFrame } from '../try-frame.tsx';
import { FileSection } from './file-section.tsx';
import { emptyDraft } from './options-draft.ts';
import { OutcomeView } from './outcome-view.tsx';

/** The analyses and the series looked at stand in the address, so that a reload or a link shows them again. */
const searchSchema = z.object({
  forecast: z.string().optional().catch(undefined),
  anomalies: z.string().optional().catch(undefined),
  series: z.string().optional().catch(undefined),
});
export type ForecastSearch = z.infer<typeof searchSchema>;

const nothing = { forecast: undefined, anomalies: undefined, series: undefined };

/** A file in; what comes next, and what was unusual. */
export function ForecastPage() {
  const [search, change] = useSearchState<ForecastSearch>(searchSchema);
  const [draft, setDraft] = useState(emptyDraft);
  const [file, setFile] = useState<File | null>(null);
  const started = search.forecast !== undefined || search.anomalies !== undefined;
  const restart = () => change(nothing);
  return (
    <TryFrame analysis="forecast" started={started} onRestart={restart}>
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
    </TryFrame>
  );
}
