import { triangularise } from '../math/orthogonal.ts';

/** Least-squares regressions on a constant and the first 0, 1, 2, … of several columns. */
export interface NestedFit {
  readonly rows: number;
  /** Element i: sum of squares left over by the constant and the first i columns. */
  readonly residualSquares: Float64Array;
  /** Element i: number of independent columns among them, with the constant. */
  readonly ranks: Int32Array;
  /**
   * t value of the last column in the regression on all of them; `NaN` when it depends on the others or when nothing but
   * rounding is left over.
   */
  readonly lastT: number;
}

/** Below this share left over by the columns before, sums of products lose too many digits. */
const SAFE_SHARE = 1e-7;
/** Left over by orthogonal transformations in place of 0. */
const ROUNDING_SHARE = 1e-24;

/**
 * @param columns  k arrays of n values, of moderate size.
 * @param y        n values.
 * @param products sums of products of the columns with y behind them, the lower triangle of k + 1 rows of k + 1; given by
 *                 callers that have a shorter way to them.
 *
 * Cost: O(n·k²), small constant: sums of products and Cholesky's factor; where columns nearly depend on each other or leave
 * almost nothing over, Householder's QR instead.
 */
export function nestedFit(
  columns: readonly Float64Array[],
  y: Float64Array,
  products: Float64Array = productsOf([...columns, y]),
): NestedFit {
  return bySumsOfProducts(columns, y, products) ?? byOrthogonalColumns(columns, y);
}

function productsOf(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length;
  const products = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) products[i * size + j] = sumOfProducts(columns[i]!, columns[j]!);
  }
  return products;
}

function bySumsOfProducts(
  columns: readonly Float64Array[],
  y: Float64Array,
  products: Float64Array,
): NestedFit | undefined {
  const rows = y.length;
  const k = columns.length;
  if (rows <= k + 1) return undefined;
  const size = k + 1;
  const means = [...columns, y].map((column) => sumOf(column) / rows);
  const factor: Float64Array[] = [];
  const residualSquares = new Float64Array(k + 1);
  for (let i = 0; i <= k; i++) {
    const row = new Float64Array(i + 1);
    factor.push(row);
    for (let j = 0; j <= i; j++) {
      if (i === k && j === k) break;
      let sum = products[i * size + j]! - rows * means[i]! * means[j]!;
      for (let l = 0; l < j; l++) sum -= row[l]! * factor[j]![l]!;
      if (i !== j) row[j] = sum / factor[j]![j]!;
      else if (sum > SAFE_SHARE * products[i * size + i]!) row[i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  const last = factor[k]!;
  const whole = products[size * size - 1]!;
  residualSquares[0] = whole - rows * means[k]! * means[k]!;
  for (let i = 0; i < k; i++) residualSquares[i + 1] = residualSquares[i]! - last[i]! * last[i]!;
  if (!(residualSquares[k]! > SAFE_SHARE * whole)) return undefined;
  const ranks = Int32Array.from({ length: k + 1 }, (_, i) => i + 1);
  const lastT = last[k - 1]! / Math.sqrt(residualSquares[k]! / (rows - k - 1));
  return { rows, residualSquares, ranks, lastT };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += values[t]!;
  return sum;
}

function sumOfProducts(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}

/** Each column in turn; one that depends on those before it is passed over. */
function byOrthogonalColumns(columns: readonly Float64Array[], y: Float64Array): NestedFit {
  const rows = y.length;
  const k = columns.length;
  const target = Float64Array.from(y);
  const whole = sumOfProducts(y, y);
  const left = [new Float64Array(rows).fill(1), ...columns.map((column) => column.slice())];
  const residualSquares = new Float64Array(k + 1);
  const ranks = new Int32Array(k + 1);
  let rank = 0;
  let lastT = Number.NaN;
  left.forEach((column, i) => {
    const before = i === 0 ? rows : sumOfProducts(columns[i - 1]!, columns[i - 1]!);
    const part = column.subarray(Math.min(rank, rows));
    const after = sumOfProducts(part, part);
    const independent = after > ROUNDING_SHARE * before && after > 0;
    if (independent) {
      const rest = [...left.slice(i), target].map((each) => each.subarray(rank));
      triangularise(rest, 1);
      rank++;
    }
    const remaining = target.subarray(Math.min(rank, rows));
    const residual = sumOfProducts(remaining, remaining);
    residualSquares[i] = residual;
    ranks[i] = rank;
    if (i === k && independent && rows > rank && residual > ROUNDING_SHARE * whole) {
      const coefficient = target[rank - 1]! * Math.sign(column[rank - 1]!);
      lastT = coefficient / Math.sqrt(residual / (rows - rank));
    }
  });
  return { rows, residualSquares, ranks, lastT };
}
