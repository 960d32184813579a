import type { EtsForm } from './form.ts';

/** Where the parts of a model's parameter vector lie; −1 for a part the form does not have. */
export interface ParameterLayout {
  readonly alpha: 0;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
  /** Start of the initial states: level, then slope, then the m seasonal states (season of time 0 first). */
  readonly level: number;
  readonly slope: number;
  readonly season: number;
  readonly length: number;
}

/** The layout `[alpha, beta?, gamma?, phi?, level, slope?, season × m?]`. */
export function parameterLayout(form: EtsForm, m: number): ParameterLayout {
  let next = 1;
  const take = (present: boolean, size = 1) => {
    if (!present) return -1;
    next += size;
    return next - size;
  };
  const trend = form.trend !== 'N';
  const season = form.season !== 'N';
  return {
    alpha: 0,
    beta: take(trend),
    gamma: take(season),
    phi: take(form.trend === 'Ad'),
    level: take(true),
    slope: take(trend),
    season: take(season, m),
    length: next,
  };
}

/** States after the last observation. */
export interface EtsState {
  readonly level: number;
  readonly slope: number;
  /** m values; element `(n + i) % m` belongs to step i + 1. Empty without a season. */
  readonly season: Float64Array;
}

// Sum of squares below which a fit counts as perfect, per value of a series scaled to about 1. Keeps log(0) away.
const PERFECT = 1e-22;
// One-step values nearer to zero make multiplicative errors meaningless.
const SMALLEST = 1e-8;

/**
 * One form of exponential smoothing run over one series: the likelihood and its exact gradient, with all memory taken once.
 *
 * The recursion (Hyndman et al. 2008, table 2.2, in the component form of their section 2.5) is the same for additive and
 * multiplicative errors: only the likelihood differs. The gradient is the adjoint of the recursion, run backwards, and costs
 * about twice the forward pass whatever the number of parameters.
 */
export class Smoother {
  readonly layout: ParameterLayout;
  /** One-step-ahead values of the last `run`. */
  readonly fitted: Float64Array;
  readonly #y: Float64Array;
  readonly #m: number;
  readonly #multiplicativeError: boolean;
  readonly #seasonType: 'N' | 'A' | 'M';
  readonly #base: Float64Array;
  readonly #usedSeason: Float64Array;
  readonly #usedSlope: Float64Array;
  readonly #season: Float64Array;
  readonly #seasonAdjoint: Float64Array;
  #level = 0;
  #slope = 0;
  #sumOfSquares = 0;

  constructor(y: Float64Array, form: EtsForm, m: number) {
    this.layout = parameterLayout(form, m);
    this.#y = y;
    this.#m = m;
    this.#multiplicativeError = form.error === 'M';
    this.#seasonType = form.season;
    const n = y.length;
    this.fitted = new Float64Array(n);
    this.#base = new Float64Array(n);
    this.#usedSeason = new Float64Array(form.season === 'N' ? 0 : n);
    this.#usedSlope = new Float64Array(n);
    this.#season = new Float64Array(form.season === 'N' ? 0 : m);
    this.#seasonAdjoint = new Float64Array(this.#season.length);
  }

  /**
   * Minus twice the log-likelihood, up to the constant that R's `ets()` also leaves out: n·log(Σe²), plus 2·Σlog|ŷ| with
   * multiplicative errors. Infinity when the parameters lead to values the form cannot handle.
   */
  run(p: Float64Array): number {
    const y = this.#y;
    const n = y.length;
    const m = this.#m;
    const { layout, fitted } = this;
    const base = this.#base;
    const usedSeason = this.#usedSeason;
    const usedSlope = this.#usedSlope;
    const season = this.#season;
    const seasonType = this.#seasonType;
    const multiplicativeError = this.#multiplicativeError;
    const alpha = p[0]!;
    const hasTrend = layout.beta >= 0;
    const beta = hasTrend ? p[layout.beta]! : 0;
    const gamma = layout.gamma >= 0 ? p[layout.gamma]! : 0;
    const phi = layout.phi >= 0 ? p[layout.phi]! : 1;
    let level = p[layout.level]!;
    let slope = hasTrend ? p[layout.slope]! : 0;
    for (let i = 0; i < season.length; i++) season[i] = p[layout.season + i]!;

    let sumOfSquares = 0;
    let logSum = 0;
    // A product with a rare log is several times faster than a log per value.
    let product = 1;
    let phase = 0;
    for (let t = 0; t < n; t++) {
      const value = y[t]!;
      usedSlope[t] = slope;
      const q = level + phi * slope;
      base[t] = q;
      let f = q;
      let delta = value - q;
      if (seasonType === 'A') {
        const s = season[phase]!;
        usedSeason[t] = s;
        f = q + s;
        delta = value - s - q;
        season[phase] = s + gamma * (value - q - s);
      } else if (seasonType === 'M') {
        const s = season[phase]!;
        if (!(s > SMALLEST) || !(q > SMALLEST)) return Number.POSITIVE_INFINITY;
        usedSeason[t] = s;
        f = q * s;
        delta = value / s - q;
        season[phase] = s + gamma * (value / q - s);
      }
      level = q + alpha * delta;
      slope = phi * slope + beta * delta;
      if (++phase === m) phase = 0;
      fitted[t] = f;
      let e = value - f;
      if (multiplicativeError) {
        if (!(f > SMALLEST)) return Number.POSITIVE_INFINITY;
        e /= f;
        product *= f;
        if (product > 1e200 || product < 1e-200) {
          logSum += Math.log(product);
          product = 1;
        }
      }
      sumOfSquares += e * e;
    }
    this.#level = level;
    this.#slope = slope;
    this.#sumOfSquares = sumOfSquares;
    const fit = n * Math.log(Math.max(sumOfSquares, n * PERFECT));
    const result = multiplicativeError ? fit + 2 * (logSum + Math.log(product)) : fit;
    return Number.isFinite(result) ? result : Number.POSITIVE_INFINITY;
  }

