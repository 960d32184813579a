import { requireLevels, requireWhole } from '../invalid-input.ts';
import { averageForecasts, averageModels } from './average.ts';
import { shortestTraining } from './backtest/backtest.ts';
import { foldOrigins, forecastAtOrigins } from './backtest/rolling-origins.ts';
import { type Scores, scoreFolds } from './backtest/scores.ts';
import { calibrateConformal, conformalForecast, type MeasuredCoverage } from './conformal.ts';
import { fitEts } from './ets/fit-ets.ts';
import { fitSeasonalNaive } from './naive.ts';
import { clampAtZero } from './non-negative.ts';
import { isConstant } from './prepared-series.ts';
import { fitTheta } from './theta/fit-theta.ts';
import type { Fit, Forecast, SeriesWarning } from './types.ts';
import { warning } from './warnings.ts';

export interface AutoForecastOptions {
  /** Season length in samples, whole number ≥ 1. */
  readonly m: number;
  /** Steps ahead, whole number ≥ 1. */
  readonly h: number;
  /** Levels of the intervals; default 0.8 and 0.95. */
  readonly levels?: readonly number[];
  /** Whether the quantity cannot be negative: forecast and intervals are then cut at zero. Default false. */
  readonly nonNegative?: boolean;
  /** Use this one whatever the back-test says; the candidates are scored all the same. Default: the best. */
  readonly model?: ModelChoice;
  /** At most this many test stretches; default 5. */
  readonly folds?: number;
  /** Only this many of the newest values are used; default 1,500. Bounds the time. */
  readonly longestHistory?: number;
}

/** What autoForecast can choose. */
export type ModelChoice = 'seasonal-naive' | 'ets' | 'theta' | 'ets-theta-average';

/** A candidate's scores over the same test stretches. */
export interface Candidate {
  readonly choice: ModelChoice;
  readonly scores: Scores;
}

/** A forecast with everything needed to judge it. Plain data: it can be sent between threads or stored. */
export interface AutoForecastResult {
  readonly status: 'ok';
  readonly choice: ModelChoice;
  /** The chosen model as a statistician writes it. */
  readonly model: string;
  readonly forecast: Forecast;
  /** One-step values over the history used, newest last; `NaN` before a model can predict. */
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  readonly parameters: Readonly<Record<string, number>>;
  /** Number of values known at each test origin; empty when the series was too short to test. */
  readonly origins: readonly number[];
  /** Steps ahead that were tested: h, or fewer when the series is short. */
  readonly testedSteps: number;
  /** Scores of every candidate, the seasonal naive first; empty when nothing was tested. */
  readonly candidates: readonly Candidate[];
  /** How the intervals would have covered past values; one entry per level. */
  readonly coverage: readonly MeasuredCoverage[];
  readonly warnings: readonly SeriesWarning[];
}

/** There was nothing to forecast from. */
export interface NoForecast {
  readonly status: 'no-data';
  readonly warnings: readonly SeriesWarning[];
}

const FEWEST_FOLDS = 2;
const CLEARLY_BETTER = 0.9;

/**
 * Forecasts a series with the model that did best on its own past, with intervals made from its past errors.
 *
 * The candidates are the seasonal naive, ETS, Theta and the average of the last two. Each is fitted at up to `folds` past
 * origins and its mean absolute error taken over the `h` values that followed (fewer when the series is short). The average is
 * chosen unless ETS or Theta alone was at least 10 % better. When none of the three beats the seasonal naive, that is the
 * answer, with the warning `seasonal-naive-not-beaten`. A series too short to test gets the average untested
 * (`too-short-for-backtest`).
 *
 * @param y n values at equal spacing, oldest first; one that is not finite counts as missing. Values must lie within ±1e150.
 * @returns `no-data` when no value is finite; otherwise forecasts without any `NaN`. A constant series is repeated with
 *   intervals of no width.
 * @throws InvalidInput (`m`, `h`, `levels`, `folds`, `longestHistory`, `y`).
 *
 * Cost: `folds` + 5 fits of ETS and Theta over at most `longestHistory` values, and 60 passes for the intervals. Measured in
 *   bench/forecast-accuracy.ts.
 */
