import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import { detectSeasons } from '../../stats/detect-seasons.ts';
import type { SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { type Combine, combineSlots } from './combine-slots.ts';
import { detectIndexStep, detectStep } from './detect-step.ts';
import { createDays, createTimeGrid, type TimeGrid } from './time-grid.ts';
import {
  fixedLength,
  MS,
  NAMED_STEPS,
  type StepName,
  type TimeStep,
  usualSeasons,
} from './time-step.ts';

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
/** Closed days with values make up at most this share of them. */
const MOST_OPEN = 0.1;

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

function requireSameLength({ t, y, x = {} }: TimedPoints): void {
  const columns: [string, Float64Array][] = [['y', y]];
  for (const [name, values] of Object.entries(x)) columns.push([`x.${name}`, values]);
  for (const [argument, values] of columns) {
    if (values.length === t.length) continue;
    throw new InvalidInput(
      argument,
      `must hold ${t.length} values as t does, got ${values.length}`,
    );
  }
}

/** Rows with a time, in order of time; those of the same time in the order given. */
function timedRows({ t }: TimedPoints, isIndex: boolean, warnings: SeriesWarning[]): Int32Array {
  const largest = isIndex ? Number.MAX_SAFE_INTEGER : 8.64e15;
  const all = new Int32Array(t.length);
  let timed = 0;
  for (let row = 0; row < t.length; row++) {
    const time = t[row]!;
    if (!Number.isFinite(time)) continue;
    if (!(Number.isInteger(time) && Math.abs(time) <= largest)) {
      const what = isIndex ? 'a whole number' : 'a time in whole UTC epoch ms';
      throw new InvalidInput(`t[${row}]`, `must be ${what}, got ${show(time)}`);
    }
    all[timed++] = row;
  }
  const rows = all.subarray(0, timed);
  note(warnings, 'rows-without-time', { rows: t.length - rows.length });
  let unsorted = 0;
  for (let i = 1; i < rows.length; i++) unsorted += Number(t[rows[i]!]! < t[rows[i - 1]!]!);
  if (unsorted === 0) return rows;
  warnings.push(warning('rows-out-of-order', { rows: unsorted }));
  return rows.sort((a, b) => t[a]! - t[b]! || a - b);
}

function distinctTimes(t: Float64Array, rows: Int32Array): Float64Array {
  const times = new Float64Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const time = t[rows[i]!]!;
    if (count === 0 || time !== times[count - 1]) times[count++] = time;
  }
  return times.subarray(0, count);
}

function gridFor(
  times: Float64Array,
  options: RegularOptions,
  isIndex: boolean,
  timeZone: string,
  warnings: SeriesWarning[],
): TimeGrid & { readonly regular: boolean } {
  const chosen = typeof options.step === 'string' ? NAMED_STEPS[options.step] : options.step;
  if (options.step !== undefined && chosen === undefined) {
    throw new InvalidInput(
      'step',
      `must be one of ${Object.keys(NAMED_STEPS).join(', ')}, got ${show(options.step)}`,
    );
  }
  const first = times[0]!;
  if (isIndex) {
    const step = chosen ?? detectIndexStep(times);
    return {
      ...createTimeGrid({ ...step, unit: 'index' }, { origin: first, timeZone }),
      regular: true,
    };
  }
  if (chosen !== undefined) requireWhole('step.every', chosen.every, 1);
  const days = createDays(timeZone);
  const found =
    chosen === undefined ? detectStep(times, timeZone) : { step: chosen, regular: true };
  const length = fixedLength(found.step);
  if (length !== null) {
    // Where times lie beside their places, those are on the clock: full minutes, quarters of an hour.
    const exact = times.every((time) => (time - first) % length === 0);
    const start = days.startOf(days.dayOf(first));
    const origin = exact ? first : start + place(first - start) * length;
    return { ...createTimeGrid(found.step, { origin, timeZone }), regular: found.regular };
    function place(sinceMidnight: number): number {
      return Math.round(sinceMidnight / length!);
    }
  }
  const clock = first - days.startOf(days.dayOf(first));
  const sameClock = times.every((time) => time - days.startOf(days.dayOf(time)) === clock);
  const closedDays = closedOf(times, found.step, options.closedDays ?? [], days.dayOf);
  const during = closedDays.filter(
    (day) => day > days.dayOf(first) && day < days.dayOf(times.at(-1)!),
  );
  note(warnings, 'closed-days', { days: during.length });
  const grid = createTimeGrid(found.step, {
    origin: first,
    timeZone,
    closedDays,
    clock: sameClock ? clock : 0,
  });
  return { ...grid, regular: found.regular };
}

/** The closed days, where the series keeps to them. */
function closedOf(
  times: Float64Array,
  { unit, openWeekdays }: TimeStep,
  closedDays: readonly number[],
  dayOf: (t: number) => number,
): readonly number[] {
  if (unit !== 'day' || openWeekdays === undefined) return [];
  const sorted = [...new Set(closedDays)].sort((a, b) => a - b);
  const from = dayOf(times[0]!);
  const to = dayOf(times.at(-1)!);
  const during = new Set(sorted.filter((day) => day >= from && day <= to));
  const taken = new Set<number>();
  for (const time of times) {
    const day = dayOf(time);
    if (during.has(day)) taken.add(day);
  }
  if (taken.size > MOST_OPEN * during.size) return [];
  return sorted.filter((day) => !taken.has(day));
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

type CountCode =
  | 'duplicates-combined'
  | 'times-rounded'
  | 'gaps'
  | 'rows-without-values'
  | 'rows-without-time'
  | 'closed-days';

/** Warns when the first number is above 0. */
function note(
  warnings: SeriesWarning[],
  code: CountCode,
  values: Readonly<Record<string, number>>,
): void {
  if (Object.values(values)[0]! > 0) warnings.push(warning(code, values));
}
