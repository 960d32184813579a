import { requireLevels, requireWhole } from '../invalid-input.ts';
import {
  type ClosedSeasons,
  findClosedSeasons,
  openSteps,
  openValues,
  positionOfOpen,
  withClosedSteps,
  withZeros,
} from './closed-seasons.ts';
import { calibrateConformal, conformalForecast, type MeasuredCoverage } from './conformal.ts';
import {
  type CandidateTest,
  chooseModel,
  type ModelChoice,
  modelFits,
  NOTHING_TESTED,
  planTest,
  testCandidates,
} from './model-choice.ts';
import { clampAtZero } from './non-negative.ts';
import { eachWithoutOutliers, outliersMislead, replaceRecentOutliers } from './outliers.ts';
import { isConstant } from './prepared-series.ts';
import type { Forecast, SeriesWarning } from './types.ts';
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

/** A forecast with everything needed to judge it. Plain data: it can be sent between threads or stored. */
export interface AutoForecastResult extends CandidateTest {
  readonly status: 'ok';
  readonly choice: ModelChoice;
  /** The chosen model as a statistician writes it. */
  readonly model: string;
  readonly forecast: Forecast;
  /** One-step values over the history used, newest last; `NaN` before a model can predict. */
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  readonly parameters: Readonly<Record<string, number>>;
  /** How the intervals would have covered past values; one entry per level. */
  readonly coverage: readonly MeasuredCoverage[];
  readonly warnings: readonly SeriesWarning[];
}

/** There was nothing to forecast from. */
export interface NoForecast {
  readonly status: 'no-data';
  readonly warnings: readonly SeriesWarning[];
}

const DEFAULTS = { levels: [0.8, 0.95] as readonly number[], folds: 5, longestHistory: 1500 };

type Settled = AutoForecastOptions & Readonly<typeof DEFAULTS>;

/**
 * Forecasts a series with the model that did best on its own past, with intervals made from its past errors.
 *
 * The candidates are the seasonal naive, ETS, Theta and the average of the last two. Each is fitted at up to `folds` past
 * origins and its mean absolute error taken over the `h` values that followed (fewer when the series is short). The average is
 * chosen unless ETS or Theta alone was at least 10 % better. When none of the three beats the seasonal naive, that is the
 * answer, with the warning `seasonal-naive-not-beaten`. A series too short to test gets the average untested
 * (`too-short-for-backtest`). Seasons that are always zero, such as a closed weekday, are left out of all that and forecast as
 * zero (`closed-seasons`); steps and scores then count open ones only. Isolated outliers are replaced in what the models learn
 * from if past forecasts of the real values were better so (`outliers-replaced`); scores, residuals and intervals are always
 * measured against the real values.
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
  const settled: Settled = { ...DEFAULTS, ...options };
  const { m, h, levels, folds, longestHistory } = settled;
  requireWhole('m', m, 1);
  requireWhole('h', h, 1);
  requireWhole('folds', folds, 1);
  requireWhole('longestHistory', longestHistory, 1);
  requireLevels(levels);
  const closed = findClosedSeasons(y, m);
  if (closed === null) return forecastOpen(y, settled);
  const result = forecastOpen(openValues(y, closed), {
    ...settled,
    m: closed.open,
    h: Math.max(1, openSteps(closed, y.length, h)),
  });
  return result.status === 'ok' ? withClosed(result, closed, y, h) : result;
}

/** The answer for open seasons as one for all of them. */
function withClosed(
  result: AutoForecastResult,
  closed: ClosedSeasons,
  y: Float64Array,
  h: number,
): AutoForecastResult {
  const n = y.length;
  // Open values before the history that was used.
  const unused = openValues(y, closed).length - result.fitted.length;
  const start = positionOfOpen(closed, n, unused);
  return {
    ...result,
    forecast: withClosedSteps(result.forecast, closed, n, h),
    fitted: withZeros(result.fitted, closed, start, n - start),
    residuals: withZeros(result.residuals, closed, start, n - start),
    origins: result.origins.map((k) => positionOfOpen(closed, n, unused + k) - start),
    warnings: [
      warning('closed-seasons', { closed: closed.m - closed.open, m: closed.m }),
      ...result.warnings,
    ],
  };
}

/** autoForecast of a series without closed seasons. */
function forecastOpen(y: Float64Array, options: Settled): AutoForecastResult | NoForecast {
  const { m, h, levels, folds, longestHistory } = options;
  const present = y.filter((value) => Number.isFinite(value));
  if (present.length === 0) {
    const code = y.length === 0 ? 'empty' : 'all-missing';
    return { status: 'no-data', warnings: [warning(code, { n: y.length })] };
  }
  const recent = y.subarray(Math.max(0, y.length - longestHistory));
  // A history whose newest part is missing altogether is forecast from what there is.
  const history = recent.some((value) => Number.isFinite(value)) ? recent : y;
  const constant = isConstant(present);
  const plan = constant ? NOTHING_TESTED : planTest(history, { m, h, folds });
  const outliers = constant ? 0 : replaceRecentOutliers(history, m).replaced.length;
  const replaces = outliers > 0 && outliersMislead(history, { m, h, origins: plan.origins });
  const fits = replaces ? eachWithoutOutliers(modelFits(m), m) : modelFits(m);
  const test = testCandidates(history, m, fits, plan);
  const choice = constant ? 'seasonal-naive' : (options.model ?? chooseModel(test.candidates));
  const warnings = [...notes(test, options.model ? null : choice, present, history.length, h)];
  if (replaces) warnings.push(warning('outliers-replaced', { outliers, n: history.length }));

  const fit = fits[choice];
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
    if (coverage === null || !isUnderCovered(level, coverage, tested, h)) continue;
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

function* notes(
  test: CandidateTest,
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

/** Below the nominal level by more than 2.5 standard errors of a share; the h errors of one origin say as much as one. */
function isUnderCovered(level: number, coverage: number, tested: number, h: number): boolean {
  const error = Math.sqrt((level * (1 - level) * h) / tested);
  return tested >= 20 && level - coverage > 2.5 * error;
}
