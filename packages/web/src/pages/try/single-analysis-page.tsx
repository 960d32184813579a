import { type AnalysisKind, analysisSchema } from '@kizashi/server/contract/analyses';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Schema } from '../../app/api.ts';
import { localeOf } from '../../app/i18n.ts';
import { uploadFile } from '../../app/upload-file.ts';
import { useSearchState } from '../../app/use-search-state.ts';
import { Caution } from '../../ui/caution.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Section } from '../../ui/section.tsx';
import { type FileColumns, fileColumns } from './file-columns.ts';
import { FILE_EXTENSIONS } from './file-extensions.ts';
import { SingleAnalysisView } from './single-analysis-view.tsx';
import { TryFrame } from './try-frame.tsx';

/** The analysis stands in the address, so that a reload or a link shows it again. */
const searchSchema = z.object({ analysis: z.string().optional().catch(undefined) });
type Search = z.infer<typeof searchSchema>;

export interface SingleAnalysis<Draft, Found> {
  readonly kind: Exclude<AnalysisKind, 'forecast' | 'anomalies'>;
  /** What is chosen and typed before a file is taken. */
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  /** The draft with the columns that this file seems to have for it. */
  readonly guess: (draft: Draft, file: FileColumns) => Draft;
  /** Whether all is said that must be. */
  readonly isReady: (draft: Draft) => boolean;
  /** Of the analysis, as the server takes them. */
  readonly options: (draft: Draft) => object;
  /** @param asked whether what is missing was asked for already */
  readonly fields: (columns: readonly string[], asked: boolean) => ReactNode;
  readonly example: () => File;
  /** Of the document. */
  readonly schema: Schema<Found>;
  /** What was found in the file of that name. */
  readonly children: (found: Found, name: string) => ReactNode;
}

/** A page that takes a file for one analysis, and shows what was found. */
export function SingleAnalysisPage<Draft, Found>(props: SingleAnalysis<Draft, Found>) {
  const { kind, draft, onDraft, fields } = props;
  const { t, i18n } = useTranslation();
  const [{ analysis }, change] = useSearchState<Search>(searchSchema);
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState(false);
  const restart = () => change({ analysis: undefined });

  async function send(
    chosen: File,
    sending: { readonly onProgress: (fraction: number) => void; readonly signal: AbortSignal },
  ): Promise<void> {
    const found = await fileColumns(chosen);
    // Chosen again, it has been spoken for.
    const ready = chosen === file ? draft : props.guess(draft, found);
    setFile(chosen);
    setColumns(found.columns);
    onDraft(ready);
    setAsked(!props.isReady(ready));
    if (!props.isReady(ready)) return;
    const { id } = await uploadFile({
      path: '/api/analyses',
      query: { kind, options: JSON.stringify(props.options(ready)) },
      schema: analysisSchema,
      file: chosen,
      locale: localeOf(i18n),
      ...sending,
    });
    change({ analysis: id });
  }

  return (
    <TryFrame analysis={kind} started={analysis !== undefined} onRestart={restart}>
      {analysis === undefined ? (
        <>
          <Section>
            <FileDrop
              title={t('try.drop')}
              hint={t(`try.hints.${kind}`)}
              extensions={FILE_EXTENSIONS}
              wrongFile={t('try.wrong')}
              offers={[
                ...(file === null
                  ? []
                  : [{ label: t('try.again', { name: file.name }), file: () => file }]),
                { label: t(`try.examples.${kind}`), file: props.example },
              ]}
              send={send}
            />
          </Section>
          {asked && file !== null && (
            <Caution icon="info" role="alert" title={t('try.columnsAsked')} my="md">
              {t('try.columnsAskedText', { name: file.name })}
            </Caution>
          )}
          {fields(columns, asked)}
        </>
      ) : (
        <SingleAnalysisView id={analysis} schema={props.schema} onRestart={restart}>
          {props.children}
        </SingleAnalysisView>
      )}
    </TryFrame>
  );
}
