import type { Analysis } from '@kizashi/server/contract/analyses';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api-error.ts';
import { localeOf } from '../../../app/i18n.ts';
import { useApi } from '../../../app/services.tsx';
import { preloadCharts } from '../../../charts/Chart.tsx';
import { ErrorState, Loading } from '../../../ui/states.tsx';
import { AnalysisFailed } from '../analysis-failed.tsx';
import { AnalysisGone } from '../analysis-gone.tsx';
import { AnalysisProgress } from '../analysis-progress.tsx';
import { analysisQuery, documentQuery, isBusy } from '../analysis-queries.ts';
import { documentSchema } from './documents.ts';
import type { ForecastSearch } from './forecast-page.tsx';
import { OutcomeSections } from './outcome-sections.tsx';

/** Both analyses of a file: how far they are, why one failed, and what they found. */
export function OutcomeView({
  search,
  onChange,
  onRestart,
}: {
  readonly search: ForecastSearch;
  readonly onChange: (change: Partial<ForecastSearch>) => void;
  readonly onRestart: () => void;
}) {
  const api = useApi();
  const { i18n } = useTranslation();
  const locale = localeOf(i18n);
  const forecast = useQuery(analysisQuery(api, search.forecast));
  const anomalies = useQuery(analysisQuery(api, search.anomalies));
  const forecastFound = useQuery(documentQuery(api, forecast.data, documentSchema, locale));
  const anomaliesFound = useQuery(documentQuery(api, anomalies.data, documentSchema, locale));
  useEffect(preloadCharts, []);

  const queries = [forecast, anomalies, forecastFound, anomaliesFound];
  const failed = queries.find(({ error, data }) => error !== null && data === undefined);
  if (failed?.error instanceof ApiError && failed.error.status === 404) {
    return <AnalysisGone onRestart={onRestart} />;
  }
  if (failed !== undefined) {
    const retry = () => {
      for (const query of queries) if (query.error !== null) void query.refetch();
    };
    return <ErrorState error={failed.error} onRetry={retry} />;
  }
  const analyses = [forecast.data, anomalies.data].filter((one): one is Analysis => !!one);
  if (analyses.length === 0) return <Loading height={420} />;
  const busy = analyses.filter(({ state }) => isBusy(state));
  return (
    <>
      {busy.length > 0 && <AnalysisProgress analyses={analyses} onCancelled={onRestart} />}
      <AnalysisFailed analyses={analyses} onRestart={onRestart} />
      {forecastFound.data || anomaliesFound.data ? (
        <OutcomeSections
          name={analyses[0]!.name}
          forecasts={forecastFound.data}
          anomalies={anomaliesFound.data}
          series={search.series}
          onSeries={(series) => onChange({ series })}
        />
      ) : (
        queries.some(({ isFetching }) => isFetching) &&
        busy.length === 0 && <Loading height={420} />
      )}
    </>
  );
}
