import type { DataZoomComponentOption } from 'echarts/components';
import { axisText, type FigureStyle } from '../ui/figure-text.ts';
import { axisTime, MS_PER_DAY, tickText } from './date-text.ts';
import type { ChartOption } from './echarts.ts';
import type { Palette } from './palette.ts';
import type { TimeSeriesRow } from './time-series.ts';

export interface TimeSeriesOptionInput {
  readonly rows: readonly TimeSeriesRow[];
  readonly style: FigureStyle;
  readonly palette: Palette;
  readonly lastDay?: string | undefined;
  readonly words: { readonly lastDay: string };
  /** First bucket shown at first; a slider below the chart moves on from there. Without it all is shown. */
  readonly zoomFrom?: string | undefined;
  /** Builds the tip of one row. */
  readonly tip: (row: number) => HTMLElement;
}

/** The page's own fonts: a canvas does not inherit them. */
const FONT = "'Inter Variable', 'Noto Sans JP Variable', sans-serif";

type Cell = [time: number, value: number | null];

/**
 * The ECharts option of a time series: actual values, the period before, the forecast's mean and its bands.
 * Depends on its input alone. Nothing moves: a filter change repaints at once, and reduced motion needs no special case.
 */
export function timeSeriesOption(input: TimeSeriesOptionInput): ChartOption {
  const { rows, style, palette } = input;
  const column = (value: (row: TimeSeriesRow) => number | null): Cell[] =>
    rows.map((row) => [axisTime(row.t), value(row)]);
  const joint = jointRow(rows);
  const mean: Cell[] = rows.map((row, i) => [
    axisTime(row.t),
    row.mean ?? (i === joint ? row.actual : null),
  ]);
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: FONT },
    grid: {
      left: 8,
      right: 16,
      top: 28,
      bottom: input.zoomFrom === undefined ? 8 : 52,
      outerBoundsMode: 'same',
    },
    xAxis: {
      type: 'time',
      axisLabel: {
        color: palette.text,
        hideOverlap: true,
        formatter: (utcMs: number) => tickText(utcMs, style.language, spanDays(rows)),
      },
      axisLine: { lineStyle: { color: palette.grid } },
      axisTick: { lineStyle: { color: palette.grid } },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: palette.text, formatter: (value: number) => axisText(value, style) },
      splitLine: { lineStyle: { color: palette.grid } },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      // The tip is a DOM element we build: text stays text, and its look comes from a style sheet.
      formatter: (params) =>
        input.tip((Array.isArray(params) ? params[0] : params)?.dataIndex ?? 0),
      backgroundColor: palette.surface,
      borderColor: palette.grid,
      textStyle: { color: palette.text },
      axisPointer: { type: 'line', lineStyle: { color: palette.previous } },
    },
    ...(input.zoomFrom !== undefined && { dataZoom: [zoom(input.zoomFrom, palette)] }),
    series: [
      ...bandSeries(rows, joint, palette),
      {
        ...line(
          'previous',
          column((row) => row.previous),
        ),
        lineStyle: { color: palette.previous, width: 1.5, type: 'dotted' },
        itemStyle: { color: palette.previous },
      },
      {
        ...line('mean', mean),
        lineStyle: { color: palette.forecast, width: 2, type: 'dashed' },
        itemStyle: { color: palette.forecast },
      },
      {
        ...line(
          'actual',
          column((row) => row.actual),
        ),
        showSymbol: rows.length <= 40,
        lineStyle: { color: palette.actual, width: 2 },
        itemStyle: { color: palette.actual },
        ...(input.lastDay !== undefined && { markLine: lastDayLine(input.lastDay, input) }),
      },
      {
        ...line(
          'marks',
          column((row) => (row.marked ? row.actual : null)),
        ),
        symbol: 'diamond',
        symbolSize: 12,
        showSymbol: true,
        lineStyle: { width: 0 },
        itemStyle: { color: palette.alarm },
      },
    ],
  };
}

/** The last known row before the forecast begins, where its lines join the actual ones; −1 without a forecast. */
function jointRow(rows: readonly TimeSeriesRow[]): number {
  const first = rows.findIndex((row) => row.mean !== null);
  return first > 0 && rows[first - 1]!.actual !== null ? first - 1 : -1;
}

/** A band is a clear line with a filled one of the band's width stacked on it. The widest lies at the back. */
function bandSeries(rows: readonly TimeSeriesRow[], joint: number, palette: Palette) {
  const count = rows[0]?.bands.length ?? 0;
  return Array.from({ length: count }, (_, i) => count - 1 - i).flatMap((band) => {
    const bounds = rows.map((row, i) => {
      const bound = row.bands[band];
      if (bound) return bound;
      return i === joint ? { lower: row.actual!, upper: row.actual! } : null;
    });
    const at = (value: (bound: { lower: number; upper: number }) => number): Cell[] =>
      rows.map((row, i) => [axisTime(row.t), bounds[i] ? value(bounds[i]) : null]);
    const base = {
      stack: `band-${band}`,
      stackStrategy: 'all' as const,
      silent: true,
      symbol: 'none',
    };
    return [
      {
        ...line(
          `band-${band}-lower`,
          at((b) => b.lower),
        ),
        ...base,
        lineStyle: { opacity: 0 },
      },
      {
        ...line(
          `band-${band}-width`,
          at((b) => b.upper - b.lower),
        ),
        ...base,
        lineStyle: { opacity: 0 },
        areaStyle: { color: palette.forecast, opacity: band === 0 ? 0.22 : 0.12 },
      },
    ];
  });
}

function line(id: string, data: Cell[]) {
  return {
    id,
    name: id,
    type: 'line' as const,
    data,
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: false,
    emphasis: { disabled: true },
  };
}

function spanDays(rows: readonly TimeSeriesRow[]): number {
  const [first, last] = [rows[0], rows.at(-1)];
  return first && last ? (axisTime(last.t) - axisTime(first.t)) / MS_PER_DAY : 0;
}

function lastDayLine(lastDay: string, { palette, words }: TimeSeriesOptionInput) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: palette.previous, type: 'solid' as const, width: 1 },
    label: { formatter: words.lastDay, color: palette.text, position: 'end' as const },
    data: [{ xAxis: axisTime(lastDay) }],
  };
}

function zoom(from: string, palette: Palette): DataZoomComponentOption {
  return {
    type: 'slider',
    startValue: axisTime(from),
    filterMode: 'none',
    height: 24,
    bottom: 8,
    brushSelect: false,
    showDetail: false,
    // It would show the first line alone, which is the bound of a band.
    showDataShadow: false,
    borderColor: palette.grid,
    textStyle: { color: palette.text },
  };
}
