import { select } from '../../math/select.ts';
import type { ZScores } from './z-scores.ts';

/** Step between thresholds, in standard deviations. */
const INCREMENT = 0.01;
/** Thresholds after the first count as long as all but one of the values beyond them are more than this share of the side. */
const LEAST_SHARE = 0.02;

/**
 * When extremes happen: at each threshold 0, 0.01, 0.02 … the median time of the values at or beyond it, scaled so that −1 is
 * the start and 1 the end; then the median over thresholds. `sign` 1 looks at values above the mean, −1 at those below.
 *
 * Cost: O(n + thresholds). Times leave a linked list as the threshold rises, and the middle of the list moves with them.
 * Checked by: reference/catch22-by-definition.ts.
 */
export function outlierTiming({ z, n, min, max }: ZScores, sign: 1 | -1): number {
  const largest = sign === 1 ? max : -min;
  if (largest < INCREMENT) return 0;
  const { times, steps } = timesOnSide(z, sign);
  const thresholds = stepOf(largest) + 1;
  const order = byStep(steps, thresholds);
  const total = times.length;
  // Neighbours among those left; position 0 and total + 1 are the ends, so that no step needs a question.
  const before = new Int32Array(total + 2);
  const after = new Int32Array(total + 2);
  for (let k = 0; k < total + 2; k++) {
    before[k] = k - 1;
    after[k] = k + 1;
  }
  let size = total;
  // The lower of the two middle ones where their number is even.
  let middle = (total + 1) >> 1;
  const medians = new Float64Array(thresholds);
  let count = 0;
  let next = 0;
  for (let j = 0; j < thresholds; j++) {
    for (; steps[order[next]!]! < j; next++) {
      const gone = order[next]! + 1;
      if (size % 2 === 0) {
        if (gone <= middle) middle = after[middle]!;
      } else if (gone >= middle) middle = before[middle]!;
      size--;
      after[before[gone]!] = after[gone]!;
      before[after[gone]!] = before[gone]!;
    }
    if (j > 0 && (size - 1) / total <= LEAST_SHARE) break;
    const upper = size % 2 === 1 ? middle : after[middle]!;
    const median = (times[middle - 1]! + times[upper - 1]!) / 2 + 1;
    medians[count++] = median / (n / 2) - 1;
  }
  return medianOf(medians, count);
}

/** The last threshold that a value is at or beyond, as j of j · 0.01; −1 below 0. */
function stepOf(value: number): number {
  if (value < 0) return -1;
  const j = Math.floor(value / INCREMENT);
  // The thresholds are the products, which the division may miss by one.
  if (value < j * INCREMENT) return j - 1;
  return value >= (j + 1) * INCREMENT ? j + 1 : j;
}

/** The times of the values at or beyond 0, ascending, and the step each reaches. */
function timesOnSide(z: Float64Array, sign: 1 | -1): { times: Int32Array; steps: Int32Array } {
  const times = new Int32Array(z.length);
  const steps = new Int32Array(z.length);
  let count = 0;
  for (let t = 0; t < z.length; t++) {
    const step = stepOf(sign * z[t]!);
    times[count] = t;
    steps[count] = step;
    if (step >= 0) count++;
  }
  return { times: times.subarray(0, count), steps: steps.subarray(0, count) };
}

/** Positions in `steps`, those with the lowest step first. */
function byStep(steps: Int32Array, thresholds: number): Int32Array {
  const starts = new Int32Array(thresholds + 1);
  for (let k = 0; k < steps.length; k++) starts[steps[k]! + 1]!++;
  for (let j = 0; j < thresholds; j++) starts[j + 1]! += starts[j]!;
  const order = new Int32Array(steps.length);
  for (let k = 0; k < steps.length; k++) order[starts[steps[k]!]!++] = k;
  return order;
}

function medianOf(values: Float64Array, count: number): number {
  const upper = select(values, count >> 1, 0, count);
  if (count % 2 === 1) return upper;
  let lower = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count >> 1; i++) lower = Math.max(lower, values[i]!);
  return (lower + upper) / 2;
}
