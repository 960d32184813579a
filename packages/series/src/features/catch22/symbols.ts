import { select } from '../../math/select.ts';
import { firstZero } from './autocorrelation.ts';
import type { ZScores } from './z-scores.ts';

/** Longest stretch of values above the mean; see `longestGap` for what counts. */
export function longestStretchAboveMean({ z, n }: ZScores): number {
  return longestGap(n - 1, (t) => !(z[t]! > 0));
}

/** Longest stretch of falling values; see `longestGap` for what counts. */
export function longestFall({ z, n }: ZScores): number {
  return longestGap(n - 1, (t) => z[t + 1]! - z[t]! >= 0);
}

/**
 * The largest distance between neighbours among position 0, the positions that end a stretch, and the last position. So a
 * stretch in the middle counts one more than its length, as the peer counts it.
 */
function longestGap(length: number, ends: (t: number) => boolean): number {
  let longest = 0;
  let last = 0;
  for (let t = 0; t < length; t++) {
    if (!ends(t) && t < length - 1) continue;
    if (t - last > longest) longest = t - last;
    last = t;
  }
  return longest;
}

/** Entropy (nats) of the pairs of successive letters, when each third of the values by size is one of three letters. */
export function entropyOfPairs({ z, n }: ZScores): number {
  let entropy = 0;
  for (const count of pairCounts(thirds(z))) {
    const share = count / (n - 1);
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy;
}

/**
 * Sum of the variances of the columns of the transition matrix between three letters, after keeping one value in every τ, τ the
 * first zero of the autocorrelation.
 */
export function transitionVariance({ z, n, autocovariance }: ZScores): number {
  const step = firstZero(autocovariance, n);
  const kept = new Float64Array(Math.floor((n - 1) / step) + 1);
  for (let i = 0; i < kept.length; i++) kept[i] = z[i * step]!;
  const counts = pairCounts(thirds(kept));
  let sum = 0;
  for (let to = 0; to < 3; to++) {
    const [a, b, c] = [counts[to]!, counts[3 + to]!, counts[6 + to]!];
    const mean = (a + b + c) / 3;
    sum += ((a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2) / 2;
  }
  return sum / (kept.length - 1) ** 2;
}

/** 0, 1 or 2 for values up to the first, up to the second and beyond the second tercile. */
function thirds(values: Float64Array): Uint8Array {
  const work = values.slice();
  const first = quantile(work, 1 / 3);
  const second = quantile(work, 2 / 3);
  const letters = new Uint8Array(values.length);
  for (let t = 0; t < letters.length; t++) {
    letters[t] = values[t]! <= first ? 0 : values[t]! <= second ? 1 : 2;
  }
  return letters;
}

/** Linear between the values, the k-th of n standing at (k − ½) / n: Hyndman and Fan's definition 5. Reorders the values. */
function quantile(values: Float64Array, share: number): number {
  const n = values.length;
  const position = Math.min(n - 1, Math.max(0, n * share - 0.5));
  const low = Math.floor(position);
  const value = select(values, low);
  if (low === position) return value;
  let next = Number.POSITIVE_INFINITY;
  for (let i = low + 1; i < n; i++) if (values[i]! < next) next = values[i]!;
  return value + (position - low) * (next - value);
}

/** How often letter a is followed by letter b, at 3a + b. */
function pairCounts(letters: Uint8Array): Int32Array {
  const counts = new Int32Array(9);
  for (let t = 1; t < letters.length; t++) counts[3 * letters[t - 1]! + letters[t]!]!++;
  return counts;
}
