import { realSpectrum, type Spectrum } from '../math/fft.ts';
import { pairwiseSum } from '../math/pairwise-sum.ts';

/**
 * A series and everything that several features need of it: each made once, when first asked for. Arrays are shared:
 * read them, never write to them.
 */
export interface SharedSeries {
  /** The values as they came; NaN is missing. */
  readonly raw: Float64Array;
  /** The finite values, in order. Every summary works on these unless it says otherwise. */
  readonly y: Float64Array;
  /** Length of `y`. */
  readonly n: number;
  /** Σ y / n, summed pairwise; exactly the value of a constant series; NaN when there is none. */
  readonly mean: number;
  /** Σ (y − mean)² / n. */
  readonly variance: number;
  /** √variance. */
  readonly sd: number;
  /** `y`, ascending. */
  readonly sorted: Float64Array;
  readonly min: number;
  readonly max: number;
  /** `y` minus its mean. */
  readonly centred: Float64Array;
  /** y[t + 1] − y[t], n − 1 values. */
  readonly differences: Float64Array;
  /** The transform of `y`, frequencies 0 … floor(n / 2). */
  readonly spectrum: Spectrum;
  /** Whatever else is worth sharing, by a key that names it together with its parameters. */
  once<T>(key: string, make: () => T): T;
}

/**
 * A series with the work that many features have in common (sorting, moments, Fourier transform, differences), each done once
 * and only when a feature asks for it. For several sets of features of the same series: give it to each summariser.
 *
 * @param raw n values, oldest first; what is not finite counts as missing. Not copied: change it and the results are stale.
 *
 * @example const series = createSharedSeries(y); [summariser(catch22)(series), summariser(tsfel)(series)]
 */
export function createSharedSeries(raw: Float64Array): SharedSeries {
  return new LazySeries(raw);
}

class LazySeries implements SharedSeries {
  readonly raw: Float64Array;
  readonly y: Float64Array;
  readonly n: number;
  readonly #made = new Map<string, unknown>();

  constructor(raw: Float64Array) {
    this.raw = raw;
    this.y = allFinite(raw) ? raw : raw.filter(Number.isFinite);
    this.n = this.y.length;
  }

  once<T>(key: string, make: () => T): T {
    if (this.#made.has(key)) return this.#made.get(key) as T;
    const made = make();
    this.#made.set(key, made);
    return made;
  }

  get mean(): number {
    return this.once('mean', () => {
      const { y, n } = this;
      // Of equal values exactly their value: rounding must not give a constant series a spread.
      let same = 1;
      while (same < n && y[same] === y[0]) same++;
      return same === n ? y[0]! : pairwiseSum(y) / n;
    });
  }

  get centred(): Float64Array {
    return this.once('centred', () => {
      const { y, n, mean } = this;
      const out = new Float64Array(n);
      for (let t = 0; t < n; t++) out[t] = y[t]! - mean;
      return out;
    });
  }

  get variance(): number {
    return this.once('variance', () => {
      const { centred } = this;
      let sum = 0;
      for (let t = 0; t < this.n; t++) sum += centred[t]! * centred[t]!;
      return sum / this.n;
    });
  }

  get sd(): number {
    return Math.sqrt(this.variance);
  }

  get sorted(): Float64Array {
    return this.once('sorted', () => this.y.toSorted());
  }

  get min(): number {
    return this.once('min', () => {
      let min = this.y[0] ?? Number.NaN;
      for (let t = 1; t < this.n; t++) if (this.y[t]! < min) min = this.y[t]!;
      return min;
    });
  }

  get max(): number {
    return this.once('max', () => {
      let max = this.y[0] ?? Number.NaN;
      for (let t = 1; t < this.n; t++) if (this.y[t]! > max) max = this.y[t]!;
      return max;
    });
  }

  get differences(): Float64Array {
    return this.once('differences', () => {
      const { y } = this;
      const out = new Float64Array(Math.max(0, this.n - 1));
      for (let t = 0; t < out.length; t++) out[t] = y[t + 1]! - y[t]!;
      return out;
    });
  }

  get spectrum(): Spectrum {
    return this.once('spectrum', () => realSpectrum(this.y));
  }
}

function allFinite(values: Float64Array): boolean {
  for (let t = 0; t < values.length; t++) if (!Number.isFinite(values[t]!)) return false;
  return true;
}
