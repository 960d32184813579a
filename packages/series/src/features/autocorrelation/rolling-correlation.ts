import { requireWhole } from '../../invalid-input.ts';

/**
 * Pearson's correlation of the last `window` pairs, one pair at a time. Defined where all pairs of the window are complete and
 * neither side is constant.
 *
 * Cost: O(window) for each pair, around the means of the window itself. Compare: pandas 1.5.3 `a.rolling(w).corr(b)`.
 */
export class WindowCorrelation {
  readonly #a: Float64Array;
  readonly #b: Float64Array;
  #next = 0;

  /** @throws InvalidInput (`window`) */
  constructor(window: number) {
    requireWhole('window', window, 2);
    this.#a = new Float64Array(window).fill(Number.NaN);
    this.#b = new Float64Array(window).fill(Number.NaN);
  }

  push(a: number, b: number): number {
    this.#a[this.#next] = a;
    this.#b[this.#next] = b;
    this.#next = this.#next + 1 === this.#a.length ? 0 : this.#next + 1;
    return correlation(this.#a, this.#b);
  }
}

/** `NaN` where a value is missing or a side is constant. */
function correlation(a: Float64Array, b: Float64Array): number {
  const [left, right] = [deviations(a), deviations(b)];
  if (left === undefined || right === undefined) return Number.NaN;
  const n = a.length;
  let [product, leftSquares, rightSquares] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const x = (a[i]! - left.reference - left.mean) / left.scale;
    const y = (b[i]! - right.reference - right.mean) / right.scale;
    product += x * y;
    leftSquares += x * x;
    rightSquares += y * y;
  }
  const r = product / Math.sqrt(leftSquares * rightSquares);
  return Math.max(-1, Math.min(1, r));
}

/** The mean relative to the first value, and the largest deviation from it; undefined for gaps and constants. */
function deviations(
  values: Float64Array,
): { reference: number; mean: number; scale: number } | undefined {
  const n = values.length;
  const reference = values[0]!;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]! - reference;
  const mean = sum / n;
  if (!Number.isFinite(mean)) return undefined;
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(values[i]! - reference - mean));
  return scale > 0 ? { reference, mean, scale } : undefined;
}

/**
 * Correlation of two series over trailing windows.
 *
 * @param a n values. @param b n values. @param window number of points, whole, ≥ 2.
 * @returns n values in [−1, 1]; `NaN` until the window is full, where it holds a missing value and where a side is constant.
 * @throws InvalidInput (`window`)
 */
export function rollingCorrelation(a: Float64Array, b: Float64Array, window: number): Float64Array {
  const pairs = new WindowCorrelation(window);
  return a.map((value, t) => pairs.push(value, b[t] ?? Number.NaN));
}
