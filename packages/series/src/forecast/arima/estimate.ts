import { type LeastSquaresMinimum, levenbergMarquardt } from '../../math/levenberg-marquardt.ts';
import { ArmaPolynomials } from './arma.ts';
import { conditionalErrors } from './conditional-filter.ts';
import type { ArimaDesign } from './design.ts';
import { GapFilter } from './gap-filter.ts';
import { type ArimaOrder, armaCount, differenceLags, valuesLost } from './order.ts';
import { ProfileLikelihood, type Whiten } from './profile-likelihood.ts';
import { WhiteningFilter } from './whitening-filter.ts';

/** Maximum-likelihood estimate of one ARIMA model. */
export interface ArimaEstimate {
  /** AR, MA, seasonal AR, seasonal MA coefficients, p + q + P + Q of them; signs as in `w = Σ ar w + e + Σ ma e`. */
  readonly coefficients: Float64Array;
  /** Of the constant and the regressors, in units of the series. */
  readonly slopes: Float64Array;
  /** Sum of squared one-step errors, each over its relative variance, in squared units of the series. */
  readonly sumOfSquares: number;
  readonly logLikelihood: number;
  /** Infinity where there are too few values for its formula. */
  readonly aicc: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** Multiplications, roughly: what a search adds up to bound its time. */
  readonly work: number;
}

export interface EstimateOptions {
  /** `exact` likelihood (default), or `conditional`: about ten times faster, its likelihood is only near the exact one. */
  readonly method?: 'exact' | 'conditional';
  /**
   * `final` (default) goes on until the log-likelihood gains less than n · 1e-9, from several starting points; `search`
   * until n · 1e-6, which tells models apart as well and takes a third of the time.
   */
  readonly precision?: 'final' | 'search';
  /** Coefficients to start from instead of the conditional estimate. */
  readonly start?: ArrayLike<number>;
  /** An AICc that matters: where the conditional estimate is worse by more than 30, that will do. Default: all matter. */
  readonly toBeat?: number;
  /** At most about this many multiplications from each starting point. */
  readonly work?: number;
}

const ENOUGH = 1e9;
/** The exact estimate of a model is seldom better than its conditional one by more than a third of this. */
const HOPELESS = 30;
/** Unbounded numbers within this are well inside the region: a start at its edge has no slope to leave by. */
const INSIDE = 2;

/**
 * Estimates the coefficients of one model: conditional least squares first, then the exact likelihood from there.
 *
 * @param design not `exact` (nothing left to explain), with `used` > number of coefficients.
 * @returns null when the likelihood is finite nowhere.
 */
export function estimateArima(
  design: ArimaDesign,
  options: EstimateOptions = {},
): ArimaEstimate | null {
  const { method = 'exact', precision = 'final', start, work: most = ENOUGH } = options;
  const { toBeat = Number.POSITIVE_INFINITY } = options;
  const arma = new ArmaPolynomials(design.order);
  const d = armaCount(design.order);
  const columns = design.columns.length;
  const n = design.columns[0]!.length;
  const likelihood = new ProfileLikelihood(arma, exactWhitening(design, arma), {
    length: n,
    columns,
    used: design.used,
    indicators: design.indicators,
  });
  const out = new Float64Array(n);
  const states = arma.ar.length + arma.ma.length + 4;
  const perCall = design.complete
    ? n * columns * states
    : 4 * n * (states + valuesLost(design.order)) ** 2;
  let rough: LeastSquaresMinimum | null = null;
  let work = perCall;
  if (d > 0 && start === undefined) {
    // A start need not be exact; an estimate that stands for the exact one should be.
    rough = conditionalMinimum(design, arma, method === 'exact' ? 1e-3 : 1e-6);
    work += (rough?.calls ?? 0) * n * columns * (arma.arLags.length + arma.maLags.length + 4);
  }
  let best = rough ?? beginning(arma, likelihood, out, start);
  const finite = Number.isFinite(likelihood.residuals(best.x, out));
  const hopeless = finite && result(design, arma, likelihood).aicc > toBeat + HOPELESS;
  if (method === 'exact' && d > 0 && !hopeless) {
    const starts: Float64Array[] = [
      best.x.map((value) => Math.max(-INSIDE, Math.min(INSIDE, value))),
    ];
    if (precision === 'final' && design.complete) {
      starts.push(new Float64Array(d));
      if (start === undefined) starts.push(...opposed(design.order));
    }
    const minima = starts.map((x) =>
      levenbergMarquardt((at, to) => likelihood.residuals(at, to), x, n, {
        tolerance: precision === 'final' ? 1e-9 : 1e-6,
        maxIterations: Math.min(precision === 'final' ? 100 : 30, most / (perCall * (d + 2)) + 1),
      }),
    );
    for (const { calls } of minima) work += calls * perCall;
    best = minima.reduce((a, b) => (b.sumOfSquares < a.sumOfSquares ? b : a));
  }
  if (!Number.isFinite(likelihood.residuals(best.x, out))) return null;
  const { converged, iterations } = best;
  return { ...result(design, arma, likelihood), converged, iterations, work };
}

