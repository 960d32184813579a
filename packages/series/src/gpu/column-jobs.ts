import type { DeviceForm } from '../features/device-form.ts';
import type { ColumnGroup } from '../features/feature.ts';
import type { GpuProgram } from './gpu-session.ts';
import { calendarCircles, fourierTerms } from './kernels/calendar.ts';
import {
  lagDifferences,
  windowAnomaly,
  windowCorrelation,
  windowPlace,
  windowShape,
  windowStatistics,
} from './kernels/windows.ts';
import type { BatchSeries } from './point-batch.ts';

/** Longer windows are the processor's: its work a point hardly grows with the window, a GPU's grows with it. */
export const LONGEST_WINDOW = 1024;

/** The results of one series: `of(column)[t]`, 32-bit floats, NaN where not defined. */
export type RawColumns = (column: number) => Float32Array;

/** How a group of columns is computed on a device. */
export interface ColumnJob {
  readonly program: GpuProgram;
  /** Columns that the program writes. */
  readonly outputs: number;
  /** Numbers of the program's own. */
  readonly own: readonly number[];
  /** About how many steps its loops take at a point. */
  readonly steps: number;
  readonly table?: Uint32Array<ArrayBuffer>;
  /** The columns of the group, or a part of them side by side, from what came back. */
  finish(raw: RawColumns, member: BatchSeries): readonly Float64Array[];
  /** `days`: the kernel reads days in place of points. */
  readonly reads?: 'values' | 'days';
}

/** How often a window is gone through: 32 halvings for its quartiles, the rest for moments. */
const PASSES = 40;

/** Columns of one dispatch at most (`MOST_POINTS`). */
const MOST_PAIRS = 8;

/** The programs of a group whose columns follow from values around each point; undefined where there are none. */
export function columnJobs(group: ColumnGroup): readonly ColumnJob[] | undefined {
  const form = group.device;
  if (form === undefined) return undefined;
  switch (form.kernel) {
    case 'window-statistics':
      return windowed(form, windowStatistics, 8, statisticsOf);
    case 'window-place':
      return windowed(form, windowPlace, 3, (raw, { scale }) => [
        scaled(raw(0), scale),
        scaled(raw(1), scale),
        new Float64Array(raw(2)),
      ]);
    case 'window-shape':
      return windowed(form, windowShape, 2, (raw) => [
        new Float64Array(raw(0)),
        new Float64Array(raw(1)),
      ]);
    case 'window-correlation':
      return windowed(form, windowCorrelation, 1, (raw) => [new Float64Array(raw(0))]);
    case 'window-anomaly':
      return windowed(form, windowAnomaly, 2, (raw, member) => judged(group, form, raw, member));
    case 'lags':
      return pieces(form.lags).map((lags) => lagJob(lags));
    case 'calendar-circles':
      return [
        {
          program: calendarCircles,
          outputs: 8,
          own: [],
          steps: 8,
          reads: 'days',
          finish: (raw, { series }) => [
            ...form.dates.compute(series),
            ...Array.from({ length: 8 }, (_, k) => new Float64Array(raw(k))),
          ],
        },
      ];
    case 'fourier':
      return pieces(form.terms).map((terms) => ({
        program: fourierTerms,
        outputs: 2 * terms.length,
        own: [terms.length],
        steps: terms.length,
        table: fractions(terms),
        reads: 'days',
        finish: (raw) =>
          Array.from({ length: 2 * terms.length }, (_, k) => new Float64Array(raw(k))),
      }));
    case 'isolation':
    case 'matrix-profile':
      return undefined;
  }
}

function windowed(
  { window, ...rest }: { readonly window: number; readonly least?: number },
  program: GpuProgram,
  outputs: number,
  finish: ColumnJob['finish'],
): readonly ColumnJob[] | undefined {
  if (window > LONGEST_WINDOW) return undefined;
  const own = [window, rest.least ?? window];
  return [{ program, outputs, own, steps: PASSES * window, finish }];
}

