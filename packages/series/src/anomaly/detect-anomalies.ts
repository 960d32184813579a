import { InvalidInput } from '../invalid-input.ts';
import { createDetector, type DetectorOptions } from './create-detector.ts';
import type { AnomalyReason } from './types.ts';

/** What a detector said of each value of a series. Arrays have n entries. */
export interface DetectedAnomalies {
  readonly score: Float64Array;
  readonly surprise: Float64Array;
  /** `NaN` only before the first value that is present. */
  readonly expected: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly anomalies: readonly {
    readonly index: number;
    readonly reasons: readonly AnomalyReason[];
  }[];
}

/**
 * One causal pass of a detector over a whole series: each value is judged by the values before it, so that what is said of it is
 * what would have been said when it came.
 *
 * @param y n values, oldest first, any spacing; one that is not finite counts as missing and has score 0.
 * @param t n times, UTC epoch ms, ascending, or nothing. With them, the hour and the weekday count as seasons.
 * @returns score (0 to 1), surprise, expected value and range of every value, and the anomalies with their reasons.
 * @throws InvalidInput (`t`) when there are not n, and as `createDetector`.
 *
 * Cost: that of n calls of `push`; see docs/reference/anomalies.md.
 */
export function detectAnomalies(
  y: Float64Array,
  t?: Float64Array,
  options: DetectorOptions = {},
): DetectedAnomalies {
  const n = y.length;
  if (t !== undefined && t.length !== n) {
    throw new InvalidInput(
      't',
      `must hold as many times as there are values, ${n}, got ${t.length}`,
    );
  }
  const detector = createDetector(options);
  const score = new Float64Array(n);
  const surprise = new Float64Array(n);
  const expected = new Float64Array(n);
  const lower = new Float64Array(n);
  const upper = new Float64Array(n);
  const anomalies: { index: number; reasons: readonly AnomalyReason[] }[] = [];
  for (let i = 0; i < n; i++) {
    const point = detector.push(y[i]!, t?.[i]);
    score[i] = point.score;
    surprise[i] = point.surprise;
    expected[i] = point.expected ?? Number.NaN;
    lower[i] = point.lower ?? Number.NaN;
    upper[i] = point.upper ?? Number.NaN;
    if (point.anomaly) anomalies.push({ index: i, reasons: point.reasons });
  }
  return { score, surprise, expected, lower, upper, anomalies };
}