/**
 * Starts on both sides of the ridge where autoregression and moving average cancel: the likelihood may have a summit on each.
 */
function opposed({ p, q, P, Q }: ArimaOrder): Float64Array[] {
  const plain = p > 0 && q > 0 ? [1, -1] : [0];
  const seasonal = P > 0 && Q > 0 ? [1, -1] : [0];
  return plain.flatMap((sign) =>
    seasonal.flatMap((seasonalSign) => {
      if (sign === 0 && seasonalSign === 0) return [];
      const x = new Float64Array(p + q + P + Q);
      if (sign !== 0) [x[0], x[p]] = [sign, -sign];
      if (seasonalSign !== 0) [x[p + q], x[p + q + P]] = [seasonalSign, -seasonalSign];
      return [x];
    }),
  );
}

/** A point to start from without any search. */
function beginning(
  arma: ArmaPolynomials,
  likelihood: ProfileLikelihood,
  out: Float64Array,
  start: ArrayLike<number> | undefined,
): LeastSquaresMinimum {
  const x =
    start === undefined ? new Float64Array(arma.coefficients.length) : arma.toUnbounded(start);
  const sumOfSquares = likelihood.residuals(x, out);
  return { x, sumOfSquares, iterations: 0, calls: 1, converged: true };
}

/** Null where gaps or too few values do not allow it. */
function conditionalMinimum(
  design: ArimaDesign,
  arma: ArmaPolynomials,
  tolerance: number,
): LeastSquaresMinimum | null {
  const n = design.columns[0]!.length;
  const d = arma.coefficients.length;
  if (!design.complete || n - arma.ar.length <= d + design.columns.length + 1) return null;
  const whiten: Whiten = (polynomials, white) => {
    conditionalErrors(polynomials, design.columns, white);
    return 0;
  };
  const likelihood = new ProfileLikelihood(arma, whiten, {
    length: n,
    columns: design.columns.length,
    used: n - arma.ar.length + 1 - design.indicators,
    indicators: 0,
  });
  const minimum = levenbergMarquardt(
    (at, out) => likelihood.residuals(at, out),
    new Float64Array(d),
    n,
    { tolerance, maxIterations: 30 },
  );
  return Number.isFinite(minimum.sumOfSquares) ? minimum : null;
}

function result(design: ArimaDesign, arma: ArmaPolynomials, likelihood: ProfileLikelihood) {
  const { scales, used, indicators } = design;
  const unit = scales[0]!;
  const slopes = Float64Array.from(
    likelihood.slopes.subarray(indicators),
    (slope, i) => design.slopes[i]! + (slope * unit) / scales[indicators + i + 1]!,
  );
  const logLikelihood = likelihood.logLikelihood - used * Math.log(unit);
  return {
    coefficients: arma.coefficients.slice(),
    slopes,
    sumOfSquares: likelihood.sumOfSquares * unit * unit,
    logLikelihood,
    aicc: corrected(logLikelihood, armaCount(design.order) + slopes.length + 1, used),
  };
}

/** Corrected Akaike criterion; the error variance counts among the `parameters`. */
export function corrected(logLikelihood: number, parameters: number, used: number): number {
  const left = used - parameters - 1;
  if (left <= 0) return Number.POSITIVE_INFINITY;
  return -2 * logLikelihood + 2 * parameters + (2 * parameters * (parameters + 1)) / left;
}

function exactWhitening(design: ArimaDesign, arma: ArmaPolynomials): Whiten {
  const { columns } = design;
  if (design.complete) {
    const filter = new WhiteningFilter(arma, columns[0]!.length, columns.length);
    return (polynomials, white) => filter.run(polynomials, columns, white);
  }
  const delta = differenceLags(design.order);
  return (polynomials, white) => {
    const filter = new GapFilter(polynomials, delta, columns.length);
    return filter.stationary ? runGapFilter(filter, columns, white) : Number.NaN;
  };
}

/** Runs columns with gaps through their filter. Returns the logarithm of the determinant. */
export function runGapFilter(
  filter: GapFilter,
  columns: readonly Float64Array[],
  white: readonly Float64Array[],
): number {
  const values = new Float64Array(columns.length);
  const errors = new Float64Array(columns.length);
  let logarithms = 0;
  for (let t = 0; t < columns[0]!.length; t++) {
    for (let c = 0; c < columns.length; c++) values[c] = columns[c]![t]!;
    const variance = filter.step(values, errors);
    const known = !Number.isNaN(variance);
    if (known) logarithms += Math.log(variance);
    const root = known ? 1 / Math.sqrt(variance) : 0;
    for (let c = 0; c < columns.length; c++) white[c]![t] = errors[c]! * root;
  }
  return logarithms;
}
