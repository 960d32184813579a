import { averageForecasts, averageModels } from './average.ts';
import { shortestTraining } from './backtest/backtest.ts';
import { foldOrigins, forecastAtOrigins } from './backtest/rolling-origins.ts';
import { type Scores, scoreFolds } from './backtest/scores.ts';
import { fitEts } from './ets/fit-ets.ts';
import { fitSeasonalNaive } from './naive.ts';
import { fitTheta } from './theta/fit-theta.ts';
import type { Fit } from './types.ts';

/** What autoForecast can choose. */
export type ModelChoice = 'seasonal-naive' | 'ets' | 'theta' | 'ets-theta-average';

/** A candidate's scores over the same test stretches. */
export interface Candidate {
  readonly choice: ModelChoice;
  readonly scores: Scores;
}

const FEWEST_FOLDS = 2;
const CLEARLY_BETTER = 0.9;

/** Scores of all candidates over the same test stretches. */
export interface CandidateTest {
  /** Number of values known at each test origin; empty when the series was too short to test. */
  readonly origins: readonly number[];
  /** Steps ahead that were tested: h, or fewer when the series is short. */
  readonly testedSteps: number;
  /** The seasonal naive first; empty when nothing was tested. */
  readonly candidates: readonly Candidate[];
}

export const NOTHING_TESTED: CandidateTest = { origins: [], testedSteps: 0, candidates: [] };

/** How to fit each choice. */
export type ModelFits = Readonly<Record<ModelChoice, Fit>>;

export function modelFits(m: number): ModelFits {
  const ets: Fit = (y) => fitEts(y, { m });
  const theta: Fit = (y) => fitTheta(y, { m });
  return {
    'seasonal-naive': (y) => fitSeasonalNaive(y, { m }),
    ets,
    theta,
    'ets-theta-average': (y) => averageModels([ets(y), theta(y)]),
  };
}

/** Where candidates are tested, and how far ahead. No origins when the series is too short. */
export interface TestPlan {
  readonly origins: readonly number[];
  readonly testedSteps: number;
}

/** Places the test stretches. The tested horizon shrinks to a third of what a short series can spare. */
export function planTest(
  y: Float64Array,
  { m, h, folds }: { readonly m: number; readonly h: number; readonly folds: number },
): TestPlan {
  const spare = y.length - shortestTraining(y, m);
  const testedSteps = Math.min(h, Math.floor(spare / 2));
  if (testedSteps < 1) return NOTHING_TESTED;
  const step = Math.max(1, Math.min(testedSteps, Math.floor((spare - testedSteps) / folds)));
  const origins = foldOrigins(y.length, testedSteps, folds, step, shortestTraining(y, m));
  return origins.length < FEWEST_FOLDS ? NOTHING_TESTED : { origins, testedSteps };
}

/** Scores all candidates at the same origins. */
export function testCandidates(
  y: Float64Array,
  m: number,
  model: ModelFits,
  { origins, testedSteps }: TestPlan,
): CandidateTest {
  if (origins.length === 0) return NOTHING_TESTED;
  const run = (choice: ModelChoice) =>
    forecastAtOrigins(y, model[choice], origins, testedSteps, []);
  const ets = run('ets');
  const theta = run('theta');
  // Not run('ets-theta-average'), which would fit both again.
  const average = ets.map(({ origin, forecast }, i) => ({
    origin,
    forecast: averageForecasts([forecast, theta[i]!.forecast]),
  }));
  const candidates: Candidate[] = [
    { choice: 'seasonal-naive', scores: scoreFolds(y, run('seasonal-naive'), m) },
    { choice: 'ets', scores: scoreFolds(y, ets, m) },
    { choice: 'theta', scores: scoreFolds(y, theta, m) },
    { choice: 'ets-theta-average', scores: scoreFolds(y, average, m) },
  ];
  return { origins, testedSteps, candidates };
}

/**
 * The average of ETS and Theta, unless one of them alone was clearly better; the seasonal naive when none of the three was
 * better than it. A few test stretches are a noisy judge between good models: taking the smallest error outright was worse
 * at four of six frequencies of bench/forecast-accuracy.ts.
 */
export function chooseModel(candidates: readonly Candidate[]): ModelChoice {
  const errors = Object.fromEntries(candidates.map(({ choice, scores }) => [choice, scores.mae]));
  const average = errors['ets-theta-average'];
  if (average == null) return 'ets-theta-average';
  let best: ModelChoice = 'ets-theta-average';
  let toBeat = average * CLEARLY_BETTER;
  for (const choice of ['ets', 'theta'] as const) {
    if (errors[choice]! >= toBeat) continue;
    best = choice;
    toBeat = errors[choice]!;
  }
  const least = Math.min(average, errors.ets!, errors.theta!);
  return errors['seasonal-naive']! <= least ? 'seasonal-naive' : best;
}
