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
  /** Steps ahead before this one. */
  readonly step: number;
  /** The same as a share of the history's length. */
  readonly share: number;
}

/** What is believed of errors before any was seen. */
export interface WidthBelief {
  /** Their mean square, in squared deviations that the model states. */
  variance(question: Pick<WidthQuestion, 'step' | 'share'>): number;
  /** How many times the scale of the errors holds the share `level` of them, with a scale from `freedom` errors. */
  tail(question: Pick<WidthQuestion, 'level' | 'step'>, freedom: number): number;
}

/** For a series by itself: a model's usual optimism, and the tails of a normal law whose scale is estimated. */
export const USUAL_BELIEF: WidthBelief = {
  variance: ({ share }) => PRIOR_SIZE ** 2 * (1 + PRIOR_GROWTH * share),
  tail: ({ level }, freedom) => studentHalfWidth(level, freedom),
};

/** The scale of errors near a step, drawn towards what is believed, and how many errors it is worth. */
export function errorScaleNear(
  errors: NearErrors,
  question: Omit<WidthQuestion, 'level'>,
  belief: WidthBelief,
): { readonly scale: number; readonly freedom: number } {
  const prior = question.deviation ** 2 * belief.variance(question);
  const seen = Math.min(1, NEW_PER_INDEPENDENT * errors.independence) * errors.perStep;
  const freedom = PRIOR_ERRORS + seen;
  return {
    scale: Math.sqrt((PRIOR_ERRORS * prior + seen * errors.meanSquare) / freedom),
    freedom,
  };
}

/**
 * How many deviations an interval has to reach to both sides, from past errors near its step.
 *
 * Two answers are weighed. One is the quantile of those errors, good when there are enough to see the tail. The other is a
 * Student t interval whose scale is the errors' mean square, drawn towards what a model's errors usually are; it also works
 * with three errors, or none. The first gets the weight k / (k + 0.5 / (1 − level)) with k independent errors at a step, on a log
 * scale; one error of neighbouring origins counts as a quarter of an independent one (`independenceOf`).
 *
 * @param belief default: what is usual for a series by itself; `poolErrors` makes one from many series.
 * @returns ≥ 0, finite.
 */
export function widthFactor(
  errors: NearErrors,
  question: WidthQuestion,
  belief: WidthBelief = USUAL_BELIEF,
): number {
  const { scale, freedom } = errorScaleNear(errors, question, belief);
  const expected = scale * belief.tail(question, freedom);
  const independent = errors.independence * errors.perStep;
  const weight = independent / (independent + ENOUGH_OUTSIDE / (1 - question.level));
  const quantile = errors.quantile(question.level);
  const width =
    quantile > 0 ? quantile ** weight * expected ** (1 - weight) : (1 - weight) * expected;
  return width / question.deviation;
}
