import { createZoneCalendar } from '../../calendar/time-zone.ts';
import { InvalidInput, show } from '../../invalid-input.ts';

/** Times, and what is known of each beforehand. All arrays have the same length. */
export interface AdditivePoints {
  /** UTC epoch milliseconds. */
  readonly t: Float64Array;
  /** Limit that logistic growth approaches, unit of y. */
  readonly cap?: Float64Array | number;
  /** Level that logistic growth starts from; default 0. */
  readonly floor?: Float64Array | number;
  /** Where each condition holds (not 0). */
  readonly conditions?: Readonly<Record<string, ArrayLike<number | boolean>>>;
  /** Values of each regressor; all finite. */
  readonly regressors?: Readonly<Record<string, Float64Array>>;
}

/** A history: values at any times, in any order. */
export interface AdditiveSeries extends AdditivePoints {
  /** A value that is not finite is left out. */
  readonly y: Float64Array;
}

const MS_PER_DAY = 86_400_000;
/** The range of JavaScript dates. */
const LAST_TIME = 8.64e15;

/** @throws InvalidInput (`t`) */
export function requireTimes(t: Float64Array): void {
  for (let i = 0; i < t.length; i++) {
    if (!(Math.abs(t[i]!) <= LAST_TIME)) {
      throw new InvalidInput(`t[${i}]`, `must be a time in UTC epoch ms, got ${show(t[i])}`);
    }
  }
}

/** Days since 1970-01-01 on the clock of a zone, with the time of day as fraction. */
export function wallClockDays(t: Float64Array, timeZone: string): Float64Array {
  if (timeZone === 'UTC') return t.map((time) => time / MS_PER_DAY);
  const calendar = createZoneCalendar(timeZone);
  return t.map((time) => {
    const day = calendar.dayOf(time);
    // Of 23 or 25 hours, where the clock is moved.
    return day + Math.min((time - calendar.startOf(day)) / MS_PER_DAY, 1 - 1e-9);
  });
}

/** One value per point of `cap` or `floor`. @throws InvalidInput */
export function perPoint(
  argument: string,
  values: Float64Array | number,
  n: number,
): Float64Array | number {
  if (typeof values === 'number') {
    if (Number.isFinite(values)) return values;
    throw new InvalidInput(argument, `must be finite, got ${show(values)}`);
  }
  requireFinite(argument, values, n);
  return values;
}

/** @throws InvalidInput */
export function requireFinite(argument: string, values: Float64Array, n: number): void {
  if (values.length !== n) {
    throw new InvalidInput(argument, `must hold ${n} values, got ${values.length}`);
  }
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0)
    throw new InvalidInput(`${argument}[${odd}]`, `must be finite, got ${show(values[odd])}`);
}

/** The chosen rows of points. */
export function rowsOf(points: AdditivePoints, rows: Int32Array): AdditivePoints {
  const take = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  const takeOr = (values: Float64Array | number) =>
    typeof values === 'number' ? values : take(values);
  const n = points.t.length;
  const { cap, floor, conditions, regressors } = points;
  return {
    t: take(points.t),
    ...(cap === undefined ? {} : { cap: takeOr(perPoint('cap', cap, n)) }),
    ...(floor === undefined ? {} : { floor: takeOr(perPoint('floor', floor, n)) }),
    ...(conditions === undefined
      ? {}
      : {
          conditions: mapValues(conditions, (name, values) => {
            if (values.length === n) return Uint8Array.from(rows, (i) => Number(values[i]));
            throw new InvalidInput(
              `conditions.${name}`,
              `must hold ${n} values, got ${values.length}`,
            );
          }),
        }),
    ...(regressors === undefined
      ? {}
      : {
          regressors: mapValues(regressors, (name, values) => {
            requireFinite(`regressors.${name}`, values, n);
            return take(values);
          }),
        }),
  };
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  change: (name: string, value: T) => R,
): Record<string, R> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, change(name, value)]),
  );
}
