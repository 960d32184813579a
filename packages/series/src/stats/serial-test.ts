import { requireWhole } from '../invalid-input.ts';
import { chiSquareSurvival } from '../math/gamma.ts';
import type { ChiSquareTest } from './uniformity.ts';

/**
 * Serial test: whether what comes next depends on what was there before. Chi-square of the table of neighbouring pairs against
 * independence, whatever the frequencies of the values themselves.
 *
 * @param y       n values in order; a pair with a value that is not finite is left out.
 * @param classes most classes the values are put in, whole, ≥ 2: each value its own class where there are no more different
 *                ones, else classes of about equal size. Too many for the number of pairs (fewer than five pairs a cell) are
 *                made fewer.
 * @returns `NaN` when fewer than two classes or pairs are left.
 * @throws InvalidInput (`classes`)
 *
 * Cost: O(n log n). Source: Anderson & Goodman (1957), Annals of Mathematical Statistics 28, 89–110, section 4: a chain of
 *   order 0 against order 1.
 */
export function serialTest(y: Float64Array, classes = 10): ChiSquareTest {
  requireWhole('classes', classes, 2);
  const pairs = y.reduce(
    (count, value, t) =>
      count + Number(t > 0 && Number.isFinite(value) && Number.isFinite(y[t - 1]!)),
    0,
  );
  const most = Math.max(2, Math.min(classes, Math.floor(Math.sqrt(pairs / 5))));
  const limits = upperLimits(y, most);
  const k = limits.length;
  const table = new Float64Array(k * k);
  for (let t = 1; t < y.length; t++) {
    if (!Number.isFinite(y[t]!) || !Number.isFinite(y[t - 1]!)) continue;
    table[classOf(limits, y[t - 1]!) * k + classOf(limits, y[t]!)]!++;
  }
  return independenceTest(table, k);
}

/** The largest value of each class. */
function upperLimits(y: Float64Array, most: number): Float64Array {
  const sorted = y.filter(Number.isFinite).sort();
  const different = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (different.length <= most) return different;
  const limits = Array.from(
    { length: most },
    (_, i) => sorted[Math.ceil(((i + 1) * sorted.length) / most) - 1]!,
  );
  return Float64Array.from(new Set(limits));
}

function classOf(limits: Float64Array, value: number): number {
  let i = 0;
  while (value > limits[i]!) i++;
  return i;
}

/** Pearson's test on a square table; rows and columns without any count do not count. */
function independenceTest(table: Float64Array, k: number): ChiSquareTest {
  const rows = new Float64Array(k);
  const columns = new Float64Array(k);
  let total = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      rows[i]! += table[i * k + j]!;
      columns[j]! += table[i * k + j]!;
      total += table[i * k + j]!;
    }
  }
  const used = (sums: Float64Array) => sums.reduce((count, sum) => count + Number(sum > 0), 0);
  const freedom = (used(rows) - 1) * (used(columns) - 1);
  if (!(freedom > 0)) return { statistic: Number.NaN, freedom: Number.NaN, pValue: Number.NaN };
  let statistic = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const expected = (rows[i]! * columns[j]!) / total;
      if (expected > 0) statistic += (table[i * k + j]! - expected) ** 2 / expected;
    }
  }
  return { statistic, freedom, pValue: chiSquareSurvival(statistic, freedom) };
}
