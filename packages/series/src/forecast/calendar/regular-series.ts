import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import { detectSeasons } from '../../stats/detect-seasons.ts';
import type { SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { type Combine, combineSlots } from './combine-slots.ts';
import { note } from './count-note.ts';
import { gridFor } from './series-grid.ts';
import { fixedLength, MS, type StepName, type TimeStep, usualSeasons } from './time-step.ts';
import { distinctTimes, requireSameLength, timedRows } from './timed-rows.ts';

/** Values at any times. All arrays have the same length. */
export interface TimedPoints {
  /** UTC epoch ms, or whole numbers (`timeKind: 'index'`), in any order. One that is not finite: the row is left out. */
  readonly t: Float64Array;
  /** One that is not finite is missing. */
  readonly y: Float64Array;
  /** Further measured columns. Rows behind the last value of y give their future values. */
  readonly x?: Readonly<Record<string, Float64Array>>;
}

export interface RegularOptions {
  /** Default `time`. */
  readonly timeKind?: 'time' | 'index';
  /** Distance of neighbouring values. Default: detected. */
  readonly step?: StepName | TimeStep;
  /** What values of the same place are made into. Default `mean`. */
  readonly combine?: Combine;
  /** What a place without values holds: nothing (`NaN`), or 0, where nothing recorded means that nothing happened. */
  readonly gaps?: 'missing' | 'zero';
  /** Zone in which days begin. Default UTC. */
  readonly timeZone?: string;
  /**
   * Days since 1970-01-01 on which there may be no values, such as holidays. For days of the week that are open only, and only
   * where hardly any of these days has a value: they then have no place, past or future.
   */
  readonly closedDays?: readonly number[];
  /** Season length in steps. Default: that of the calendar, or found among those usual for the step. */
  readonly m?: number;
  /** Steps ahead that times are made for; default 0. */
  readonly h?: number;
  /** Rows of the future: values of x at times after the last value. */
  readonly future?: Pick<TimedPoints, 't' | 'x'>;
}

/** Values at equal spacing. Plain data. */
export interface RegularSeries {
  readonly status: 'ok';
  /** n times, from that of the first value to that of the last; on the same scale as those given. */
  readonly t: Float64Array;
  /** n values, `NaN` where missing; the first and the last are present. */
  readonly y: Float64Array;
  readonly x: Readonly<Record<string, Float64Array>>;
  readonly step: TimeStep;
  /** Season length in steps; 1 for none. */
  readonly m: number;
  /** The h steps that follow. Values of x are `NaN` where not given. */
  readonly future: { readonly t: Float64Array; readonly x: Readonly<Record<string, Float64Array>> };
  /** One for each thing that was changed. */
  readonly warnings: readonly SeriesWarning[];
}

/** There is no value to start from. */
export interface NoSeries {
  readonly status: 'no-data';
  readonly warnings: readonly SeriesWarning[];
}

/** More places than this are a wrong step or a wrong date. */
const MOST_PLACES = 5_000_000;
const MOST_STEPS = 100_000;
/** A week of 5-minute steps; no model here can use a longer one. */
const LONGEST_SEASON = 2016;
/** As many of the newest seasons as are looked at to find one. */
const SEASONS_TESTED = 10;
/**
 * Puts values at any times on places at equal spacing: finds the step, gathers what falls on the same place, leaves gaps where
 * nothing does, and makes the times that follow (ends of months stay ends of months, closed weekdays stay closed).
 *
 * @returns `no-data` when no row has both a time and a value.
 * @throws InvalidInput (`t`, `y`, `x.…`, `step`, `m`, `h`, `timeZone`); (`future.t[i]`) for a time not after the last value.
 *
 * Cost: O(n log n); times of other zones than UTC cost a look-up each.
 *
 * @example
 * toRegularSeries({ t, y }, { h: 12 }).future.t // ends of the next twelve months, where all dates are ends of months
 */
export function toRegularSeries(
  points: TimedPoints,
  options: RegularOptions = {},
): RegularSeries | NoSeries {
  const { combine = 'mean', gaps = 'missing', timeZone = 'UTC', h = 0 } = options;
  const isIndex = options.timeKind === 'index';
  requireWhole('h', h, 0, MOST_STEPS);
  if (options.m !== undefined) requireWhole('m', options.m, 1);
  requireSameLength(points);
  const warnings: SeriesWarning[] = [];
  const rows = timedRows(points, isIndex, warnings);
  const known = rows.filter((row) => Number.isFinite(points.y[row]!));
  if (known.length === 0) {
    const code = points.y.length === 0 ? 'empty' : 'all-missing';
    return { status: 'no-data', warnings: [...warnings, warning(code, { n: points.y.length })] };
  }
  const first = points.t[known[0]!]!;
  const last = points.t[known.at(-1)!]!;
  const inside = rows.filter((row) => points.t[row]! >= first && points.t[row]! <= last);
  const later = rows.filter((row) => points.t[row]! > last);

  const grid = gridFor(distinctTimes(points.t, inside), options, isIndex, timeZone, warnings);
  const n = grid.slotOf(last) + 1;
  if (n > MOST_PLACES) {
    throw new InvalidInput(
      'step',
      `must leave at most ${MOST_PLACES} values between first and last, got ${n}`,
    );
  }
  const slots = inside.map((row) => grid.slotOf(points.t[row]!));
  const y = combineSlots(points.y, inside, slots, n, combine);
  note(warnings, 'duplicates-combined', { rows: y.merged, n });
  if (grid.regular) {
    const moved = inside.reduce(
      (count, row, i) => count + Number(grid.timeOf(slots[i]!) !== points.t[row]!),
      0,
    );
    note(warnings, 'times-rounded', { rows: moved });
  } else {
    warnings.push(warning('irregular-times', { rows: known.length, n }));
  }
  note(warnings, 'gaps', { gaps: y.empty, n });
  if (gaps === 'zero') for (let i = 0; i < n; i++) if (Number.isNaN(y.values[i]!)) y.values[i] = 0;

  const names = Object.keys(points.x ?? {});
  const ofColumn = combine === 'sum' ? 'mean' : combine;
  const x = Object.fromEntries(
    names.map((name) => [name, combineSlots(points.x![name]!, inside, slots, n, ofColumn).values]),
  );
  const future = futureOf();
  return {
    status: 'ok',
    t: new Float64Array(n).map((_, slot) => grid.timeOf(slot)),
    y: y.values,
    x,
    step: grid.step,
    m: options.m ?? seasonOf(y.values, grid.step),
    future,
    warnings,
  };

  function futureOf(): RegularSeries['future'] {
    const t = Float64Array.from({ length: h }, (_, i) => grid.timeOf(n + i));
    const given: TimedPoints[] = [];
    if (later.length > 0) {
      note(warnings, 'rows-without-values', { rows: later.length });
      given.push({
        t: Float64Array.from(later, (row) => points.t[row]!),
        y: points.y,
        x: Object.fromEntries(
          names.map((name) => [name, Float64Array.from(later, (row) => points.x![name]![row]!)]),
        ),
      });
    }
    if (options.future !== undefined) {
      const { t: times, x: columns = {} } = options.future;
      times.forEach((time, i) => {
        if (Number.isFinite(time) && grid.slotOf(time) >= n) return;
        throw new InvalidInput(
          `future.t[${i}]`,
          `must be after the last value (${grid.timeOf(n - 1)}), got ${show(time)}`,
        );
      });
      given.push({ t: times, y: times, x: columns });
    }
    const all = new Set([...names, ...given.flatMap((part) => Object.keys(part.x ?? {}))]);
    return {
      t,
      x: Object.fromEntries(
        [...all].map((name) => {
          const values = new Float64Array(h).fill(Number.NaN);
          for (const part of given) {
            const column = part.x?.[name];
            if (column === undefined) continue;
            const places = Int32Array.from(part.t, (time) => grid.slotOf(time) - n);
            const within = [...places.keys()].filter((i) => places[i]! >= 0 && places[i]! < h);
            const found = combineSlots(
              column,
              Int32Array.from(within),
              Int32Array.from(within, (i) => places[i]!),
              h,
              ofColumn,
            );
            for (let i = 0; i < h; i++) {
              if (!Number.isNaN(found.values[i]!)) values[i] = found.values[i]!;
            }
          }
          return [name, values];
        }),
      ),
    };
  }
}

/**
 * Days, months and hours have the season of their calendar whether or not a test sees it: models that choose for themselves do
 * better with it. A year of weeks, a day of minutes and what an index counts are tested for.
 */
function seasonOf(y: Float64Array, step: TimeStep): number {
  const usual = usualSeasons(step).filter((m) => y.length >= 2 * m && m <= LONGEST_SEASON);
  if (usual.length === 0) return 1;
  const [main] = usual;
  const isTested =
    ['index', 'week'].includes(step.unit) || (fixedLength(step) ?? MS.hour) < MS.hour;
  // A season seen twice only cannot be tested; the usual one is believed.
  if (!isTested || (step.unit !== 'index' && y.length < 3 * main!)) return main!;
  const recent = y.subarray(-SEASONS_TESTED * Math.max(...usual, 200));
  return detectSeasons(recent, { candidates: usual, most: 1 })[0]?.m ?? 1;
}
