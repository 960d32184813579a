import type { ChartOption } from '../../../charts/echarts.ts';
import type { Palette } from '../../../charts/palette.ts';
import { axisTimeText } from '../../../charts/time-text.ts';
import { axisText, type Language } from '../../../ui/figure-text.ts';
import type { LineLook, PlotData, PlotLine, PlotSegment, SegmentLook } from './plot-data.ts';

const FONT = "'Inter Variable', 'Noto Sans JP Variable', sans-serif";
const TOP = 12;
const GAP = 22;
/** For the axis at the bottom, and the slider. */
const BOTTOM = 28;
const SLIDER = 40;
/** Longer series get a slider, and lines that keep their shape with fewer points. */
const LONG = 400;

export interface PlotOptionInput {
  readonly data: PlotData;
  readonly palette: Palette;
  readonly language: Language;
  /** In CSS pixels. */
  readonly height: number;
  /** Builds the tip at a value of the axis. */
  readonly tip: (x: number) => HTMLElement;
}

export function lineColour(look: LineLook, palette: Palette): string {
  return look === 'value' ? palette.actual : palette.previous;
}

export function segmentColour(look: SegmentLook, palette: Palette): string {
  return look === 'motif' ? palette.forecast : palette.alarm;
}

/** Panels one below the other over one axis. Depends on its input alone; nothing moves. */
export function plotOption({ data, palette, language, height, tip }: PlotOptionInput): ChartOption {
  const { x, panels, timeKind, segments = [] } = data;
  const long = x.length > LONG;
  const span = x.length === 0 ? 0 : x.at(-1)! - x[0]!;
  const room = height - TOP - BOTTOM - (long ? SLIDER : 0) - GAP * (panels.length - 1);
  const each = room / panels.length;
  const number = { unit: 'number' as const, currency: '', language };
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: FONT },
    // A fixed margin: panels with different numbers must still lie below each other.
    grid: panels.map((_, i) => ({
      left: 56,
      right: 16,
      top: TOP + i * (each + GAP),
      height: each,
    })),
    xAxis: panels.map((_, i) => ({
      type: timeKind === 'index' ? ('value' as const) : ('time' as const),
      gridIndex: i,
      min: 'dataMin' as const,
      max: 'dataMax' as const,
      axisLabel: {
        show: i === panels.length - 1,
        color: palette.text,
        hideOverlap: true,
        formatter: (value: number) => axisTimeText(value, span, timeKind, language),
      },
      axisLine: { lineStyle: { color: palette.grid } },
      axisTick: { show: i === panels.length - 1, lineStyle: { color: palette.grid } },
      splitLine: { show: false },
    })),
    yAxis: panels.map((_, i) => ({
      type: 'value' as const,
      gridIndex: i,
      scale: true,
      splitNumber: panels.length > 1 ? 2 : 5,
      axisLabel: { color: palette.text, formatter: (value: number) => axisText(value, number) },
      splitLine: { lineStyle: { color: palette.grid } },
    })),
    axisPointer: { link: [{ xAxisIndex: 'all' as const }] },
    tooltip: {
      trigger: 'axis',
      confine: true,
      formatter: (params) => {
        const first = Array.isArray(params) ? params[0] : params;
        return tip(Number((first as { axisValue?: unknown } | undefined)?.axisValue));
      },
      backgroundColor: palette.surface,
      borderColor: palette.grid,
      textStyle: { color: palette.text },
      axisPointer: { type: 'line', lineStyle: { color: palette.previous } },
    },
    ...(long && {
      dataZoom: [
        {
          type: 'slider' as const,
          xAxisIndex: panels.map((_, i) => i),
          filterMode: 'none' as const,
          height: 24,
          bottom: 4,
          brushSelect: false,
          showDetail: false,
          showDataShadow: false,
          borderColor: palette.grid,
          textStyle: { color: palette.text },
        },
      ],
    }),
    series: [
      ...panels.map((line, i) => lineSeries(line, i, data, palette)),
      ...segments.map((segment) => segmentSeries(segment, data, palette)),
    ],
  };
}

function lineSeries(line: PlotLine, panel: number, { x }: PlotData, palette: Palette) {
  const colour = lineColour(line.look, palette);
  return {
    id: line.id,
    name: line.label,
    type: 'line' as const,
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: x.map((place, i) => [place, line.y[i] ?? null] as [number, number | null]),
    sampling: 'lttb' as const,
    symbol: 'circle',
    symbolSize: 5,
    // A point between two gaps would not be seen.
    showSymbol: x.length <= 60,
    lineStyle: { color: colour, width: x.length > LONG ? 1.2 : 1.8 },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
  };
}

function segmentSeries(segment: PlotSegment, { x, panels }: PlotData, palette: Palette) {
  const { from, to, look, name } = segment;
  const y = panels[0]?.y ?? [];
  const colour = segmentColour(look, palette);
  const points = x.slice(from, to).map((place, i) => [place, y[from + i] ?? null]);
  return {
    id: `${look}-${name}-${from}`,
    name,
    type: 'line' as const,
    silent: true,
    z: 3,
    data: points.map((value, i) => ({
      value: value as [number, number | null],
      ...(i === 0 && {
        symbol: 'circle',
        symbolSize: 7,
        label: {
          show: true,
          formatter: name,
          color: colour,
          fontWeight: 'bold' as const,
          position: 'top' as const,
        },
      }),
    })),
    symbol: 'none',
    showSymbol: true,
    lineStyle: {
      color: colour,
      width: 3.5,
      type: look === 'discord' ? ('dashed' as const) : ('solid' as const),
    },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
  };
}
