import type { FoldForecast } from '../backtest/rolling-origins.ts';
import { walkErrors } from '../conformal.ts';
import { errorScaleNear, USUAL_BELIEF, type WidthBelief } from '../width-factor.ts';

/** A series' past forecasts, as errors are pooled from them. */
export interface PoolMember {
  readonly y: Float64Array;
  readonly folds: readonly FoldForecast[];
}

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
 * @param members of any units and lengths.
 * @returns `USUAL_BELIEF` where fewer than 200 errors are near a step.
 *
 * Cost: two walks over all folds, and O(h · 4,000 · log) for sorting.
 * Source: split conformal prediction with scores pooled over series, each scaled by itself (Lei et al. 2018, 5.2).
 */
export function poolErrors(members: readonly PoolMember[]): WidthBelief {
  // Steps beyond the longest that any series was tested on share what is known of that one.
  const reach = Math.max(1, ...members.map(({ folds }) => folds[0]?.forecast.mean.length ?? 0));
  const at = (step: number) => Math.min(step, reach - 1);
  const sizes = collect(members, reach, ({ score, size }) => score / size);
  const meanSquares = sizes.map((step) => {
    if (step.length < FEWEST) return null;
    // From the mean size, not the mean square, which one wild series could decide.
    return (step.reduce((sum, value) => sum + value, 0) / step.length / MEAN_SIZE) ** 2;
  });
  const variance: WidthBelief['variance'] = (question) =>
    meanSquares[at(question.step)] ?? USUAL_BELIEF.variance(question);
  const scaled = { ...USUAL_BELIEF, variance };
  const tails = collect(members, reach, ({ near, step, share, score, size }) => {
    const { scale } = errorScaleNear(near, { deviation: size, step, share }, scaled);
    return score / scale;
  }).map((step) => step.sort());
  return {
    variance,
    tail(question, freedom) {
      const sorted = tails[at(question.step)]!;
      if (sorted.length < FEWEST) return USUAL_BELIEF.tail(question, freedom);
      return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * question.level) - 1)]!;
    },
  };
}

/** A number for each past error, gathered with those of near steps; the ones that are not finite are left out. */
function collect(
  members: readonly PoolMember[],
  h: number,
  measure: (error: Parameters<Parameters<typeof walkErrors>[3]>[0]) => number,
): Float64Array[] {
  const steps = Array.from({ length: h }, (): number[] => []);
  for (const { y, folds } of members) {
    walkErrors(y, folds, h, (error) => {
      const value = error.size > 0 ? measure(error) : Number.NaN;
      if (Number.isFinite(value)) steps[error.step]!.push(value);
    });
  }
  return steps.map((_, step) => {
    const first = Math.ceil((step + 1) / NEAR) - 1;
    const last = Math.min(h, Math.floor((step + 1) * NEAR));
    const near = steps.slice(first, Math.max(step + 1, last)).flat();
    const every = Math.max(1, Math.ceil(near.length / MOST));
    return Float64Array.from(near.filter((_, i) => i % every === 0));
  });
}
