import type { Growth } from './options.ts';

/** Parameters of the trend, in scaled units: t from 0 to 1 over the history, y in shares of its largest size. */
export interface TrendParameters {
  /** Slope (linear) or rate (logistic) at the start. */
  readonly k: number;
  /** Level at t = 0 (linear, flat) or the middle of the growth (logistic). */
  readonly m: number;
  /** Changes of slope at the changepoints. */
  readonly delta: Float64Array;
}

/**
 * Places changepoints evenly over the first part of the history, by number of points (Prophet's rule, rounding half to even
 * included).
 *
 * @param t scaled times, ascending.
 */
export function placeChangepoints(t: Float64Array, count: number, range: number): Float64Array {
  const part = Math.floor(t.length * range);
  const number = Math.min(count, part - 1);
  if (number < 1) return new Float64Array(0);
  return Float64Array.from(
    { length: number },
    (_, i) => t[roundHalfEven(((i + 1) * (part - 1)) / number)]!,
  );
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/**
 * What bends: k·t + m + Σδⱼ(t − sⱼ)₊ for the linear trend, and the same with −k·m instead of m inside the logistic curve.
 * Prophet writes the latter with an offset γ for each changepoint; γ only makes this function continuous, which it is here.
 */
export function bentLine(
  t: Float64Array,
  growth: Growth,
  changepoints: Float64Array,
  { k, m, delta }: TrendParameters,
): Float64Array {
  const start = growth === 'logistic' ? -k * m : m;
  const slope = growth === 'flat' ? 0 : k;
  const line = t.map((time) => slope * time + start);
  for (let j = 0; j < delta.length; j++) {
    const change = delta[j]!;
    if (change === 0) continue;
    const from = changepoints[j]!;
    for (let i = 0; i < line.length; i++) {
      if (t[i]! > from) line[i]! += change * (t[i]! - from);
    }
  }
  return line;
}

/** Value of logistic growth with limit `cap` at z. */
export function logistic(z: number, cap: number): number {
  return cap / (1 + Math.exp(-z));
}

/** Prophet's start of the search: through the first and the last value. */
export function startingTrend(
  t: Float64Array,
  y: Float64Array,
  growth: Growth,
  cap: Float64Array | null,
): { readonly k: number; readonly m: number } {
  const n = t.length;
  const span = t[n - 1]! - t[0]!;
  if (growth === 'flat') return { k: 0, m: y.reduce((sum, value) => sum + value / n, 0) };
  if (span === 0) return { k: 0, m: growth === 'logistic' ? 0 : y[0]! };
  if (cap === null) {
    const k = (y[n - 1]! - y[0]!) / span;
    return { k, m: y[0]! - k * t[0]! };
  }
  const within = (i: number) => Math.max(0.01 * cap[i]!, Math.min(0.99 * cap[i]!, y[i]!));
  let first = cap[0]! / within(0);
  const last = cap[n - 1]! / within(n - 1);
  if (Math.abs(first - last) <= 0.01) first *= 1.05;
  const before = Math.log(first - 1);
  const after = Math.log(last - 1);
  return { k: (before - after) / span, m: (before * span) / (before - after) };
}
