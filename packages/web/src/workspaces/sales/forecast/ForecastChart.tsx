import type { ForecastReply } from '@kizashi/server/contract/forecast';
import { List } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFigureStyle } from '../../../app/use-figure-style.ts';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { TimeSeriesChart } from '../../../charts/TimeSeriesChart.tsx';
import { type TimeSeries, timeSeriesRows } from '../../../charts/time-series.ts';
import { timeSeriesTable } from '../../../charts/time-series-words.ts';
import { Caution } from '../../../ui/caution.tsx';
import { useSeriesWords } from '../use-series-words.ts';

/** Shown of the past at first, in horizons: enough to see the season, short enough to see the forecast. */
const PAST_HORIZONS = 4;
const LEAST_PAST = 28;

/** History and forecast; the table (and its file) holds the forecast values alone. */
export function ForecastChart({
  reply,
  height,
}: {
  readonly reply: ForecastReply;
  readonly height: number;
}) {
  const { t } = useTranslation('sales');
  const style = useFigureStyle(reply.measure.unit);
  const title = reply.measure.title[style.language];
  const levels = useMemo(() => reply.intervals.map(({ level }) => level), [reply]);
  const words = useSeriesWords(title, levels);
  const series = useMemo<TimeSeries>(
    () => ({
      bucket: reply.bucket,
      actual: reply.history,
      forecast: { t: reply.t, mean: reply.mean, bands: reply.intervals },
      lastDay: reply.history.t.at(-1),
    }),
    [reply],
  );
  const table = useMemo(() => {
    const rows = timeSeriesRows({ ...series, actual: { t: [], y: [] } });
    return timeSeriesTable(rows, words, style, reply.bucket);
  }, [series, words, style, reply.bucket]);
  const picture = useRef<ChartHandle>(null);
  const count = t(`bucket.count.${reply.bucket}`, { count: reply.t.length });
  const bucket = t(`bucket.name.${reply.bucket}`);
  return (
    <ChartFrame
      title={t('forecast.chart', { measure: title })}
      description={t('forecast.fitted', { model: reply.model })}
      table={table}
      fileName={`kizashi-forecast-${reply.measure.id}-${reply.t[0] ?? ''}`}
      height={height}
      picture={picture}
    >
      {(numbers) => (
        <>
          <TimeSeriesChart
            series={series}
            words={words}
            style={style}
            label={t('forecast.label', { measure: title, bucket, count })}
            height={height}
            zoomFrom={zoomFrom(reply)}
            picture={picture}
            fallback={numbers}
          />
          <Warnings reply={reply} />
        </>
      )}
    </ChartFrame>
  );
}

function Warnings({ reply }: { readonly reply: ForecastReply }) {
  const { t } = useTranslation('sales');
  if (reply.warnings.length === 0) return null;
  return (
    <Caution icon="info" title={t('forecast.warnings')} mt="sm">
      <List size="sm">
        {reply.warnings.map(({ code, message }) => (
          <List.Item key={`${code} ${message}`}>{message}</List.Item>
        ))}
      </List>
    </Caution>
  );
}

/** First bucket in sight; undefined when the whole history fits. */
function zoomFrom({ history, t }: ForecastReply): string | undefined {
  const past = Math.max(PAST_HORIZONS * t.length, LEAST_PAST);
  return history.t.length > past ? history.t[history.t.length - past] : undefined;
}
