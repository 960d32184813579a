/** One pass of locally weighted regression over equally spaced values. */
export interface LoessPass {
  /** Number of neighbours that count, odd. */
  readonly window: number;
  /** 0: local mean, 1: local line. */
  readonly degree: 0 | 1;
  /** Fit at every `jump`-th point only and interpolate between. */
  readonly jump: number;
}

/** Weights of the fit at one place: they depend on the place and not on the values. */
interface Row {
  /** First value that counts. */
  readonly left: number;
  /** Tricube weights of the values from `left` on. */
  readonly tricube: Float64Array;
  /** The fitted value is their sum of products with the values, when nothing else weighs; undefined when no value counts. */
  readonly coefficients: Float64Array | undefined;
}

/** More than this many weights are computed again at each use, so that a long season takes no memory. */
const KEPT_WEIGHTS = 1 << 20;

/**
 * Locally weighted regression (loess) of n values at 0 … n − 1, made once for many series of the same length.
 *
 * Away from the ends every place has the same weights, and a fit is one sum of products; those of places near the ends are
 * kept after their first use.
 *
 * Cost: O(n · window / jump) for each series. Source: Cleveland, Cleveland, McRae & Terpenning (1990), section 2, whose choice
 * of neighbours and of interpolation is kept.
 */
export class Loess {
  readonly #n: number;
  readonly #pass: LoessPass;
  readonly #half: number;
  readonly #rows = new Map<number, Row>();
  readonly #keepRows: boolean;
  #middle: Row | undefined;

  constructor(n: number, pass: LoessPass) {
    this.#n = n;
    this.#pass = pass;
    this.#half = (pass.window + 1) >> 1;
    this.#keepRows = Math.min(n, pass.window) ** 2 <= KEPT_WEIGHTS;
  }

  /**
   * @param y n values. @param weights n robustness weights in [0, 1], or null for all 1.
   * @param out takes n smoothed values from `start` on. Where all weights are 0 the value itself is kept.
   */
  smooth(y: Float64Array, weights: Float64Array | null, out: Float64Array, start = 0): void {
    const n = this.#n;
    if (n < 2) {
      if (n === 1) out[start] = y[0]!;
      return;
    }
    const step = Math.min(this.#pass.jump, n - 1);
    if (step === 1 && this.#pass.window < n) {
      this.#smoothAll(y, weights, out, start);
      return;
    }
    let last = 0;
    for (let at = 0; at < n; at += step) {
      const value = this.at(y, at, weights);
      out[start + at] = Number.isNaN(value) ? y[at]! : value;
      if (step > 1 && at > 0) interpolate(out, start + last, start + at);
      last = at;
    }
    if (last < n - 1) {
      const value = this.at(y, n - 1, weights);
      out[start + n - 1] = Number.isNaN(value) ? y[n - 1]! : value;
      interpolate(out, start + last, start + n - 1);
    }
  }

  /** A fit at every place: those in the middle share their weights, which are the same on both sides. */
  #smoothAll(
    y: Float64Array,
    weights: Float64Array | null,
    out: Float64Array,
    start: number,
  ): void {
    const from = this.#half - 1;
    const to = this.#n - this.#half;
    for (let at = 0; at < this.#n; at++) {
      if (at === from) at = to + 1;
      const value = this.at(y, at, weights);
      out[start + at] = Number.isNaN(value) ? y[at]! : value;
    }
    if (weights === null) this.#plainMiddle(y, out, start, from, to);
    else this.#weightedMiddle(y, weights, out, start, from, to);
  }

