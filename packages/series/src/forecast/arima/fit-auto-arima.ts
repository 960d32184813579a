import { requireWhole } from '../../invalid-input.ts';
import { differencesNeeded, seasonalDifferencesNeeded } from '../../stats/differences-needed.ts';
import { fillMissing } from '../../transform/fill-missing.ts';
import type { PreparedSeries } from '../prepared-series.ts';
import type { SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import type { ArimaModel } from './arima-model.ts';
import { type ArimaDesign, designOf, type Regressors } from './design.ts';
import { finalists } from './finalists.ts';
import {
  type ArimaTransform,
  estimatedModel,
  exactModel,
  fitOrder,
  transformed,
} from './fit-arima.ts';
import { cutRegressors, gappySeries } from './model-input.ts';
import { type ArimaOrder, difference } from './order.ts';
import { type SearchLimits, stepwiseSearch } from './stepwise.ts';
import { type AutoArimaModel, weightedArima } from './weighted-models.ts';

/** What an automatic choice may try. */
export interface AutoArimaOptions extends ArimaTransform {
  /** Number of differences; default: by the KPSS test, at most 2. */
  readonly d?: number;
  /** Number of seasonal differences; default: by the strength of the season, at most 1. */
  readonly D?: number;
  /** Whether seasonal models are tried; default true. */
  readonly seasonal?: boolean;
  /** Largest orders, number of models and work. Default: p, q 5; P, Q 2; 94 models; 250 million multiplications, about a second. */
  readonly limits?: Partial<SearchLimits>;
  /**
   * `cautious` (default): at most one difference, and a weighted mean of all models that are nearly as good as the best.
   * `textbook`: up to two differences, and the best model alone. On the accuracy bench `cautious` forecasts better at every
   * frequency; see docs/reference/forecast-arima.md.
   */
  readonly style?: 'cautious' | 'textbook';
}

const LIMITS: SearchLimits = { p: 5, q: 5, P: 2, Q: 2, models: 94, work: 2.5e8 };
/** Above this many values times lags, models are compared at their conditional estimates. */
const LONG = 2e5;

/**
 * ARIMA model whose orders are chosen from the data: seasonal differences by the strength of the season, further ones by the
 * KPSS test, the rest by a stepwise search for the least AICc. Also with regressors.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first. One that is not finite counts as missing: the search fills it in by season,
 *   the estimates that are used leave it out exactly.
 * @returns with `cautious` the mean of all models within 6 of the least AICc, weighted by exp(−ΔAICc / 2); order, parameters and
 *   likelihood are those of the best one. Short, constant and exactly regular series as in `fitArima`.
 * @throws InvalidInput (`y`, `m`, `d`, `D`, `regressors`, `boxCox`) as `fitArima`.
 *
 * Cost: 20 to 90 estimates; see docs/reference/forecast-arima.md. Bounded by counting multiplications, never by a clock, so equal
 *   input gives equal output. Long series are compared at conditional estimates and the best three estimated exactly.
 * Sources: Hyndman & Khandakar (2008); for weights Burnham & Anderson (2002). Departures from R's `auto.arima` 8.20: every model is
 *   compared by its exact likelihood; roots are checked factor by factor (roots.ts); no upper order p + q + P + Q; `cautious`.
 * Compare: R forecast 8.20 `auto.arima` on 51 series with `textbook`: docs/reference/forecast-arima.md.
 */
export function fitAutoArima(y: Float64Array, options: AutoArimaOptions): AutoArimaModel {
  requireWhole('m', options.m, 1);
  if (options.d !== undefined) requireWhole('d', options.d, 0, 2);
  if (options.D !== undefined) requireWhole('D', options.D, 0, 2);
  return transformed(y, options, (values, regressors) => {
    const m = options.seasonal === false ? 1 : options.m;
    const seasonal = m > 1 ? 1 : 0;
    const largest = { p: 1, d: 1, q: 1, P: seasonal, D: seasonal, Q: seasonal, m, constant: false };
    const series = gappySeries(values, largest);
    const cut = cutRegressors(regressors, Object.keys(regressors), series);
    return choose(series, cut, options);
  });
}

function choose(
  series: PreparedSeries,
  regressors: Regressors,
  options: AutoArimaOptions,
): AutoArimaModel {
  const { values } = series;
  const n = values.length;
  const m = options.seasonal === false ? 1 : options.m;
  const warnings: SeriesWarning[] = [];
  if (m > 1 && n <= 2 * m) warnings.push(warning('too-short-for-season', { n, m }));
  const { d, D } = differencesOf(values, regressors, m, options);
  const constant = d + D <= 1;
  const none = { p: 0, d, q: 0, P: 0, D, Q: 0, m, constant };
  // Gaps cost much: the search goes over the filled series, and only the models that win are estimated with them.
  const filled = values.some(Number.isNaN) ? fillMissing(values, m).values : values;
  const designs = new Map<boolean, ArimaDesign>();
  const design = (withConstant: boolean): ArimaDesign | null => {
    let known = designs.get(withConstant);
    if (known === undefined) {
      known = designOf(filled, regressors, { ...none, constant: withConstant });
      designs.set(withConstant, known);
    }
    return known.exact ? null : known;
  };
  if (n < 3 || design(constant) === null) {
    const exact = exactModel(series, regressors, designOf(values, regressors, none), warnings);
    return alone(exact);
  }
  const limits = limitsFor(n, m, options.limits);
  const few = n < 10;
  const start = {
    ...none,
    p: Math.min(few ? 1 : 2, limits.p),
    q: Math.min(few ? 1 : 2, limits.q),
    P: Math.min(few ? 0 : 1, limits.P),
    Q: Math.min(few ? 0 : 1, limits.Q),
  };
  const method = n * (2 * m + 7) > LONG ? 'conditional' : 'exact';
  const { candidates } = stepwiseSearch({
    limits,
    method,
    design,
    start,
    optionalConstant: constant,
  });
  const average = options.style !== 'textbook';
  const final = (order: ArimaOrder) => designOf(values, regressors, order);
  const rough = method === 'conditional' || filled !== values;
  const best = finalists(candidates, { average, rough, work: limits.work, final });
  if (best.length === 0) return alone(fitOrder(series, regressors, none));
  const least = best[0]!.estimate.aicc;
  const weights = best.map(({ estimate }) => Math.exp((least - estimate.aicc) / 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weightedArima(
    best.map(({ order, estimate }, i) => ({
      model: estimatedModel(series, regressors, final(order), estimate, warnings),
      weight: weights[i]! / total,
    })),
  );
}

function alone(model: ArimaModel): AutoArimaModel {
  return weightedArima([{ model, weight: 1 }]);
}

function differencesOf(
  values: Float64Array,
  regressors: Regressors,
  m: number,
  options: AutoArimaOptions,
): { d: number; D: number } {
  const x = withoutRegressors(values, regressors);
  const D = options.D ?? seasonalDifferencesNeeded(x, m);
  const seasonal = difference(x, { p: 0, d: 0, q: 0, P: 0, D, Q: 0, m, constant: false });
  const most = options.style === 'textbook' ? 2 : 1;
  return { d: options.d ?? differencesNeeded(seasonal, most), D };
}

/** The series less its least-squares regression. */
function withoutRegressors(values: Float64Array, regressors: Regressors): Float64Array {
  const names = Object.keys(regressors);
  if (names.length === 0) return values;
  const order = { p: 0, d: 0, q: 0, P: 0, D: 0, Q: 0, m: 1, constant: true };
  const { slopes } = designOf(values, regressors, order);
  return values.map((value, t) =>
    names.reduce((rest, name, i) => rest - slopes[i + 1]! * regressors[name]![t]!, value),
  );
}

function limitsFor(n: number, m: number, given: Partial<SearchLimits> = {}): SearchLimits {
  const limits = { ...LIMITS, ...given };
  const third = Math.floor(n / 3);
  const seasons = m > 1 ? Math.floor(n / 3 / m) : 0;
  const P = Math.min(limits.P, seasons);
  const Q = Math.min(limits.Q, seasons);
  const p = Math.min(limits.p, third, P > 0 ? m - 1 : Number.POSITIVE_INFINITY);
  const q = Math.min(limits.q, third, Q > 0 ? m - 1 : Number.POSITIVE_INFINITY);
  return { ...limits, p, q, P, Q };
}