export function autoForecast(
  y: Float64Array,
  options: AutoForecastOptions,
): AutoForecastResult | NoForecast {
  const { m, h, levels = [0.8, 0.95], folds = 5, longestHistory = 1500 } = options;
  requireWhole('m', m, 1);
  requireWhole('h', h, 1);
  requireWhole('folds', folds, 1);
  requireWhole('longestHistory', longestHistory, 1);
  requireLevels(levels);
  const present = y.filter((value) => Number.isFinite(value));
  if (present.length === 0) {
    const code = y.length === 0 ? 'empty' : 'all-missing';
    return { status: 'no-data', warnings: [warning(code, { n: y.length })] };
  }
  const recent = y.subarray(Math.max(0, y.length - longestHistory));
  // A history whose newest part is missing altogether is forecast from what there is.
  const history = recent.some((value) => Number.isFinite(value)) ? recent : y;
  const test = isConstant(present) ? NOTHING_TESTED : testCandidates(history, { m, h, folds });
  const choice = isConstant(present)
    ? 'seasonal-naive'
    : (options.model ?? choose(test.candidates));
  const warnings = [...notes(test, options.model ? null : choice, present, history.length, h)];

  const fit = fits(m)[choice];
  const fitted = fit(history);
  const calibration = calibrateConformal(history, { model: fit, m, h, levels });
  const conformal = conformalForecast(fitted, calibration, levels);
  warnings.push(...fitted.warnings, ...conformal.warnings);
  let { forecast } = conformal;
  if (options.nonNegative) {
    const result = clampAtZero(forecast);
    forecast = result.forecast;
    if (result.clamped > 0) warnings.push(warning('clamped-at-zero', { steps: result.clamped }));
  }
  for (const { level, coverage, tested } of calibration.coverage) {
    if (coverage === null || !isUnderCovered(level, coverage, tested)) continue;
    warnings.push(warning('under-covered', { level, coverage }));
  }
  return {
    status: 'ok',
    choice,
    model: fitted.name,
    forecast,
    fitted: fitted.fitted,
    residuals: fitted.residuals,
    parameters: fitted.parameters,
    ...test,
    coverage: calibration.coverage,
    warnings,
  };
}

type Test = Pick<AutoForecastResult, 'origins' | 'testedSteps' | 'candidates'>;

const NOTHING_TESTED: Test = { origins: [], testedSteps: 0, candidates: [] };

function fits(m: number): Readonly<Record<ModelChoice, Fit>> {
  const ets: Fit = (y) => fitEts(y, { m });
  const theta: Fit = (y) => fitTheta(y, { m });
  return {
    'seasonal-naive': (y) => fitSeasonalNaive(y, { m }),
    ets,
    theta,
    'ets-theta-average': (y) => averageModels([ets(y), theta(y)]),
  };
}

/** Scores all candidates at the same origins. The tested horizon shrinks to a third of what a short series can spare. */
function testCandidates(
  y: Float64Array,
  { m, h, folds }: { readonly m: number; readonly h: number; readonly folds: number },
): Test {
  const spare = y.length - shortestTraining(y, m);
  const testedSteps = Math.min(h, Math.floor(spare / 2));
  if (testedSteps < 1) return NOTHING_TESTED;
  const step = Math.max(1, Math.min(testedSteps, Math.floor((spare - testedSteps) / folds)));
  const origins = foldOrigins(y.length, testedSteps, folds, step, shortestTraining(y, m));
  if (origins.length < FEWEST_FOLDS) return NOTHING_TESTED;
  const model = fits(m);
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
function choose(candidates: readonly Candidate[]): ModelChoice {
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

function* notes(
  test: Test,
  choice: ModelChoice | null,
  present: Float64Array,
  n: number,
  h: number,
): Generator<SeriesWarning> {
  const value = present[0]!;
  if (present.length === 1) yield warning('single-value', { value });
  else if (isConstant(present)) yield warning('constant', { value });
  else if (test.candidates.length === 0) yield warning('too-short-for-backtest', { n, h });
  else if (choice === 'seasonal-naive') {
    yield warning('seasonal-naive-not-beaten', { folds: test.origins.length });
  }
}

/** Below the nominal level by more than 2.5 standard errors of a share, taking neighbouring steps as one observation in h. */
function isUnderCovered(level: number, coverage: number, tested: number): boolean {
  return tested >= 20 && level - coverage > 2.5 * Math.sqrt((level * (1 - level)) / tested);
}