  #plainMiddle(y: Float64Array, out: Float64Array, start: number, from: number, to: number): void {
    const coefficients = this.#middleRow().coefficients!.subarray(from);
    for (let at = from; at <= to; at++) {
      let sum = coefficients[0]! * y[at]!;
      for (let d = 1; d < coefficients.length; d++) {
        sum += coefficients[d]! * (y[at - d]! + y[at + d]!);
      }
      out[start + at] = sum;
    }
  }

  /** As `#weightedFit`, both sides together: even moments take their sums, the odd one their difference. */
  #weightedMiddle(
    y: Float64Array,
    weights: Float64Array,
    out: Float64Array,
    start: number,
    from: number,
    to: number,
  ): void {
    const tricube = this.#middleRow().tricube.subarray(from);
    const firstOf = tricube.map((weight, d) => weight * d);
    const secondOf = tricube.map((weight, d) => weight * d * d);
    const weighted = y.map((value, j) => value * weights[j]!);
    for (let at = from; at <= to; at++) {
      let sum = tricube[0]! * weights[at]!;
      let value = tricube[0]! * weighted[at]!;
      let first = 0;
      let second = 0;
      let slope = 0;
      for (let d = 1; d < tricube.length; d++) {
        const before = weights[at - d]!;
        const after = weights[at + d]!;
        const valueBefore = weighted[at - d]!;
        const valueAfter = weighted[at + d]!;
        sum += tricube[d]! * (before + after);
        second += secondOf[d]! * (before + after);
        first += firstOf[d]! * (after - before);
        value += tricube[d]! * (valueBefore + valueAfter);
        slope += firstOf[d]! * (valueAfter - valueBefore);
      }
      out[start + at] = sum > 0 ? this.#line(sum, first, second, value, slope) : y[at]!;
    }
  }

  /** The fit at the place that distances are counted from, by weighted sums of 1, d, d², y and d·y. */
  #line(sum: number, first: number, second: number, value: number, slope: number): number {
    const centre = first / sum;
    const spread = Math.max(0, second / sum - centre * centre);
    return value / sum + this.#tilt(centre, spread) * (slope / sum - (centre * value) / sum);
  }

  /** The fit at one place, which may lie one beyond the ends; `NaN` when no value counts. */
  at(y: Float64Array, place: number, weights: Float64Array | null): number {
    const n = this.#n;
    const half = this.#half;
    const inMiddle = place >= half - 1 && place <= n - half && this.#pass.window < n;
    const row = inMiddle ? this.#middleRow() : this.#rowAt(place);
    const left = inMiddle ? place - half + 1 : row.left;
    if (weights === null) {
      return row.coefficients === undefined ? Number.NaN : dot(row.coefficients, y, left);
    }
    return this.#weightedFit(y, weights, place, left, row.tricube);
  }

  #middleRow(): Row {
    this.#middle ??= this.#makeRow(this.#half - 1);
    return this.#middle;
  }

  #rowAt(place: number): Row {
    const known = this.#rows.get(place);
    if (known !== undefined) return known;
    const row = this.#makeRow(place);
    if (this.#keepRows) this.#rows.set(place, row);
    return row;
  }

  #makeRow(place: number): Row {
    const n = this.#n;
    const { window } = this.#pass;
    const left = window >= n ? 0 : Math.min(Math.max(place - this.#half + 1, 0), n - window);
    const right = window >= n ? n - 1 : left + window - 1;
    let reach = Math.max(place - left, right - place);
    if (window > n) reach += (window - n) >> 1;
    const tricube = new Float64Array(right - left + 1);
    for (let j = left; j <= right; j++) {
      const distance = Math.abs(j - place);
      if (distance > 0.999 * reach) continue;
      tricube[j - left] = distance <= 0.001 * reach ? 1 : (1 - (distance / reach) ** 3) ** 3;
    }
    return { left, tricube, coefficients: this.#coefficients(place, left, tricube) };
  }

  #coefficients(place: number, left: number, tricube: Float64Array): Float64Array | undefined {
    let sum = 0;
    for (let i = 0; i < tricube.length; i++) sum += tricube[i]!;
    if (sum <= 0) return undefined;
    let centre = 0;
    for (let i = 0; i < tricube.length; i++) centre += (tricube[i]! / sum) * (left + i - place);
    let spread = 0;
    for (let i = 0; i < tricube.length; i++) {
      spread += (tricube[i]! / sum) * (left + i - place - centre) ** 2;
    }
    const tilt = this.#tilt(centre, spread);
    return tricube.map(
      (weight, i) => (weight / sum) * (1 + tilt * (left + i - place - centre)),
    ) as Float64Array;
  }

  /** What a local line adds to the weight of a value, per step from the centre of the weights. */
  #tilt(centre: number, spread: number): number {
    const wideEnough = Math.sqrt(spread) > 0.001 * (this.#n - 1);
    return this.#pass.degree === 1 && wideEnough ? -centre / spread : 0;
  }

  /** With robustness weights: five sums, with distances from the place, then the line through them. */
  #weightedFit(
    y: Float64Array,
    weights: Float64Array,
    place: number,
    left: number,
    tricube: Float64Array,
  ): number {
    let sum = 0;
    let first = 0;
    let second = 0;
    let value = 0;
    let slope = 0;
    for (let i = 0; i < tricube.length; i++) {
      const j = left + i;
      const weight = tricube[i]! * weights[j]!;
      const moment = weight * (j - place);
      sum += weight;
      first += moment;
      second += moment * (j - place);
      value += weight * y[j]!;
      slope += moment * y[j]!;
    }
    return sum > 0 ? this.#line(sum, first, second, value, slope) : Number.NaN;
  }
}

function dot(coefficients: Float64Array, y: Float64Array, left: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum += coefficients[i]! * y[left + i]!;
  return sum;
}

function interpolate(values: Float64Array, from: number, to: number): void {
  const slope = (values[to]! - values[from]!) / (to - from);
  for (let i = from + 1; i < to; i++) values[i] = values[from]! + slope * (i - from);
}
