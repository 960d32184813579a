import { studentHalfWidth } from '../math/student.ts';
import type { NearErrors } from './past-errors.ts';

// What is believed before any error was seen, and how soon errors outweigh it. Set with the six sets of
// bench/forecast-accuracy.ts in view; what halves of them and series left out then gave is in the README.
/** A model's errors are this many times the deviation it states: that one was taken from the values it was fitted to. */
const PRIOR_SIZE = 1.4;
/** How much faster than stated their variance grows, for a horizon as long as the history. */
const PRIOR_GROWTH = 8;
/** How many errors that belief counts for. */
const PRIOR_ERRORS = 6;
/** Errors of neighbouring origins overlap: each counts for twice its independence in new ones, one at most. */
const NEW_PER_INDEPENDENT = 2;
/** The quantile of past errors counts half when this many independent ones lie outside of it. */
const ENOUGH_OUTSIDE = 0.5;

export interface WidthQuestion {
  /** Fraction in (0, 1). */
  readonly level: number;
  /** One deviation of the forecast, in the unit of the errors; > 0. */
  readonly deviation: number;
  /** Steps ahead before this one, as a share of the history's length. */
  readonly share: number;
}

/**
 * How many deviations an interval has to reach to both sides, from past errors near its step.
 *
 * Two answers are weighed. One is the quantile of those errors, good when there are enough to see the tail. The other is a
 * Student t interval whose scale is the errors' mean square, drawn towards what a model's errors usually are; it also works
 * with three errors, or none. The first gets the weight k / (k + 0.5 / (1 − level)) with k independent errors at a step, on a log
 * scale; one error of neighbouring origins counts as a quarter of an independent one (`independenceOf`).
 *
 * @returns ≥ 0, finite.
 */
export function widthFactor(errors: NearErrors, question: WidthQuestion): number {
  const { level, deviation, share } = question;
  const prior = (PRIOR_SIZE * deviation) ** 2 * (1 + PRIOR_GROWTH * share);
  const seen = Math.min(1, NEW_PER_INDEPENDENT * errors.independence) * errors.perStep;
  const freedom = PRIOR_ERRORS + seen;
  const scale = Math.sqrt((PRIOR_ERRORS * prior + seen * errors.meanSquare) / freedom);
  const expected = scale * studentHalfWidth(level, freedom);
  const independent = errors.independence * errors.perStep;
  const weight = independent / (independent + ENOUGH_OUTSIDE / (1 - level));
  const quantile = errors.quantile(level);
  const width =
    quantile > 0 ? quantile ** weight * expected ** (1 - weight) : (1 - weight) * expected;
  return width / deviation;
}
