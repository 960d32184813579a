import { type ArimaOrder, armaCount } from './order.ts';

/**
 * The two lag polynomials of an ARMA model multiplied out over the season:
 * w[t] = Σ ar[j] w[t − j] + e[t] + Σ ma[j] e[t − j], j ≥ 1.
 */
export interface Arma {
  /** By lag, element 0 unused (0). Length `degree + 1` of the AR part. */
  readonly ar: Float64Array;
  /** By lag, element 0 is 1. */
  readonly ma: Float64Array;
  /** Lags ≥ 1 whose AR coefficient can differ from 0, rising. */
  readonly arLags: Int32Array;
  readonly maLags: Int32Array;
}

/** Nothing closer to ±1 than this: the filters need room to the unit circle. */
const LARGEST_PARTIAL = 0.9999;

/** Holds the polynomials of one order, so that a search need not make new arrays at each trial. */
export class ArmaPolynomials implements Arma {
  readonly ar: Float64Array;
  readonly ma: Float64Array;
  readonly arLags: Int32Array;
  readonly maLags: Int32Array;
  readonly order: ArimaOrder;
  /** The p + q + P + Q coefficients in this order: AR, MA, seasonal AR, seasonal MA. */
  readonly coefficients: Float64Array;

  constructor(order: ArimaOrder) {
    this.order = order;
    this.ar = new Float64Array(order.p + order.P * order.m + 1);
    this.ma = new Float64Array(order.q + order.Q * order.m + 1);
    this.arLags = productLags(order.p, order.P, order.m);
    this.maLags = productLags(order.q, order.Q, order.m);
    this.coefficients = new Float64Array(armaCount(order));
    this.ma[0] = 1;
  }

  /** Sets all from coefficients as they are. */
  set(coefficients: ArrayLike<number>): void {
    this.coefficients.set(coefficients);
    this.#multiply();
  }

  /**
   * Sets all from unbounded numbers: their hyperbolic tangents are the partial autocorrelations of each of the four factors,
   * so that each is stationary or invertible whatever the numbers are.
   *
   * Source: Monahan (1984), Biometrika 71, 403–404.
   */
  setUnbounded(x: Float64Array): void {
    const { p, q, P, Q } = this.order;
    const c = this.coefficients;
    for (let i = 0; i < c.length; i++) c[i] = LARGEST_PARTIAL * Math.tanh(x[i]!);
    fromPartials(c, 0, p, 1);
    fromPartials(c, p, q, -1);
    fromPartials(c, p + q, P, 1);
    fromPartials(c, p + q + P, Q, -1);
    this.#multiply();
  }

  /** The unbounded numbers that give these coefficients; a factor on or beyond the unit circle is shrunk to inside first. */
  toUnbounded(coefficients: ArrayLike<number>): Float64Array {
    const { p, q, P, Q } = this.order;
    const x = Float64Array.from(coefficients);
    toPartials(x, 0, p, 1);
    toPartials(x, p, q, -1);
    toPartials(x, p + q, P, 1);
    toPartials(x, p + q + P, Q, -1);
    return x.map((value) => Math.atanh(Math.max(-0.999, Math.min(0.999, value / LARGEST_PARTIAL))));
  }

  #multiply(): void {
    const { p, q, P, Q, m } = this.order;
    const { ar, ma, coefficients: c } = this;
    ar.fill(0);
    ma.fill(0);
    for (let j = 0; j <= P; j++) {
      const outer = j === 0 ? -1 : c[p + q + j - 1]!;
      for (let i = 0; i <= p; i++) ar[i + j * m]! -= outer * (i === 0 ? -1 : c[i - 1]!);
    }
    // The product of two polynomials 1 − …, read as 1 − Σ ar: the signs above give −1 at lag 0.
    ar[0] = 0;
    for (let j = 0; j <= Q; j++) {
      const outer = j === 0 ? 1 : c[p + q + P + j - 1]!;
      for (let i = 0; i <= q; i++) ma[i + j * m]! += outer * (i === 0 ? 1 : c[p + i - 1]!);
    }
  }
}

/** Lags of the product of a polynomial of `degree` and one of `seasonal` steps of m, without lag 0. */
function productLags(degree: number, seasonal: number, m: number): Int32Array {
  const lags = new Set<number>();
  for (let j = 0; j <= seasonal; j++) for (let i = 0; i <= degree; i++) lags.add(i + j * m);
  lags.delete(0);
  return Int32Array.from(lags).sort();
}

/** Durbin–Levinson in place: partial autocorrelations to coefficients, times `sign`. */
function fromPartials(c: Float64Array, start: number, count: number, sign: number): void {
  const previous = new Float64Array(count);
  for (let k = 1; k < count; k++) {
    const partial = c[start + k]!;
    for (let i = 0; i < k; i++) previous[i] = c[start + i]!;
    for (let i = 0; i < k; i++) c[start + i] = previous[i]! - partial * previous[k - 1 - i]!;
  }
  for (let i = 0; i < count; i++) c[start + i]! *= sign;
}

/** The way back. Partials of size ≥ 1 mean a factor outside the region; they are cut, which moves the factor inside. */
function toPartials(c: Float64Array, start: number, count: number, sign: number): void {
  for (let i = 0; i < count; i++) c[start + i]! *= sign;
  const previous = new Float64Array(count);
  for (let k = count - 1; k > 0; k--) {
    const partial = Math.max(-0.99, Math.min(0.99, c[start + k]!));
    c[start + k] = partial;
    for (let i = 0; i < k; i++) previous[i] = c[start + i]!;
    for (let i = 0; i < k; i++) {
      c[start + i] = (previous[i]! + partial * previous[k - 1 - i]!) / (1 - partial * partial);
    }
  }
}
