import { requireLevels, requireWhole } from '../../invalid-input.ts';
import { createFittedModel, normalForecast, type Prediction } from '../create-fitted-model.ts';
import type { PreparedSeries } from '../prepared-series.ts';
import type { FittedModel, Forecast, SeriesWarning } from '../types.ts';
import { ArmaPolynomials } from './arma.ts';
import type { Regressors } from './design.ts';
import { GapFilter } from './gap-filter.ts';
import { checkedRegressors, cutRegressors, gappySeries } from './model-input.ts';
import {
  type ArimaOrder,
  arimaName,
  armaCount,
  difference,
  differenceLags,
  valuesLost,
} from './order.ts';
import { GaplessTracker, GapTracker, type Tracker } from './tracker.ts';
import { WhiteningFilter } from './whitening-filter.ts';

/** A fitted ARIMA model or regression with ARIMA errors. */
export interface ArimaModel extends FittedModel {
  readonly order: ArimaOrder;
  /**
   * @param future for a regression: at least h further values of each regressor, by the same names.
   * @throws InvalidInput (`h`, `levels`, `future`).
   */
  forecast(h: number, levels?: readonly number[], future?: Regressors): Forecast;
  /** @param regressors for a regression: those of `y`, by the same names. */
  applyTo(y: Float64Array, regressors?: Regressors): ArimaModel;
}

/** Everything that was estimated. Errors are in units of the series. */
export interface ArimaParts {
  readonly order: ArimaOrder;
  /** See `ArimaEstimate`. */
  readonly coefficients: Float64Array;
  /** Names of the regressors, without the constant. */
  readonly names: readonly string[];
  /** Coefficients of the constant, if there is one, then of the regressors. */
  readonly slopes: Float64Array;
  /** Standard deviation of the errors; 0 for a series that the model repeats exactly. */
  readonly sigma: number;
}

/** What is known of the estimation; left out for a model that is only applied. */
export interface ArimaQuality {
  readonly logLikelihood: number;
  readonly aicc: number;
}

/** Runs a model through a series. */
export function createArimaModel(
  parts: ArimaParts,
  series: PreparedSeries,
  regressors: Regressors,
  warnings: readonly SeriesWarning[] = [],
  quality?: ArimaQuality,
): ArimaModel {
  const { order, names, sigma } = parts;
  const { values } = series;
  const n = values.length;
  const arma = new ArmaPolynomials(order);
  arma.set(parts.coefficients);
  const unit = sigma > 0 ? sigma : 1;
  const base = effects(parts, regressors, 0, n);
  const rest = values.map((value, t) => (value - base[t]!) / unit);
  // The filter of gaps knows nothing of the level of the first values, except that it is near 0.
  const origin = valuesLost(order) > 0 ? rest[0]! : 0;
  for (let t = 0; t < n; t++) rest[t]! -= origin;
  const { errors, tracker } = run(arma, order, rest);
  const fitted = new Float64Array(n);
  for (let t = 0; t < n; t++) fitted[t] = errors.expected[t]! * unit + origin * unit + base[t]!;

  const predict = (from: Tracker, at: number, h: number, future: Regressors): Prediction => {
    const { mean, deviation } = from.predict(h);
    const shift = effects(parts, future, at, h);
    return {
      mean: mean.map((value, i) => (value + origin) * unit + shift[i]!),
      deviation: deviation.map((value) => value * sigma),
    };
  };
  const model = createFittedModel({
    name: arimaName(order, names.length),
    series,
    fitted,
    parameters: namedParameters(parts),
    logLikelihood: quality?.logLikelihood ?? null,
    aicc: quality !== undefined && Number.isFinite(quality.aicc) ? quality.aicc : null,
    warnings,
    predict: (h) => predict(tracker, n, h, checkedRegressors('future', {}, names, h, 0)),
    applyTo: (y) => createArimaModel(parts, gappySeries(y, order), {}, warnings),
    ...(names.length === 0 && {
      follow() {
        const own = tracker.copy();
        let at = n;
        const level = () => origin * unit + effects(parts, {}, at, 1)[0]!;
        return {
          expected: () => own.expected() * unit + level(),
          update(value: number, seen: boolean) {
            own.take(seen ? (value - level()) / unit : Number.NaN);
            at++;
          },
          predict: (h: number) => predict(own, at, h, {}),
        };
      },
    }),
  });
  return {
    ...model,
    order,
    forecast(h, levels = [], future = {}) {
      requireWhole('h', h, 1);
      requireLevels(levels);
      const checked = checkedRegressors('future', future, names, h, 0);
      return normalForecast(predict(tracker, n, h, checked), levels);
    },
    applyTo(y, further = {}) {
      const next = gappySeries(y, order);
      return createArimaModel(parts, next, cutRegressors(further, names, next), warnings);
    },
  };
}

