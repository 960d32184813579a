import { averageForecasts } from './average.ts';
import type { RollingPlan } from './backtest/rolling-forecasts.ts';
import type { FoldForecast } from './backtest/rolling-origins.ts';
import { foldYardsticks, type Scores, scoreFolds } from './backtest/scores.ts';
import type { CandidateModel, ModelChoice } from './candidates.ts';

/** A candidate's scores over the same test stretches. */
export interface Candidate {
  readonly choice: ModelChoice;
  readonly scores: Scores;
  /** Share of the average, 0 to 1; that of the average itself is 1. */
  readonly weight: number;
}

/** Scores of all candidates over the same test stretches. */
export interface CandidateTest {
  /** Number of values known at each test origin; empty when the series was too short to test. */
  readonly origins: readonly number[];
  /** Steps ahead that were tested at every origin: h, or fewer when the series is short. Earlier origins test up to h. */
  readonly testedSteps: number;
  /** The seasonal naive first, the average last; empty when nothing was tested. */
  readonly candidates: readonly Candidate[];
}

/** A candidate with its forecasts at past origins. */
export interface RolledCandidate extends CandidateModel {
  readonly folds: readonly FoldForecast[];
}

/** A candidate's part in the answer. */
export interface Member<C extends CandidateModel = CandidateModel> {
  readonly candidate: C;
  /** Share of the average; those of all members add up to 1. */
  readonly weight: number;
}

export const NOTHING_TESTED: CandidateTest = { origins: [], testedSteps: 0, candidates: [] };

const FEWEST_ORIGINS = 2;
/** A test of two horizons that follow each other counts as one independent one. */
const INDEPENDENCE = 0.5;
/** Members below this share of the largest weight change nothing but the cost. */
const NEGLIGIBLE = 0.05;
const MOST = 0.5;

/**
 * Which candidates to average, and with which weights, from their errors at past origins.
 *
 * The weight of a candidate is its prior times (its mean absolute error / the least one) to the power −k/2, where k is how many
 * horizons long the tested past is. That is the likelihood of k/2 independent Laplace errors, so that on a short past the
 * priors decide and on a long one the errors do. Weights below 5 % of the largest are dropped.
 *
 * The seasonal naive alone is the answer where nothing was better and its weight is over one half, or it was never wrong.
 *
 * @returns the test, the members of the average, and whether no candidate was better than the seasonal naive. Untested
 *   candidates, of a series too short for it, get their priors; those with the largest prior are members.
 */
export function testCandidates(
  y: Float64Array,
  candidates: readonly RolledCandidate[],
  { plan, m, h }: { readonly plan: RollingPlan; readonly m: number; readonly h: number },
): {
  readonly test: CandidateTest;
  readonly members: readonly Member<RolledCandidate>[];
  readonly naiveAhead: boolean;
} {
  const n = y.length;
  const testedSteps = Math.min(h, Math.floor(plan.span / 2));
  const places = plan.origins.map((_, i) => i).filter((i) => plan.origins[i]! + testedSteps <= n);
  const origins = places.map((i) => plan.origins[i]!);
  const untested = { test: NOTHING_TESTED, members: byPrior(candidates), naiveAhead: false };
  if (testedSteps < 1 || origins.length < FEWEST_ORIGINS) return untested;
  const weights = places.map((i) => plan.gaps[i]!);
  const yardsticks = foldYardsticks(y, origins, { m, h, weights });
  const tested = (candidate: RolledCandidate) => places.map((i) => cut(candidate.folds[i]!, n));
  const scores = candidates.map((candidate) => scoreFolds(tested(candidate), yardsticks));
  const errors = scores.map(({ mae }) => mae);
  if (errors.some((error) => error === null)) return untested;
  const all = weigh(candidates, errors as number[], plan.span / h);
  const naive = candidates.findIndex(({ choice }) => choice === 'seasonal-naive');
  const naiveAhead = naive >= 0 && errors.every((error) => error! >= errors[naive]!);
  const members =
    naiveAhead && (errors[naive] === 0 || all[naive]!.weight > MOST)
      ? [{ candidate: candidates[naive]!, weight: 1 }]
      : all.filter(({ weight }) => weight > 0);
  const shares = new Map(members.map(({ candidate, weight }) => [candidate.choice, weight]));
  const average = scoreFolds(
    averageFolds(members.map(({ candidate, weight }) => ({ folds: tested(candidate), weight }))),
    yardsticks,
  );
  return {
    members,
    naiveAhead,
    test: {
      origins,
      testedSteps,
      candidates: [
        ...candidates.map(({ choice }, i) => ({
          choice,
          scores: scores[i]!,
          weight: shares.get(choice) ?? 0,
        })),
        { choice: 'average' as const, scores: average, weight: 1 },
      ],
    },
  };
}

/** All candidates in the given order with weights that add up to 1. */
function weigh<C extends CandidateModel>(
  candidates: readonly C[],
  errors: readonly number[],
  stretches: number,
): Member<C>[] {
  const least = Math.min(...errors);
  const raw = candidates.map(({ prior }, i) => {
    const ratio = errors[i] === least ? 1 : errors[i]! / least;
    return prior * ratio ** (-INDEPENDENCE * stretches);
  });
  const largest = Math.max(...raw);
  return normalised(
    candidates.map((candidate, i) => ({
      candidate,
      weight: raw[i]! >= NEGLIGIBLE * largest ? raw[i]! : 0,
    })),
  );
}

function byPrior<C extends CandidateModel>(candidates: readonly C[]): Member<C>[] {
  const largest = Math.max(...candidates.map(({ prior }) => prior));
  return normalised(
    candidates
      .filter(({ prior }) => prior === largest)
      .map((candidate) => ({ candidate, weight: 1 })),
  );
}

export function normalised<C extends CandidateModel>(members: readonly Member<C>[]): Member<C>[] {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return members.map(({ candidate, weight }) => ({ candidate, weight: weight / total }));
}

/** The fold without steps that are yet to come. */
function cut({ origin, forecast }: FoldForecast, n: number): FoldForecast {
  if (origin + forecast.mean.length <= n)
    return { origin, forecast: { ...forecast, intervals: [] } };
  return { origin, forecast: { mean: forecast.mean.subarray(0, n - origin), intervals: [] } };
}

/** Weighted average of forecasts made at the same origins. */
export function averageFolds(
  members: readonly { readonly folds: readonly FoldForecast[]; readonly weight: number }[],
): FoldForecast[] {
  return (members[0]?.folds ?? []).map(({ origin }, i) => ({
    origin,
    forecast: averageForecasts(
      members.map(({ folds }) => folds[i]!.forecast),
      members.map(({ weight }) => weight),
    ),
  }));
}
