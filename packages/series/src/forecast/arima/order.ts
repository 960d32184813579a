import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';

/** The orders of a seasonal ARIMA model, as in ARIMA(p,d,q)(P,D,Q)[m]. Whole numbers ≥ 0; m ≥ 1. */
export interface ArimaOrder {
  readonly p: number;
  readonly d: number;
  readonly q: number;
  readonly P: number;
  readonly D: number;
  readonly Q: number;
  /** Season length in samples; with 1 the seasonal orders are 0. */
  readonly m: number;
  /** Whether a mean (d + D = 0) or a drift (d + D = 1) is estimated. */
  readonly constant: boolean;
}

/** More lags than this make no forecast better, and the work grows with them. */
const MOST_LAGS = 20;
const MOST_DIFFERENCES = 3;

/** @throws InvalidInput for orders out of range, and for a constant beside two differences, which would be a parabola. */
export function checkOrder(order: ArimaOrder): void {
  requireWhole('m', order.m, 1);
  for (const name of ['p', 'q', 'P', 'Q'] as const) requireWhole(name, order[name], 0, MOST_LAGS);
  for (const name of ['d', 'D'] as const) requireWhole(name, order[name], 0, MOST_DIFFERENCES);
  if (order.m === 1 && order.P + order.D + order.Q > 0) {
    throw new InvalidInput('seasonal', 'needs a season length m >= 2, got 1');
  }
  if (order.constant && order.d + order.D > 1) {
    throw new InvalidInput('constant', `needs d + D <= 1, got ${show(order.d + order.D)}`);
  }
}

/** Number of coefficients of the ARMA part. */
export function armaCount({ p, q, P, Q }: ArimaOrder): number {
  return p + q + P + Q;
}

/** Number of values that differencing uses up. */
export function valuesLost({ d, D, m }: ArimaOrder): number {
  return d + D * m;
}

/** As a statistician writes it: `ARIMA(0,1,1)(0,1,1)[12]`, `ARIMA(1,1,0) with drift`. */
export function arimaName(order: ArimaOrder, regressors = 0): string {
  const { p, d, q, P, D, Q, m, constant } = order;
  const seasonal = P + D + Q > 0 ? `(${P},${D},${Q})[${m}]` : '';
  const body = `ARIMA(${p},${d},${q})${seasonal}`;
  if (regressors > 0) return `Regression with ${body} errors`;
  if (constant) return `${body} with ${d + D === 0 ? 'non-zero mean' : 'drift'}`;
  return body;
}

/** Coefficients δ of y[t] = w[t] + Σ δ[j] y[t − j], where w are the differences of y; index 0 is 0. */
export function differenceLags({ d, D, m }: ArimaOrder): Float64Array {
  let polynomial = Float64Array.of(1);
  for (let i = 0; i < d; i++) polynomial = timesOneMinusLag(polynomial, 1);
  for (let i = 0; i < D; i++) polynomial = timesOneMinusLag(polynomial, m);
  const lags = polynomial.map((value) => -value);
  lags[0] = 0;
  return lags;
}

function timesOneMinusLag(polynomial: Float64Array, lag: number): Float64Array<ArrayBuffer> {
  const product = new Float64Array(polynomial.length + lag);
  product.set(polynomial);
  for (let i = 0; i < polynomial.length; i++) product[i + lag]! -= polynomial[i]!;
  return product;
}

/** The n − d − D·m differences of a series. A difference of a missing value is `NaN`. */
export function difference(y: Float64Array, { d, D, m }: ArimaOrder): Float64Array {
  let w = y;
  for (let i = 0; i < D; i++) w = lagged(w, m);
  for (let i = 0; i < d; i++) w = lagged(w, 1);
  return w;
}

function lagged(y: Float64Array, lag: number): Float64Array {
  const result = new Float64Array(Math.max(0, y.length - lag));
  for (let t = 0; t < result.length; t++) result[t] = y[t + lag]! - y[t]!;
  return result;
}
