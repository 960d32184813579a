import { type AnalysisKind, analysisSchema } from '@kizashi/server/contract/analyses';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { localeOf } from '../../../app/i18n.ts';
import { useApi } from '../../../app/services.tsx';
import { uploadFile } from '../../../app/upload-file.ts';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { Section } from '../../../ui/section.tsx';
import { analysisAddress } from '../analysis-queries.ts';
import { FILE_EXTENSIONS } from '../file-extensions.ts';
import { exampleFile } from './air-passengers.ts';
import { OptionFields } from './option-fields.tsx';
import { anomaliesOptions, forecastOptions, type OptionsDraft } from './options-draft.ts';

/** Takes a file and starts both analyses of it. */
export function FileSection({
  draft,
  onDraft,
  file: chosen,
  onFile,
  onStarted,
}: {
  readonly draft: OptionsDraft;
  readonly onDraft: (draft: OptionsDraft) => void;
  /** The one chosen before, to be analysed again with other options. */
  readonly file: File | null;
  readonly onFile: (file: File) => void;
  readonly onStarted: (ids: { readonly forecast: string; readonly anomalies: string }) => void;
}) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  return (
    <>
      <Section>
        <FileDrop
          title={t('try.drop')}
          hint={t('try.hint')}
          extensions={FILE_EXTENSIONS}
          wrongFile={t('try.wrong')}
          offers={[
            ...(chosen === null
              ? []
              : [{ label: t('try.again', { name: chosen.name }), file: () => chosen }]),
            { label: t('try.example'), file: exampleFile },
          ]}
          send={async (file, { onProgress, signal }) => {
            onFile(file);
            const start = (kind: AnalysisKind, options: object, from: number) =>
              uploadFile({
                path: '/api/analyses',
                query: { kind, options: JSON.stringify(options) },
                schema: analysisSchema,
                file,
                locale: localeOf(i18n),
                // Two analyses of one file: it is sent twice.
                onProgress: (fraction) => onProgress(from + fraction / 2),
                signal,
              });
            const forecast = await start('forecast', forecastOptions(draft), 0);
            try {
              signal.throwIfAborted();
              const anomalies = await start('anomalies', anomaliesOptions(draft), 0.5);
              onStarted({ forecast: forecast.id, anomalies: anomalies.id });
            } catch (error) {
              // Nobody would look at it. Should this fail too, it is removed with the old ones.
              api.delete(analysisAddress(forecast.id), z.null()).catch(() => undefined);
              throw error;
            }
          }}
        />
      </Section>
      <OptionFields draft={draft} onChange={onDraft} />
    </>
  );
}
