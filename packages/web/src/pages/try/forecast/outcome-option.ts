import type { ChartOption } from '../../../charts/echarts.ts';
import type { Palette } from '../../../charts/palette.ts';
import { axisTimeText } from '../../../charts/time-text.ts';
import { axisText, type Language } from '../../../ui/figure-text.ts';
import type { Outcome, OutcomeRow } from './outcome-rows.ts';

const FONT = "'Inter Variable', 'Noto Sans JP Variable', sans-serif";
/** A longer past gets a slider, which begins with its end: the forecast would be too small to see. */
const SHOWN = 400;

export interface OutcomeOptionInput {
  readonly outcome: Outcome;
  readonly palette: Palette;
  readonly language: Language;
  /** Builds the tip at a value of the axis. */
  readonly tip: (x: number) => HTMLElement;
}

type Cell = [x: number, y: number | null];

/** The past with its anomalies, the forecast and its intervals. Depends on its input alone; nothing moves. */
export function outcomeOption({
  outcome,
  palette,
  language,
  tip,
}: OutcomeOptionInput): ChartOption {
  const { rows, timeKind } = outcome;
  const long = rows.length > SHOWN;
  const first = rows[long ? rows.length - SHOWN : 0]?.x ?? 0;
  const span = (rows.at(-1)?.x ?? 0) - first;
  const number = { unit: 'number' as const, currency: '', language };
  const past = rows.slice(0, outcome.past);
  const ahead = forecastRows(outcome);
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: FONT },
    grid: { left: 8, right: 16, top: 16, bottom: long ? 52 : 8, outerBoundsMode: 'same' },
    xAxis: {
      type: timeKind === 'index' ? 'value' : 'time',
      min: 'dataMin',
      max: 'dataMax',
      axisLabel: {
        color: palette.text,
        hideOverlap: true,
        formatter: (value: number) => axisTimeText(value, span, timeKind, language),
      },
      axisLine: { lineStyle: { color: palette.grid } },
      axisTick: { lineStyle: { color: palette.grid } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { color: palette.text, formatter: (value: number) => axisText(value, number) },
      splitLine: { lineStyle: { color: palette.grid } },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      formatter: (params) => {
        const one = Array.isArray(params) ? params[0] : params;
        return tip(Number((one as { axisValue?: unknown } | undefined)?.axisValue));
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
          startValue: first,
          filterMode: 'none' as const,
          height: 24,
          bottom: 8,
          brushSelect: false,
          showDetail: false,
          showDataShadow: false,
          borderColor: palette.grid,
          textStyle: { color: palette.text },
        },
      ],
    }),
    series: [
      ...bandSeries(ahead, outcome.levels.length, palette),
      {
        ...line(
          'mean',
          ahead.map(({ x, mean }) => [x, mean]),
        ),
        showSymbol: ahead.length === 1,
        lineStyle: { color: palette.forecast, width: 2, type: 'dashed' },
        itemStyle: { color: palette.forecast },
      },
      {
        ...line(
          'actual',
          past.map(({ x, actual }) => [x, actual]),
        ),
        sampling: 'lttb',
        // A point between two gaps would not be seen.
        showSymbol: past.length <= 60,
        lineStyle: { color: palette.actual, width: long ? 1.4 : 2 },
        itemStyle: { color: palette.actual },
      },
      {
        ...line(
          'marks',
          past.filter(({ anomaly }) => anomaly !== null).map(({ x, actual }) => [x, actual]),
        ),
        z: 4,
        symbol: 'diamond',
        symbolSize: 12,
        showSymbol: true,
        lineStyle: { width: 0 },
        itemStyle: { color: palette.alarm },
      },
    ],
  };
}

/** Those of the forecast, begun where the past ends: else there is a gap between the lines. */
function forecastRows({ rows, past, levels }: Outcome): readonly OutcomeRow[] {
  const ahead = rows.slice(past);
  const last = rows[past - 1];
  if (ahead[0] === undefined || last === undefined || last.actual === null) return ahead;
  const bound = { lower: last.actual, upper: last.actual };
  return [{ ...last, mean: last.actual, bands: levels.map(() => bound) }, ...ahead];
}

/** A band is a clear line with a filled one of the band's width stacked on it. The widest lies at the back. */
function bandSeries(ahead: readonly OutcomeRow[], count: number, palette: Palette) {
  return Array.from({ length: count }, (_, i) => count - 1 - i).flatMap((band) => {
    const base = {
      stack: `band-${band}`,
      stackStrategy: 'all' as const,
      silent: true,
      symbol: 'none',
      lineStyle: { opacity: 0 },
    };
    const bounds = ahead.map(({ x, bands }) => ({ x, lower: null, upper: null, ...bands[band] }));
    return [
      {
        ...line(
          `band-${band}-lower`,
          bounds.map(({ x, lower }) => [x, lower]),
        ),
        ...base,
      },
      {
        ...line(
          `band-${band}-width`,
          bounds.map(({ x, lower, upper }) => [
            x,
            lower === null || upper === null ? null : upper - lower,
          ]),
        ),
        ...base,
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
