import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../app/api.ts';
import { ApiError } from '../../app/api-error.ts';
import { localeOf } from '../../app/i18n.ts';
import { useApi } from '../../app/services.tsx';
import { preloadCharts } from '../../charts/Chart.tsx';
import { ErrorState, Loading } from '../../ui/states.tsx';
import { AnalysisFailed } from './analysis-failed.tsx';
import { AnalysisGone } from './analysis-gone.tsx';
import { AnalysisProgress } from './analysis-progress.tsx';
import { analysisQuery, documentQuery, isBusy } from './analysis-queries.ts';

const HEIGHT = 420;

/** One analysis: how far it is, why it failed, or what it found. */
export function SingleAnalysisView<Found>({
  id,
  schema,
  onRestart,
  children,
}: {
  readonly id: string;
  readonly schema: Schema<Found>;
  readonly onRestart: () => void;
  readonly children: (found: Found, name: string) => ReactNode;
}) {
  const { i18n } = useTranslation();
  const api = useApi();
  const analysis = useQuery(analysisQuery(api, id));
  const found = useQuery(documentQuery(api, analysis.data, schema, localeOf(i18n)));
  useEffect(preloadCharts, []);
  const failed = [analysis, found].find(({ error, data }) => error !== null && data === undefined);
  if (failed?.error instanceof ApiError && failed.error.status === 404) {
    return <AnalysisGone onRestart={onRestart} />;
  }
  if (failed !== undefined) {
    return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (analysis.data === undefined) return <Loading height={HEIGHT} />;
  const { state, name } = analysis.data;
  if (isBusy(state)) return <AnalysisProgress analyses={[analysis.data]} onCancelled={onRestart} />;
  if (state !== 'done') return <AnalysisFailed analyses={[analysis.data]} onRestart={onRestart} />;
  return found.data === undefined ? <Loading height={HEIGHT} /> : children(found.data, name);
}
