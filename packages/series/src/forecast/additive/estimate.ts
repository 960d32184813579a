import { exactSearch, type Maximum } from './exact-search.ts';
import { leastSigma } from './posterior.ts';
import { prophetSearch } from './prophet-search.ts';
import { createRegressionModel, type Regression } from './regression.ts';
import { startingTrend, type TrendParameters } from './trend.ts';

export interface Estimate extends TrendParameters, Omit<Maximum, 'theta'> {
  readonly beta: Float64Array;
}

/** Where the search for the maximum ends: at it, or where Prophet's ends. */
export type Search = 'exact' | 'prophet';

/** Prophet's own search is Newton's method, not L-BFGS, below this many values; that ends at the maximum. */
const FEWEST_FOR_LBFGS = 100;

/** Maximum a posteriori of Prophet's model. */
export function estimate(problem: Regression, search: Search): Estimate {
  const { t, y, growth, cap, x } = problem;
  const model = createRegressionModel(problem);
  const start = new Float64Array(model.p);
  const { k, m } = startingTrend(t, y, growth, cap);
  start[0] = k;
  start[1] = m;
  const { theta, ...rest } = found();
  return {
    k: theta[0]!,
    m: theta[1]!,
    beta: theta.slice(2, 2 + x.length),
    delta: theta.slice(2 + x.length),
    ...rest,
  };

  function found(): Maximum {
    const asProphet = search === 'prophet' && y.length >= FEWEST_FOR_LBFGS;
    if (asProphet && !model.linear) return prophetSearch(model, start, null);
    const exact = exactSearch(model, start, leastSigma(y));
    return asProphet ? prophetSearch(model, start, exact.theta) : exact;
  }
}
