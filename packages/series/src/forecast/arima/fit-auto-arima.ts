import { requireWhole } from '../../invalid-input.ts';
import { differencesNeeded, seasonalDifferencesNeeded } from '../../stats/differences-needed.ts';
import { fillMissing } from '../../transform/fill-missing.ts';
import type { PreparedSeries } from '../prepared-series.ts';
import type { SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { type ArimaModel, cutRegressors, gappySeries } from './arima-model.ts';
import { type ArimaDesign, designOf, type Regressors } from './design.ts';
import { estimateArima } from './estimate.ts';
import {
  type ArimaTransform,
  estimatedModel,
  exactModel,
  fitOrder,
  transformed,
} from './fit-arima.ts';
import { type ArimaOrder, difference } from './order.ts';
import { nearestRoot } from './roots.ts';
import { type Candidate, type SearchLimits, stepwiseSearch } from './stepwise.ts';

export interface AutoArimaOptions extends ArimaTransform {
  /** Number of differences; default: by the KPSS test, at most 2. */
  readonly d?: number;
  /** Number of seasonal differences; default: by the strength of the season, at most 1. */
  readonly D?: number;
  /** Whether seasonal models are tried; default true. */
  readonly seasonal?: boolean;
  /** Largest orders, number of models and work. Default: p, q 5; P, Q 2; 94 models. */
  readonly limits?: Partial<SearchLimits>;
  /**
   * How models are compared: by the `exact` likelihood, or at their `conditional` estimates, with the best three then estimated
   * exactly. Default: exact for short series.
   */
  readonly comparison?: 'exact' | 'conditional';
}

const LIMITS: SearchLimits = { p: 5, q: 5, P: 2, Q: 2, models: 94, work: 1.5e9 };
const FINALISTS = 3;

export function fitAutoArima(y: Float64Array, options: AutoArimaOptions): ArimaModel {
  requireWhole('m', options.m, 1);
  if (options.d !== undefined) requireWhole('d', options.d, 0, 2);
  if (options.D !== undefined) requireWhole('D', options.D, 0, 2);
  return transformed(y, options, (values, regressors) => {
    const series = gappySeries(values, options.m);
    const cut = cutRegressors(regressors, Object.keys(regressors), series);
    return choose(series, cut, options);
  });
}

function choose(
  series: PreparedSeries,
  regressors: Regressors,
  options: AutoArimaOptions,
): ArimaModel {
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
    return exactModel(series, regressors, designOf(values, regressors, none), warnings);
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
  const method = options.comparison ?? 'exact';
  const { candidates } = stepwiseSearch({
    limits,
    method,
    design,
    start,
    optionalConstant: constant,
  });
  const final = (order: ArimaOrder) => designOf(values, regressors, order);
  const gaps = filled !== values;
  const best =
    method === 'exact' && !gaps
      ? candidates[0]
      : refined(candidates.slice(0, gaps ? 1 : FINALISTS), final);
  if (best === undefined) return fitOrder(series, regressors, none);
  return estimatedModel(series, regressors, final(best.order), best.estimate, warnings);
}

/** The best of a few candidates by their exact likelihood; one that is inadmissible then only if all are. */
function refined(
  candidates: readonly Candidate[],
  design: (order: ArimaOrder) => ArimaDesign,
): Candidate | undefined {
  const exact = candidates.flatMap(({ order, estimate }) => {
    const next = estimateArima(design(order), { start: estimate.coefficients });
    return next === null ? [] : [{ order, estimate: next }];
  });
  const good = exact.filter(
    ({ order, estimate }) => nearestRoot(estimate.coefficients, order) >= 1.01,
  );
  return (good.length > 0 ? good : exact).sort((a, b) => a.estimate.aicc - b.estimate.aicc)[0];
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
  return { d: options.d ?? differencesNeeded(seasonal), D };
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
