import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { exhaustiveComplexity } from '../../stats/exhaustive-complexity.ts';
import { differences, type Values, variance } from './values.ts';

/** Phrases of Lempel and Ziv (1976) in the series as bits, 1 above the mean. NaN for an empty series. */
export function complexityAboveMean({ x, n, mean }: Values): number {
  if (n === 0) return Number.NaN;
  const bits = new Uint8Array(n);
  for (let t = 0; t < n; t++) bits[t] = x[t]! > mean ? 1 : 0;
  return exhaustiveComplexity(bits);
}

/** How often neighbours have different signs once `level` is taken off; 0 has the sign +. */
export function signChanges(x: Float64Array, level = 0): number {
  let changes = 0;
  let before = isNegative((x[0] ?? 0) - level);
  for (let t = 1; t < x.length; t++) {
    const now = isNegative(x[t]! - level);
    if (now !== before) changes++;
    before = now;
  }
  return changes;
}

/** The sign bit, which −0 has. */
function isNegative(value: number): boolean {
  return value < 0 || (value === 0 && 1 / value < 0);
}

/** √(var(x′) / var(x)), x′ the differences. Source: Hjorth (1970), Electroenceph. Clin. Neurophysiol. 29(3), 306–310. */
export function mobility({ x, constant }: Values): number {
  if (constant) return Number.NaN;
  return Math.sqrt(variance(differences(x)) / variance(x));
}

/** Mobility of the differences over mobility of the values. */
export function complexity(values: Values): number {
  const first = differences(values.x);
  return Math.sqrt(variance(differences(first)) / variance(first)) / mobility(values);
}

/**
 * log n / (log n + log(n / (n + 0.4 c))), c how often the differences change sign.
 *
 * Source: Petrosian (1995), Proc. IEEE Symp. Computer-Based Medical Systems, 212–217.
 */
export function petrosianDimension({ x, n }: Values): number {
  const size = Math.log10(n);
  return size / (size + Math.log10(n / (n + 0.4 * signChanges(differences(x)))));
}

/**
 * log(L / a) / log(d / a): L the sum and a the mean of the distances |x′|, d the largest distance from the first value.
 *
 * Source: Katz (1988), Comput. Biol. Med. 18(3), 145–156.
 */
export function katzDimension({ x, n }: Values): number {
  if (n < 2) return Number.NaN;
  const distances = differences(x).map(Math.abs);
  const sum = pairwiseSum(distances);
  const mean = sum / distances.length;
  let farthest = 0;
  for (let t = 1; t < n; t++) farthest = Math.max(farthest, Math.abs(x[t]! - x[0]!));
  return Math.log10(sum / mean) / Math.log10(farthest / mean);
}
