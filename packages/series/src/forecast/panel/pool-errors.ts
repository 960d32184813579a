import { type PastError, walkErrors } from '../conformal.ts';
import type { IntervalParts } from '../interval-parts.ts';
import { errorScaleNear, USUAL_BELIEF, type WidthBelief } from '../width-factor.ts';

/** A series' past forecasts, as errors are pooled from them. */
export type PoolMember = Pick<IntervalParts, 'history' | 'folds'>;

/** Steps count as near each other up to this ratio, as for the errors of one series. */
const NEAR = 1.75;
/** Errors kept for a step; beyond it they are thinned evenly. A 99 % quantile then has 40 outside. */
const MOST = 4000;
/** Fewer errors than this near a step say less than what is usual. */
const FEWEST = 200;
/** Mean size of normal errors as a share of their deviation. */
const MEAN_SIZE = Math.sqrt(2 / Math.PI);

/**
 * What errors usually are, learnt from many series at once: how much larger they are than the deviations that models state, step
 * by step, and how heavy their tails are. Each error is taken in deviations of its own forecast and, for the tails, divided by
 * the scale that was known for its series at its origin, so that large series do not outweigh small ones.
 *
 * @param members of any units and lengths; walked twice. Their order changes nothing.
 * @returns `USUAL_BELIEF` where fewer than 200 errors are near a step.
 *
 * Cost: two walks over all folds, and sorting all errors and, for each step, 4,000.
 * Source: split conformal prediction with scores pooled over series, each scaled by itself (Lei et al. 2018, 5.2).
 */
export function poolErrors(members: Iterable<PoolMember>): WidthBelief {
  const sizes = collect(members, ({ score, size }) => score / size);
  // Steps beyond the longest that any series was tested on share what is known of that one.
  const at = (step: number) => Math.min(step, sizes.length - 1);
  const meanSquares = sizes.map((step) => {
    if (step.length < FEWEST) return null;
    // From the mean size, not the mean square, which one wild series could decide.
    return (step.reduce((sum, value) => sum + value, 0) / step.length / MEAN_SIZE) ** 2;
  });
  const variance: WidthBelief['variance'] = (question) =>
    meanSquares[at(question.step)] ?? USUAL_BELIEF.variance(question);
  const scaled = { ...USUAL_BELIEF, variance };
  const tails = collect(members, ({ near, step, share, score, size }) => {
    const { scale } = errorScaleNear(near, { deviation: size, step, share }, scaled);
    return score / scale;
  });
  return {
    variance,
    tail(question, freedom) {
      const sorted = tails[at(question.step)]!;
      if (sorted.length < FEWEST) return USUAL_BELIEF.tail(question, freedom);
      return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * question.level) - 1)]!;
    },
  };
}

/**
 * A number for each past error, gathered with those of near steps, ascending; the ones that are not finite are left out. Sorted
 * before they are thinned or added up: in whatever order the series come, the result has the same bits.
 */
function collect(
  members: Iterable<PoolMember>,
  measure: (error: PastError) => number,
): Float64Array[] {
  const steps: number[][] = [[]];
  for (const { history, folds } of members) {
    if (folds.length === 0) continue;
    const reach = folds[0]!.forecast.mean.length;
    while (steps.length < reach) steps.push([]);
    walkErrors(history, folds, reach, (error) => {
      const value = error.size > 0 ? measure(error) : Number.NaN;
      if (Number.isFinite(value)) steps[error.step]!.push(value);
    });
  }
  const sorted = steps.map((values) => Float64Array.from(values).sort());
  return sorted.map((_, step) => {
    const first = Math.ceil((step + 1) / NEAR) - 1;
    const last = Math.min(sorted.length, Math.floor((step + 1) * NEAR));
    const near = sorted.slice(first, Math.max(step + 1, last));
    const every = Math.max(1, Math.ceil(near.reduce((sum, { length }) => sum + length, 0) / MOST));
    const kept: number[] = [];
    for (const values of near) {
      for (let i = every >> 1; i < values.length; i += every) kept.push(values[i]!);
    }
    return Float64Array.from(kept).sort();
  });
}
