import { levenbergMarquardt } from '../../math/levenberg-marquardt.ts';
import { ArmaPolynomials } from './arma.ts';
import { conditionalErrors } from './conditional-filter.ts';
import type { ArimaDesign } from './design.ts';
import { GapFilter } from './gap-filter.ts';
import { armaCount, differenceLags } from './order.ts';
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
  /** Coefficients to start from instead of 0 and the conditional estimate. */
  readonly start?: ArrayLike<number>;
}

/**
 * Estimates the coefficients of one model: conditional least squares first, then the exact likelihood from there.
 *
 * @param design not `exact` (nothing left to explain), with `used` > number of coefficients.
 * @returns null when the likelihood is finite nowhere.
 */
export function estimateArima(
  design: ArimaDesign,
  { method = 'exact', start }: EstimateOptions = {},
): ArimaEstimate | null {
  const arma = new ArmaPolynomials(design.order);
  const d = armaCount(design.order);
  const lags = arma.arLags.length + arma.maLags.length + 4;
  const columns = design.columns.length;
  const n = design.columns[0]!.length;
  let work = 0;
  let x = start === undefined ? new Float64Array(d) : arma.toUnbounded(start);
  let converged = true;
  let iterations = 0;

  const roughlyPossible = design.complete && n - arma.ar.length > d + columns + 1;
  if (d > 0 && roughlyPossible && (start === undefined || method === 'conditional')) {
    const rough = conditionalLikelihood(design, arma);
    const coarse = method === 'conditional' ? 1e-6 : 1e-5;
    const minimum = levenbergMarquardt((at, out) => rough.residuals(at, out), x, n, {
      tolerance: coarse,
      maxIterations: 30,
    });
    work += minimum.calls * n * lags * columns;
    if (Number.isFinite(minimum.sumOfSquares)) x = minimum.x;
    converged = minimum.converged;
    iterations = minimum.iterations;
  }
  const exact = new ProfileLikelihood(arma, exactWhitening(design, arma), {
    length: n,
    columns,
    used: design.used,
  });
  const out = new Float64Array(n);
  const perCall = n * columns * (arma.ar.length + arma.ma.length + 4);
  if (method === 'exact' && d > 0) {
    let begin = x;
    begin = begin.map((value) => Math.max(-2, Math.min(2, value)));
    if (!Number.isFinite(exact.residuals(begin, out))) begin = new Float64Array(d);
    const minimum = levenbergMarquardt((at, to) => exact.residuals(at, to), begin, n, {
      tolerance: 1e-9,
    });
    x = minimum.x;
    work += minimum.calls * perCall;
    converged = minimum.converged;
    iterations += minimum.iterations;
  }
  if (!Number.isFinite(exact.residuals(x, out))) return null;
  work += perCall;
  return { ...result(design, arma, exact), converged, iterations, work };
}

function result(design: ArimaDesign, arma: ArmaPolynomials, likelihood: ProfileLikelihood) {
  const { scales, used } = design;
  const unit = scales[0]!;
  const slopes = Float64Array.from(
    likelihood.slopes,
    (slope, i) => design.slopes[i]! + (slope * unit) / scales[i + 1]!,
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

/** The likelihood that takes the values before the first complete row of lags as given. */
function conditionalLikelihood(design: ArimaDesign, arma: ArmaPolynomials): ProfileLikelihood {
  const n = design.columns[0]!.length;
  const whiten: Whiten = (polynomials, white) => {
    conditionalErrors(polynomials, design.columns, white);
    return 0;
  };
  return new ProfileLikelihood(arma, whiten, {
    length: n,
    columns: design.columns.length,
    used: n - arma.ar.length + 1,
  });
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
