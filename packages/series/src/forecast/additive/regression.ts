import type { Column } from './gram.ts';
import type { Growth } from './options.ts';
import { logistic } from './trend.ts';

/** Everything in scaled units, rows in order of time. */
export interface Regression {
  readonly t: Float64Array;
  readonly y: Float64Array;
  readonly growth: Growth;
  /** n limits above the floor; null unless the growth is logistic. */
  readonly cap: Float64Array | null;
  /** s times, ascending. */
  readonly changepoints: Float64Array;
  readonly changepointPriorScale: number;
  /** q columns of n values. */
  readonly x: readonly Float64Array[];
  /** Per column of x. */
  readonly multiplicative: readonly boolean[];
  readonly priorScale: readonly number[];
}

/** The model at some coefficients θ, in the order k, m, β (q), δ (s). */
export interface Place {
  readonly residuals: Float64Array;
  /** Sum of squared residuals. */
  readonly squares: number;
  readonly trend: Float64Array;
  /** 1 + the multiplicative effects. */
  readonly factor: Float64Array;
}

/** The model and its derivatives. */
export interface RegressionModel {
  readonly n: number;
  /** Number of coefficients. */
  readonly p: number;
  /** Whether the mean is linear in the coefficients. */
  readonly linear: boolean;
  /** Inverse variances of the normal priors; 0 for δ. */
  readonly ridge: Float64Array;
  /** Inverse scales of the Laplace priors; 0 but for δ. */
  readonly lasso: Float64Array;
  at(theta: Float64Array): Place;
  /** The p columns of J = d mean / d θ. */
  tangent(theta: Float64Array, place: Place): Column[];
  /** Jᵀ · residuals, without making J. Cost: O(n·q + s). */
  slope(theta: Float64Array, place: Place): Float64Array;
}

/** Prophet's: k and m are normal with deviation 5 beforehand. */
const TREND_PRIOR_SCALE = 5;

export function createRegressionModel(problem: Regression): RegressionModel {
  const { t, y, growth, cap, changepoints, x, multiplicative } = problem;
  const n = t.length;
  const q = x.length;
  const s = changepoints.length;
  const p = 2 + q + s;
  const ridge = new Float64Array(p);
  const lasso = new Float64Array(p);
  ridge[0] = TREND_PRIOR_SCALE ** -2;
  ridge[1] = TREND_PRIOR_SCALE ** -2;
  for (let j = 0; j < q; j++) ridge[2 + j] = problem.priorScale[j]! ** -2;
  for (let j = 0; j < s; j++) lasso[2 + q + j] = 1 / problem.changepointPriorScale;
  const firstAfter = Int32Array.from(changepoints, (from) => {
    const first = t.findIndex((time) => time > from);
    return first === -1 ? n : first;
  });

  /** The bent line at every row, from left to right: O(n + s). */
  function line(theta: Float64Array): Float64Array {
    let slope = growth === 'flat' ? 0 : theta[0]!;
    let start = growth === 'logistic' ? -theta[0]! * theta[1]! : theta[1]!;
    const out = new Float64Array(n);
    let next = 0;
    for (let i = 0; i < n; i++) {
      for (; next < s && firstAfter[next]! <= i; next++) {
        slope += theta[2 + q + next]!;
        start -= theta[2 + q + next]! * changepoints[next]!;
      }
      out[i] = slope * t[i]! + start;
    }
    return out;
  }

  function at(theta: Float64Array): Place {
    const trend = line(theta);
    if (cap !== null) for (let i = 0; i < n; i++) trend[i] = logistic(trend[i]!, cap[i]!);
    const factor = new Float64Array(n).fill(1);
    const residuals = y.slice();
    for (let j = 0; j < q; j++) {
      const weight = theta[2 + j]!;
      if (weight === 0) continue;
      const column = x[j]!;
      if (multiplicative[j]) for (let i = 0; i < n; i++) factor[i]! += weight * column[i]!;
      else for (let i = 0; i < n; i++) residuals[i]! -= weight * column[i]!;
    }
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const r = residuals[i]! - trend[i]! * factor[i]!;
      residuals[i] = r;
      squares += r * r;
    }
    return { residuals, squares, trend, factor };
  }

  /** d mean / d line: the factor of the effects, times the slope of the logistic curve. */
  function lineWeight({ trend, factor }: Place): Float64Array {
    if (cap === null) return factor;
    return factor.map((value, i) => value * trend[i]! * (1 - trend[i]! / cap[i]!));
  }

  function tangent(theta: Float64Array, place: Place): Column[] {
    const weight = lineWeight(place);
    const k = theta[0]!;
    const m = theta[1]!;
    const ofSlope = weight.map((value, i) =>
      growth === 'flat' ? 0 : value * (cap === null ? t[i]! : t[i]! - m),
    );
    const ofStart = cap === null ? weight : weight.map((value) => -k * value);
    const { trend } = place;
    return [
      { values: ofSlope, from: 0 },
      { values: ofStart, from: 0 },
      ...x.map((column, j) => ({
        values: multiplicative[j] ? column.map((value, i) => value * trend[i]!) : column,
        from: 0,
      })),
      ...Array.from(changepoints, (change, j) => ({
        values: weight.map((value, i) => value * Math.max(0, t[i]! - change)),
        from: firstAfter[j]!,
      })),
    ];
  }

  function slope(theta: Float64Array, place: Place): Float64Array {
    const { residuals, trend } = place;
    const weight = lineWeight(place);
    const out = new Float64Array(p);
    // Sums of w·r and w·r·t over the rows behind each changepoint, from right to left.
    let sum = 0;
    let timed = 0;
    let next = s - 1;
    for (let i = n - 1; i >= -1; i--) {
      for (; next >= 0 && firstAfter[next]! === i + 1; next--) {
        out[2 + q + next] = timed - changepoints[next]! * sum;
      }
      if (i < 0) break;
      const wr = weight[i]! * residuals[i]!;
      sum += wr;
      timed += wr * t[i]!;
    }
    if (cap === null) {
      out[0] = growth === 'flat' ? 0 : timed;
      out[1] = sum;
    } else {
      out[0] = timed - theta[1]! * sum;
      out[1] = -theta[0]! * sum;
    }
    for (let j = 0; j < q; j++) {
      const column = x[j]!;
      let total = 0;
      if (multiplicative[j]) {
        for (let i = 0; i < n; i++) total += column[i]! * trend[i]! * residuals[i]!;
      } else {
        for (let i = 0; i < n; i++) total += column[i]! * residuals[i]!;
      }
      out[2 + j] = total;
    }
    return out;
  }

  const linear = growth !== 'logistic' && !multiplicative.includes(true);
  return { n, p, linear, ridge, lasso, at, tangent, slope };
}