  /** Gradient of the last `run` with respect to its parameters `p`. */
  gradient(p: Float64Array, gradient: Float64Array): void {
    const y = this.#y;
    const n = y.length;
    const m = this.#m;
    const { layout, fitted } = this;
    const base = this.#base;
    const usedSeason = this.#usedSeason;
    const usedSlope = this.#usedSlope;
    const seasonType = this.#seasonType;
    const multiplicativeError = this.#multiplicativeError;
    const alpha = p[0]!;
    const hasTrend = layout.beta >= 0;
    const beta = hasTrend ? p[layout.beta]! : 0;
    const gamma = layout.gamma >= 0 ? p[layout.gamma]! : 0;
    const phi = layout.phi >= 0 ? p[layout.phi]! : 1;
    const weight = this.#sumOfSquares > n * PERFECT ? (2 * n) / this.#sumOfSquares : 0;
    const seasonAdjoint = this.#seasonAdjoint.fill(0);
    let levelAdjoint = 0;
    let slopeAdjoint = 0;
    let dAlpha = 0;
    let dBeta = 0;
    let dGamma = 0;
    let dPhi = 0;
    let phase = (n - 1) % m;
    for (let t = n - 1; t >= 0; t--) {
      const value = y[t]!;
      const q = base[t]!;
      const b = usedSlope[t]!;
      const f = fitted[t]!;
      const fAdjoint = multiplicativeError
        ? (-weight * ((value - f) / f) * value) / (f * f) + 2 / f
        : -weight * (value - f);
      let qAdjoint = levelAdjoint;
      const deltaAdjoint = alpha * levelAdjoint + beta * slopeAdjoint;
      let delta = value - q;
      if (seasonType === 'N') {
        qAdjoint += fAdjoint;
      } else {
        const s = usedSeason[t]!;
        const sAfter = seasonAdjoint[phase]!;
        if (seasonType === 'A') {
          delta -= s;
          dGamma += sAfter * delta;
          qAdjoint += fAdjoint - gamma * sAfter;
          seasonAdjoint[phase] = (1 - gamma) * sAfter + fAdjoint - deltaAdjoint;
        } else {
          delta = value / s - q;
          dGamma += sAfter * (value / q - s);
          qAdjoint += fAdjoint * s - (gamma * sAfter * value) / (q * q);
          seasonAdjoint[phase] =
            (1 - gamma) * sAfter + fAdjoint * q - (deltaAdjoint * value) / (s * s);
        }
      }
      dAlpha += levelAdjoint * delta;
      dBeta += slopeAdjoint * delta;
      qAdjoint -= deltaAdjoint;
      dPhi += (slopeAdjoint + qAdjoint) * b;
      slopeAdjoint = phi * (slopeAdjoint + qAdjoint);
      levelAdjoint = qAdjoint;
      phase = phase === 0 ? m - 1 : phase - 1;
    }
    gradient[0] = dAlpha;
    if (hasTrend) gradient[layout.beta] = dBeta;
    if (layout.gamma >= 0) gradient[layout.gamma] = dGamma;
    if (layout.phi >= 0) gradient[layout.phi] = dPhi;
    gradient[layout.level] = levelAdjoint;
    if (hasTrend) gradient[layout.slope] = slopeAdjoint;
    for (let i = 0; i < seasonAdjoint.length; i++) gradient[layout.season + i] = seasonAdjoint[i]!;
  }

  /** States after the last value of the last `run`. */
  state(): EtsState {
    return { level: this.#level, slope: this.#slope, season: Float64Array.from(this.#season) };
  }

  /**
   * Root mean square error of forecasts 1 … h steps ahead from every point of the last `run` after the first `from`, in the
   * unit of the series. It shows what the one-step likelihood is blind to: a slope that only hurts far ahead.
   *
   * A season's state does not change until its turn comes, so the seasonal states at time t are those used at t … t + m − 1.
   */
  multiStepError(p: Float64Array, h: number, from: number): number {
    const y = this.#y;
    const n = y.length;
    const phi = this.layout.phi >= 0 ? p[this.layout.phi]! : 1;
    let sum = 0;
    let count = 0;
    for (let t = from; t < n; t++) {
      const slope = this.#usedSlope[t]!;
      let trend = this.#base[t]!;
      let growth = slope * phi;
      for (let i = 0; i < h && t + i < n; i++) {
        let f = trend;
        if (this.#seasonType === 'A') f += this.#usedSeason[t + (i % this.#m)]!;
        else if (this.#seasonType === 'M') f *= this.#usedSeason[t + (i % this.#m)]!;
        sum += (y[t + i]! - f) ** 2;
        count++;
        growth *= phi;
        trend += growth;
      }
    }
    return count === 0 ? 0 : Math.sqrt(sum / count);
  }

  /** Σe² of the last `run`: squared in the series' unit, or relative with multiplicative errors. */
  get sumOfSquares(): number {
    return this.#sumOfSquares;
  }
}
