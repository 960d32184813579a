import type { DownloadAnalytics } from '@kizashi/server/workspaces/downloads';
import { SegmentedControl } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFigureStyle } from '../../../app/use-figure-style.ts';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { TimeSeriesChart } from '../../../charts/TimeSeriesChart.tsx';
import { type TimeSeries, timeSeriesRows } from '../../../charts/time-series.ts';
import { type TimeSeriesWords, timeSeriesTable } from '../../../charts/time-series-words.ts';

const HEIGHT = 260;
const MEGABYTE = 1e6;
const figures = ['completed', 'failed', 'megabytes', 'speed'] as const;
type Figure = (typeof figures)[number];

/** Each day of the period: how many files, how much, how fast. */
export function DaysChart({ data }: { readonly data: DownloadAnalytics }) {
  const { t } = useTranslation('downloads');
  const [figure, setFigure] = useState<Figure>('completed');
  const style = useFigureStyle(figure === 'completed' || figure === 'failed' ? 'count' : 'number');
  const picture = useRef<ChartHandle>(null);
  const series = useMemo<TimeSeries>(
    () => ({
      bucket: 'day',
      actual: {
        t: data.days.map(({ day }) => day),
        y: data.days.map((day) => figureOf(day, figure)),
      },
    }),
    [data.days, figure],
  );
  const words = useMemo<TimeSeriesWords>(
    () => ({
      date: t('analytics.day'),
      actual: t(`analytics.daily.${figure}`),
      previous: '',
      forecast: '',
      lastDay: '',
      band: String,
      bandLower: String,
      bandUpper: String,
    }),
    [t, figure],
  );
  const table = useMemo(
    () => timeSeriesTable(timeSeriesRows(series), words, style, series.bucket),
    [series, words, style],
  );
  return (
    <ChartFrame
      title={t('analytics.perDay')}
      table={table}
      fileName={`kizashi-downloads-${figure}`}
      height={HEIGHT}
      picture={picture}
      controls={
        <SegmentedControl
          size="xs"
          aria-label={t('analytics.figure')}
          value={figure}
          onChange={(value) => setFigure(figures.find((one) => one === value) ?? 'completed')}
          data={figures.map((value) => ({ value, label: t(`analytics.daily.${value}`) }))}
        />
      }
    >
      {(numbers) => (
        <TimeSeriesChart
          series={series}
          words={words}
          style={style}
          label={t('analytics.chartLabel', { figure: t(`analytics.daily.${figure}`) })}
          height={HEIGHT}
          picture={picture}
          fallback={numbers}
        />
      )}
    </ChartFrame>
  );
}

function figureOf(day: DownloadAnalytics['days'][number], figure: Figure): number | null {
  switch (figure) {
    case 'completed':
      return day.completed;
    case 'failed':
      return day.failed;
    case 'megabytes':
      return day.bytes / MEGABYTE;
    case 'speed':
      return day.medianBytesPerSecond === null ? null : day.medianBytesPerSecond / MEGABYTE;
  }
}
