import { createAutocovariance } from '../../stats/lazy-autocovariance.ts';
import type { ZScores } from './z-scores.ts';

/** How far a peak must rise above the trough before it. */
const LEAST_RISE = 0.01;

/**
 * The lag of the first peak of the autocovariance (divisor n − lag, lags up to n / 3) that is positive, comes after a trough
 * and rises at least 0.01 above it, once a cubic regression spline of two pieces is taken off; 0 where there is none. Lags
 * count from 0 at lag 1.
 */
export function periodicity({ z, n }: ZScores): number {
  const products = createAutocovariance(detrended(z));
  const most = Math.ceil(n / 3);
  const at = (i: number) => products.at(i + 1) / (n - i - 1);
  let trough = Number.NaN;
  for (let i = 1; i < most - 1; i++) {
    const value = at(i);
    const [before, after] = [at(i - 1), at(i + 1)];
    if (value < before && value < after) trough = value;
    else if (value > before && value > after && value - trough >= LEAST_RISE && value >= 0) {
      return i;
    }
  }
  return 0;
}

/** What a least-squares cubic spline with one inner knot, the middle, leaves of the series. */
function detrended(z: Float64Array): Float64Array {
  const basis = splineBasis(z.length);
  if (basis.length === 5) return withoutAll(z, basis as Five);
  const rest = z.slice();
  for (const column of basis) takeOff(column, rest);
  return rest;
}

type Five = readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

/** All projections at once: they do not touch each other, and ten walks over the series become two. */
function withoutAll(z: Float64Array, [a, b, c, d, e]: Five): Float64Array {
  let onA = 0;
  let onB = 0;
  let onC = 0;
  let onD = 0;
  let onE = 0;
  for (let t = 0; t < z.length; t++) {
    const value = z[t]!;
    onA += a[t]! * value;
    onB += b[t]! * value;
    onC += c[t]! * value;
    onD += d[t]! * value;
    onE += e[t]! * value;
  }
  const rest = new Float64Array(z.length);
  for (let t = 0; t < z.length; t++) {
    rest[t] = z[t]! - onA * a[t]! - onB * b[t]! - onC * c[t]! - onD * d[t]! - onE * e[t]!;
  }
  return rest;
}

/** Takes from `values` their projection on a column of length 1. */
function takeOff(column: Float64Array, values: Float64Array): void {
  let product = 0;
  for (let t = 0; t < values.length; t++) product += column[t]! * values[t]!;
  for (let t = 0; t < values.length; t++) values[t]! -= product * column[t]!;
}

/** Many series have few lengths, and a basis costs more than its use: the newest are remembered. */
const KEPT_BASES = 4;
const bases = new Map<number, readonly Float64Array[]>();

function splineBasis(n: number): readonly Float64Array[] {
  const known = bases.get(n);
  if (known !== undefined) return known;
  const basis = makeSplineBasis(n);
  if (bases.size === KEPT_BASES) bases.delete(bases.keys().next().value!);
  bases.set(n, basis);
  return basis;
}

/** Columns of length 1 at right angles that span the powers up to the third and the third beyond the knot. */
function makeSplineBasis(n: number): readonly Float64Array[] {
  const knot = Math.floor(n / 2) - 1;
  const scale = (n - 1) / 2;
  const shapes: readonly ((t: number) => number)[] = [
    () => 1,
    (t) => t / scale - 1,
    (t) => (t / scale - 1) ** 2,
    (t) => (t / scale - 1) ** 3,
    (t) => (Math.max(0, t - knot) / scale) ** 3,
  ];
  const basis: Float64Array[] = [];
  for (const shape of shapes) {
    const column = Float64Array.from({ length: n }, (_, t) => shape(t));
    const whole = length(column);
    // Twice is enough to leave only rounding; a column that others explain has nothing else left and is not taken.
    for (const other of [...basis, ...basis]) takeOff(other, column);
    const left = length(column);
    if (left <= 1e-10 * whole) continue;
    basis.push(column.map((value) => value / left));
  }
  return basis;
}

function length(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