function scaled(raw: Float32Array, scale: number): Float64Array {
  const out = new Float64Array(raw.length);
  for (let t = 0; t < out.length; t++) out[t] = raw[t]! * scale;
  return out;
}

/** What came relative to a value of each window, whose place came as well. */
function statisticsOf(
  raw: RawColumns,
  { series: { y }, scale }: BatchSeries,
): readonly Float64Array[] {
  const floats = raw(7);
  const back = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  const origin = new Float64Array(y.length);
  for (let t = 0; t < origin.length; t++) origin[t] = y[t - back[t]!]!;
  return [0, 1, 2, 3, 4, 5, 6].map((column) =>
    column === 1 ? scaled(raw(column), scale) : scaledFrom(origin, raw(column), scale),
  );
}

function scaledFrom(origin: Float64Array, raw: Float32Array, scale: number): Float64Array {
  const out = new Float64Array(raw.length);
  for (let t = 0; t < out.length; t++) out[t] = origin[t]! + raw[t]! * scale;
  return out;
}

function lagJob(lags: readonly number[]): ColumnJob {
  return {
    program: lagDifferences,
    outputs: 2 * lags.length,
    own: [lags.length],
    steps: lags.length,
    table: Uint32Array.from(lags, (lag) => Math.min(lag, 0xffffffff)),
    finish: (raw, { series: { y }, scale }) =>
      lags.flatMap((lag, k) => {
        const before = new Float64Array(y.length).fill(Number.NaN);
        for (let t = lag; t < y.length; t++)
          if (Number.isFinite(y[t - lag]!)) before[t] = y[t - lag]!;
        const change = new Float64Array(raw(2 * k + 1));
        for (let t = lag; t < y.length; t++) {
          // Next to nothing below the fraction bar: 64 bits tell whether it is nothing.
          if (Number.isNaN(change[t]!)) change[t] = finiteOrNaN(y[t]!) / before[t]! - 1;
        }
        return [before, scaled(raw(2 * k), scale), change];
      }),
  };
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Scores nearer to a limit than this share of it are computed again with 64 bits: on which side they lie must not be a matter of rounding. */
const NEAR_LIMIT = 1e-3;

function judged(
  group: ColumnGroup,
  { window, limits }: Extract<DeviceForm, { kernel: 'window-anomaly' }>,
  raw: RawColumns,
  { series: { y } }: BatchSeries,
): readonly Float64Array[] {
  const [score, distance] = [new Float64Array(raw(0)), new Float64Array(raw(1))];
  const out = [score, new Float64Array(y.length), distance, new Float64Array(y.length)];
  const near = (value: number, limit: number) =>
    Math.abs(Math.abs(value) - limit) < NEAR_LIMIT * Math.max(1, limit);
  const flag = (value: number, limit: number) =>
    Number.isNaN(value) ? Number.NaN : Number(Math.abs(value) > limit);
  for (let t = 0; t < y.length; t++) {
    if (near(score[t]!, limits.zscore) || near(distance[t]!, limits.iqr)) {
      const around = group.compute({ y: y.subarray(Math.max(0, t - window), t + 1) });
      for (const [k, column] of around.entries()) out[k]![t] = column.at(-1)!;
    } else {
      out[1]![t] = flag(score[t]!, limits.zscore);
      out[3]![t] = flag(distance[t]!, limits.iqr);
    }
  }
  return out;
}

/** order / period without its whole part, as 64 bits after the point. */
function fractions(
  terms: readonly { readonly period: number; readonly order: number }[],
): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(
    terms.flatMap(({ period, order }) => {
      const share = (order % period) / period;
      const high = Math.floor(share * 2 ** 32);
      const low = Math.floor((share * 2 ** 32 - high) * 2 ** 32);
      return [high, low];
    }),
  );
}

function pieces<T>(all: readonly T[]): readonly (readonly T[])[] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += MOST_PAIRS) {
    parts.push(all.slice(from, from + MOST_PAIRS));
  }
  return parts;
}
