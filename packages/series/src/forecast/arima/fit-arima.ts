import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import { boxCox, guerreroLambda } from '../../transform/box-cox.ts';
import { fillMissing } from '../../transform/fill-missing.ts';
import { boxCoxModel } from '../box-cox-model.ts';
import { LARGEST_VALUE, type PreparedSeries } from '../prepared-series.ts';
import type { SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { type ArimaModel, coefficientCount, createArimaModel } from './arima-model.ts';
import { type ArimaDesign, designOf, type Regressors } from './design.ts';
import { type ArimaEstimate, type EstimateOptions, estimateArima } from './estimate.ts';
import { cutRegressors, gappySeries } from './model-input.ts';
import { type ArimaOrder, armaCount, checkOrder, valuesLost } from './order.ts';

/** What a fixed order and an automatic choice have in common. */
export interface ArimaTransform {
  /** Season length in samples, whole number ≥ 1. */
  readonly m: number;
  /** Regressors by name, n finite values each. Forecasts then need future values of the same names. */
  readonly regressors?: Regressors;
  /**
   * Power of a Box–Cox transformation, or `auto` for Guerrero's choice. Default: none. Values that are not positive allow only
   * powers > 0; for them `auto` is no transformation where it would be 0. `auto` is never below 0.
   */
  readonly boxCox?: number | 'auto';
  /** With a transformation: whether forecasts are means (default) or medians. */
  readonly biasAdjust?: boolean;
}

/** A fixed order; all that is left out is 0, 0, 0. */
export interface ArimaOptions extends ArimaTransform {
  /** Orders without the season; default 0, 0, 0. */
  readonly order?: { readonly p?: number; readonly d?: number; readonly q?: number };
  /** Orders of the season; default 0, 0, 0. */
  readonly seasonal?: { readonly P?: number; readonly D?: number; readonly Q?: number };
  /** Whether a mean (without differences) or a drift (one difference) is estimated; default: a mean, no drift. */
  readonly constant?: boolean;
}

/**
 * ARIMA model of given order, also with regressors, by maximum likelihood.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first. One that is not finite counts as missing: it is left out of the
 *   likelihood exactly, not filled in; its residual is `NaN`.
 * @returns a model with normal intervals. `fitted` is `NaN` for the first d + D·m values, which have no past. A series too short
 *   for the order gets a random walk or its mean, and one that differences and regressors explain exactly is continued exactly,
 *   both with a warning and without likelihood.
 * @throws InvalidInput (`y`, `m`, `p` … `Q`, `seasonal`, `constant`, `regressors`, `boxCox`): no finite value or one beyond ±1e150,
 *   orders that are no whole numbers or above 20 (differences above 3), seasonal orders with m = 1, a constant beside two
 *   differences, regressors of another length or with gaps, a power that the values do not allow.
 *
 * The likelihood is the exact Gaussian one of the differences, which for d + D > 0 is what R takes for the series itself.
 * Coefficients are those of stationary and invertible models: each factor is written in partial autocorrelations within
 * ±0.9999. The mean, the drift and regressors are put in by generalised least squares.
 *
 * Cost: 1 to 10 ms for a monthly series of 144 values with up to five coefficients, 40 ms where AR and MA terms that may cancel
 *   stand in both factors; O(n · (lags + season)) per evaluation, some 50 evaluations from each of two to six starts. With missing
 *   values O(n · (lags + season)²).
 * Sources: Box & Jenkins (1976); Harvey (1989); parts named in whitening-filter.ts and profile-likelihood.ts. Departures from R's
 *   `arima`: Gauss–Newton instead of BFGS, MA factors kept invertible during the search, regression coefficients concentrated
 *   out, no diffuse prior where nothing is missing.
 * Compare: R forecast 8.20 `Arima` on 51 series of six frequencies: docs/reference/forecast-arima.md.
 *
 * @example fitArima(y.map(Math.log), { m: 12, order: { d: 1, q: 1 }, seasonal: { D: 1, Q: 1 } }).forecast(12, [0.95])
 */
export function fitArima(y: Float64Array, options: ArimaOptions): ArimaModel {
  const order = orderOf(options);
  checkOrder(order);
  return transformed(y, options, (values, regressors) => {
    const series = gappySeries(values, order);
    const cut = cutRegressors(regressors, Object.keys(regressors), series);
    return fitOrder(series, cut, order);
  });
}

function orderOf({ m, order = {}, seasonal = {}, constant }: ArimaOptions): ArimaOrder {
  const { p = 0, d = 0, q = 0 } = order;
  const { P = 0, D = 0, Q = 0 } = seasonal;
  return { p, d, q, P, D, Q, m, constant: constant ?? d + D === 0 };
}

/** Fits on the transformed scale, if one is asked for, and takes the model back. */
export function transformed<M extends ArimaModel>(
  y: Float64Array,
  { m, regressors = {}, boxCox: power, biasAdjust = true }: ArimaTransform,
  fit: (values: Float64Array, regressors: Regressors) => M,
): M {
  requireWhole('m', m, 1);
  const lambda = powerFor(y, m, power);
  if (lambda === null) return fit(y, regressors);
  const values = y.map((value) => (Number.isFinite(value) ? value : Number.NaN));
  return boxCoxModel(fit(boxCox(values, lambda), regressors), y, { lambda, biasAdjust });
}

function powerFor(y: Float64Array, m: number, power: number | 'auto' | undefined): number | null {
  if (power === undefined) return null;
  const present = y.filter(Number.isFinite);
  const positive = present.every((value) => value > 0);
  const largest = present.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (power === 'auto') {
    // A power below 0 knows an upper end, and the forecasts of a growing series go beyond it.
    const lambda = Math.max(0, guerreroLambda(y, m));
    const undefinedForSome = lambda <= 0.001 && !positive;
    return lambda === 1 || undefinedForSome || largest ** lambda > LARGEST_VALUE ? null : lambda;
  }
  if (!Number.isFinite(power)) {
    throw new InvalidInput('boxCox', `must be a finite number or 'auto', got ${show(power)}`);
  }
  if (largest ** power > LARGEST_VALUE) {
    throw new InvalidInput('boxCox', `must keep values within ±${LARGEST_VALUE}, got ${power}`);
  }
  if (power <= 0 && !positive) {
    throw new InvalidInput(
      'boxCox',
      `must be above 0 for values that are not all positive, got ${power}`,
    );
  }
  return power;
}

/** @param series see `gappySeries`. @param regressors cut like the series. */
export function fitOrder(
  series: PreparedSeries,
  regressors: Regressors,
  order: ArimaOrder,
): ArimaModel {
  const fitting = shortenOrder(order, series.values, Object.keys(regressors).length);
  const warnings: SeriesWarning[] = [];
  const n = series.values.length;
  if (fitting !== order) warnings.push(warning('too-short-for-model', { n }));
  const design = designOf(series.values, regressors, fitting);
  if (design.exact) return exactModel(series, regressors, design, warnings);
  const estimate = estimateArima(design, startFor(design, series, regressors));
  if (estimate === null) {
    const notes = [...warnings, warning('not-converged', { iterations: 0 })];
    const plain = { ...fitting, p: 0, q: 0, P: 0, Q: 0 };
    return exactModel(series, regressors, designOf(series.values, regressors, plain), notes);
  }
  return estimatedModel(series, regressors, design, estimate, warnings);
}

/** A pass over gaps costs much: the estimate starts from that of the filled series. */
function startFor(
  design: ArimaDesign,
  { values, m }: PreparedSeries,
  regressors: Regressors,
): EstimateOptions {
  if (design.complete) return {};
  const filled = designOf(fillMissing(values, m).values, regressors, design.order);
  const start = filled.exact ? null : estimateArima(filled);
  return start === null ? {} : { start: start.coefficients };
}

/** The model of an estimate, over the series that it was made from. */
export function estimatedModel(
  series: PreparedSeries,
  regressors: Regressors,
  { order, used }: ArimaDesign,
  estimate: ArimaEstimate,
  warnings: readonly SeriesWarning[],
): ArimaModel {
  const { coefficients, slopes, sumOfSquares, logLikelihood, aicc, iterations } = estimate;
  const names = Object.keys(regressors);
  const freedom = Math.max(1, used - coefficientCount({ order, slopes }));
  const sigma = Math.sqrt(sumOfSquares / freedom);
  const notes = estimate.converged
    ? warnings
    : [...warnings, warning('not-converged', { iterations })];
  const parts = { order, coefficients, names, slopes, sigma };
  return createArimaModel(parts, series, regressors, notes, { logLikelihood, aicc });
}

/** Differences and regression leave nothing over: the series is continued as it is. */
export function exactModel(
  series: PreparedSeries,
  regressors: Regressors,
  { order, slopes }: ArimaDesign,
  warnings: readonly SeriesWarning[],
): ArimaModel {
  const plain = { ...order, p: 0, q: 0, P: 0, Q: 0 };
  const value = series.values[0]!;
  const code = series.values.length === 1 ? 'single-value' : 'constant';
  const constant = series.values.every((one) => one === value || Number.isNaN(one));
  const parts = {
    order: plain,
    coefficients: new Float64Array(0),
    names: Object.keys(regressors),
    slopes,
    sigma: 0,
  };
  const notes = constant ? [...warnings, warning(code, { value })] : warnings;
  return createArimaModel(parts, series, regressors, notes);
}

/** The order itself, or the nearest simple one that so few values can bear: the mean at the least. */
function shortenOrder(order: ArimaOrder, y: Float64Array, regressors: number): ArimaOrder {
  let present = 0;
  for (let t = 0; t < y.length; t++) if (!Number.isNaN(y[t]!)) present++;
  const needed = (one: ArimaOrder) => {
    const slopes = regressors + (one.constant ? 1 : 0);
    const estimated = armaCount(one);
    // With fewer, the corrected criterion is not defined: the coefficients would say more than the values.
    return valuesLost(one) + slopes + (estimated > 0 ? estimated + 3 : 1);
  };
  if (present >= needed(order)) return order;
  const plain = { ...order, p: 0, q: 0, P: 0, Q: 0, D: 0, constant: false };
  const walk = { ...plain, d: Math.min(1, order.d) };
  return present >= needed(walk) && walk.d === 1 ? walk : { ...plain, d: 0, constant: true };
}
