import { Stack } from '@mantine/core';
import { type ReactNode, type RefObject, useMemo } from 'react';
import type { FigureStyle } from '../ui/figure-text.ts';
import { Chart } from './Chart.tsx';
import { ChartLegend, type LegendEntry } from './ChartLegend.tsx';
import { bandLook, chartTip } from './chart-tip.ts';
import { bucketText } from './date-text.ts';
import type { ChartHandle } from './EChart.tsx';
import { type TimeSeries, timeSeriesRows } from './time-series.ts';
import { timeSeriesOption } from './time-series-option.ts';
import { rowText, type TimeSeriesWords, tipLines } from './time-series-words.ts';
import { usePalette } from './use-palette.ts';

export interface TimeSeriesChartProps {
  readonly series: TimeSeries;
  readonly words: TimeSeriesWords;
  readonly style: FigureStyle;
  /** What the chart shows, in one sentence. */
  readonly label: string;
  readonly height: number;
  readonly zoomFrom?: string | undefined;
  readonly picture?: RefObject<ChartHandle | null> | undefined;
  /** Shown where the chart cannot be drawn. */
  readonly fallback: ReactNode;
}

/** Actual values, the period before, and a forecast with its bands over time. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { series, words, style, zoomFrom } = props;
  const palette = usePalette();
  const rows = useMemo(() => timeSeriesRows(series), [series]);
  const points = useMemo(() => rows.map((row) => row.t), [rows]);
  const option = useMemo(
    () =>
      timeSeriesOption({
        rows,
        style,
        palette,
        words,
        zoomFrom,
        lastDay: series.lastDay,
        tip: (index) => {
          const row = rows[index]!;
          const title = bucketText(row.t, series.bucket, style.language);
          return chartTip(title, tipLines(row, words, style, series.bucket), palette);
        },
      }),
    [rows, style, palette, words, zoomFrom, series],
  );
  return (
    <Stack gap={4}>
      <Chart
        option={option}
        label={props.label}
        height={props.height}
        points={points}
        describe={(point) => rowText(rows[point]!, words, style, series.bucket)}
        handle={props.picture}
        fallback={props.fallback}
      />
      <ChartLegend entries={legend(series, words)} palette={palette} />
    </Stack>
  );
}

function legend(series: TimeSeries, words: TimeSeriesWords): LegendEntry[] {
  return [
    { look: 'actual', label: words.actual },
    ...(series.previous ? [{ look: 'previous' as const, label: words.previous }] : []),
    ...(series.forecast ? [{ look: 'forecast' as const, label: words.forecast }] : []),
    ...(series.forecast?.bands ?? []).map((_, i) => ({
      look: bandLook(i),
      label: words.band(i),
    })),
  ];
}