interface Run {
  readonly errors: { readonly expected: Float64Array };
  readonly tracker: Tracker;
}

/** One-step expectations and the end of a series whose regression part was taken out. */
function run(arma: ArmaPolynomials, order: ArimaOrder, rest: Float64Array): Run {
  const n = rest.length;
  const lost = valuesLost(order);
  const delta = differenceLags(order);
  const expected = new Float64Array(n).fill(Number.NaN);
  if (n > lost && !rest.some(Number.isNaN)) {
    const w = difference(rest, order);
    const filter = new WhiteningFilter(arma, w.length, 1);
    const raw = new Float64Array(w.length);
    filter.run(arma, [w], [new Float64Array(w.length)], raw);
    for (let t = lost; t < n; t++) expected[t] = rest[t]! - raw[t - lost]!;
    const past = rest.slice(n - lost).reverse();
    return {
      errors: { expected },
      tracker: new GaplessTracker(arma, delta, filter.end(arma), past),
    };
  }
  const filter = new GapFilter(arma, delta, 1);
  const errors = new Float64Array(1);
  for (let t = 0; t < n; t++) {
    const before = filter.expected();
    const known = !Number.isNaN(filter.step([rest[t]!], errors)) || Number.isNaN(rest[t]!);
    if (known && t >= lost) expected[t] = before;
  }
  return { errors: { expected }, tracker: new GapTracker(arma, delta, filter) };
}

/** Σ coefficient · regressor for `count` steps from step `from` on (0 = first value), the constant included. */
function effects(
  { order, slopes, names }: ArimaParts,
  regressors: Regressors,
  from: number,
  count: number,
): Float64Array {
  const sum = new Float64Array(count);
  let next = 0;
  if (order.constant) {
    const drift = order.d + order.D > 0;
    for (let i = 0; i < count; i++) sum[i] = slopes[0]! * (drift ? from + i + 1 : 1);
    next = 1;
  }
  for (const name of names) {
    const values = regressors[name]!;
    const slope = slopes[next++]!;
    for (let i = 0; i < count; i++) sum[i]! += slope * values[i]!;
  }
  return sum;
}

function namedParameters({ order, coefficients, slopes, names, sigma }: ArimaParts) {
  const { p, q, P, Q, d, D, constant } = order;
  const named: Record<string, number> = {};
  const groups: [string, number][] = [
    ['ar', p],
    ['ma', q],
    ['sar', P],
    ['sma', Q],
  ];
  let next = 0;
  for (const [name, count] of groups) {
    for (let i = 1; i <= count; i++) named[`${name}${i}`] = coefficients[next++]!;
  }
  const own = constant ? [d + D === 0 ? 'mean' : 'drift', ...names] : names;
  own.forEach((name, i) => {
    named[name] = slopes[i]!;
  });
  named.sigma = sigma;
  return named;
}

/** Degrees of freedom that the coefficients use up. */
export function coefficientCount({ order, slopes }: Pick<ArimaParts, 'order' | 'slopes'>): number {
  return armaCount(order) + slopes.length;
}
