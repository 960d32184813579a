import { type Bucket, isoDate, previousPeriod } from '@kizashi/series';
import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useFigureStyle } from '../../../app/use-figure-style.ts';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { periodText } from '../../../charts/date-text.ts';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { TimeSeriesChart } from '../../../charts/TimeSeriesChart.tsx';
import { knownSince, type TimeSeries, timeSeriesRows } from '../../../charts/time-series.ts';
import { timeSeriesTable } from '../../../charts/time-series-words.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { useErrorText } from '../../../ui/states.tsx';
import { type DataRange, dayNumbers, horizons } from '../period.ts';
import { forecastQuery, seriesQuery, type View } from '../queries.ts';
import type { HomeSearch } from '../search.ts';
import { useSeriesWords } from '../use-series-words.ts';
import { forecastOf } from './KpiCards.tsx';
import { RevenueControls } from './RevenueControls.tsx';

const MEASURE = 'sales.revenue';
const LEVELS = [0.8, 0.95];
const HEIGHT = 320;

interface RevenuePanelProps {
  readonly view: View;
  /** First and last day with data. */
  readonly days: DataRange;
  readonly bucket: Bucket;
  readonly search: HomeSearch;
  readonly onChange: (change: Partial<HomeSearch>) => void;
}

/** Revenue over the period, what probably follows it, and the period before. */
export function RevenuePanel(props: RevenuePanelProps) {
  const { view, days, bucket, search } = props;
  const api = useApi();
  const horizon = search.horizon ?? horizons[bucket][0]!;
  const actual = useQuery(seriesQuery(api, MEASURE, bucket, view));
  const previous = useQuery({
    ...seriesQuery(api, MEASURE, bucket, { ...view, ...before(view) }),
    enabled: search.compare !== undefined,
  });
  const forecast = useQuery({
    ...forecastQuery(api, {
      measure: MEASURE,
      bucket,
      horizon,
      model: 'auto',
      levels: LEVELS,
      filter: view.filter,
      to: view.to < days.to ? view.to : undefined,
    }),
    enabled: horizon > 0,
  });
  const series = useMemo<TimeSeries | undefined>(
    () =>
      actual.data && {
        bucket,
        actual: knownSince(actual.data, days.from),
        previous:
          search.compare === undefined
            ? undefined
            : previous.data && knownSince(previous.data, days.from),
        forecast:
          horizon > 0 && forecast.data?.bucket === bucket && !forecast.isError
            ? { ...forecast.data, bands: forecast.data.intervals }
            : undefined,
        lastDay: view.to < days.to ? undefined : days.to,
      },
    [
      actual.data,
      previous.data,
      forecast.data,
      forecast.isError,
      bucket,
      horizon,
      search.compare,
      view.to,
      days,
    ],
  );
  return (
    <QueryState query={{ ...actual, data: series }} height={HEIGHT + 120}>
      {(shown) => (
        <RevenueChart
          {...props}
          series={shown}
          horizon={horizon}
          forecasting={horizon > 0 && forecast.isPending}
          problem={horizon > 0 ? forecast.error : null}
        />
      )}
    </QueryState>
  );
}

function RevenueChart({
  view,
  bucket,
  search,
  onChange,
  series,
  horizon,
  forecasting,
  problem,
}: RevenuePanelProps & {
  readonly series: TimeSeries;
  readonly horizon: number;
  readonly forecasting: boolean;
  readonly problem: Error | null;
}) {
  const { t } = useTranslation('sales');
  const errorText = useErrorText();
  const style = useFigureStyle('money');
  const words = useSeriesWords(t('measure.revenue'), LEVELS);
  const picture = useRef<ChartHandle>(null);
  const table = useMemo(
    () => timeSeriesTable(timeSeriesRows(series), words, style, series.bucket),
    [series, words, style],
  );
  const said = {
    bucket: t(`bucket.name.${bucket}`),
    period: periodText(view.from, view.to, style.language),
    count: t(`bucket.count.${bucket}`, { count: horizon }),
  };
  const label = t(series.forecast ? 'home.revenue.labelForecast' : 'home.revenue.label', said);
  return (
    <ChartFrame
      title={t('home.revenue.title')}
      table={table}
      fileName={`kizashi-revenue-${view.from}-${view.to}`}
      height={HEIGHT}
      picture={picture}
      controls={
        <RevenueControls bucket={bucket} horizon={horizon} search={search} onChange={onChange} />
      }
    >
      {(numbers) => (
        <>
          <TimeSeriesChart
            series={series}
            words={words}
            style={style}
            label={label}
            height={HEIGHT}
            picture={picture}
            fallback={numbers}
          />
          <Group justify="space-between" mt={6} gap="xs">
            <Text size="xs" c="dimmed" role="status">
              {forecasting && t('home.revenue.forecasting')}
              {problem && t('home.revenue.forecastFailed', { reason: errorText(problem) })}
            </Text>
            <Anchor
              component={Link}
              size="xs"
              to="/sales/forecast"
              search={forecastOf('revenue', view) as never}
            >
              {t('home.revenue.more')}
            </Anchor>
          </Group>
        </>
      )}
    </ChartFrame>
  );
}

function before(view: View): { from: string; to: string } {
  const { from, to } = previousPeriod(dayNumbers(view));
  return { from: isoDate(from), to: isoDate(to) };
}
