/** Products that are summed at most: about two seconds of one thread. */
const MOST_PRODUCTS = 1_500_000_000;
/** Below this many rows a correlation says nothing. */
export const FEWEST_ROWS = 8;
const MOST_ROWS = 2000;

export interface CorrelatedPair {
  readonly a: number;
  readonly b: number;
  /** −1..1 */
  readonly correlation: number;
}

/** How many of `rows` rows can be compared for so many columns. */
export function comparableRows(columns: number, rows: number): number {
  const pairs = Math.max(1, (columns * (columns - 1)) / 2);
  return Math.min(rows, MOST_ROWS, Math.max(100, Math.floor(MOST_PRODUCTS / pairs)));
}

/**
 * Pairs of columns whose Pearson correlation is at least `least`, whatever its sign, over the rows where both have a value.
 *
 * @param columns equally long; NaN is missing
 * @param top     the most correlated that are listed
 * Cost: O(columns² · rows).
 */
export function correlatedPairs(
  columns: readonly Float64Array[],
  least: number,
  top: number,
): { readonly pairs: readonly CorrelatedPair[]; readonly found: number } {
  const complete = columns.map((column) => column.every(Number.isFinite));
  const scaled = columns.map(standardised);
  const found: CorrelatedPair[] = [];
  for (let b = 1; b < columns.length; b++) {
    for (let a = 0; a < b; a++) {
      const correlation =
        complete[a] && complete[b]
          ? dot(scaled[a]!, scaled[b]!)
          : correlationWhereBoth(scaled[a]!, scaled[b]!);
      if (Math.abs(correlation) >= least) {
        found.push({ a, b, correlation: Math.max(-1, Math.min(1, correlation)) });
      }
    }
  }
  found.sort((one, other) => Math.abs(other.correlation) - Math.abs(one.correlation));
  return { pairs: found.slice(0, top), found: found.length };
}

/** Mean 0 and sum of squares 1 over the values there are: far from 0 the sums of products would lose their digits. */
function standardised(column: Float64Array): Float64Array {
  let [n, sum, largest] = [0, 0, 0];
  for (const value of column) {
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  }
  // Squares of extreme sizes overflow.
  const unit = largest > 0 ? largest : 1;
  for (const value of column) {
    if (!Number.isFinite(value)) continue;
    n++;
    sum += value / unit;
  }
  const mean = sum / n;
  const out = column.map((value) => value / unit - mean);
  let squares = 0;
  for (const value of out) if (Number.isFinite(value)) squares += value * value;
  const length = Math.sqrt(squares);
  return length > 0 ? out.map((value) => value / length) : out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}

/** NaN, which is at least nothing, where too few rows have both. */
function correlationWhereBoth(a: Float64Array, b: Float64Array): number {
  let [n, sumA, sumB, sumAa, sumBb, sumAb] = [0, 0, 0, 0, 0, 0];
  for (let t = 0; t < a.length; t++) {
    const x = a[t]!;
    const y = b[t]!;
    if (!(Number.isFinite(x) && Number.isFinite(y))) continue;
    n++;
    sumA += x;
    sumB += y;
    sumAa += x * x;
    sumBb += y * y;
    sumAb += x * y;
  }
  if (n < FEWEST_ROWS) return Number.NaN;
  const [ofA, ofB] = [sumAa - (sumA * sumA) / n, sumBb - (sumB * sumB) / n];
  // What rounding leaves of a column that is constant in these rows is not a spread.
  if (ofA <= 1e-12 * sumAa || ofB <= 1e-12 * sumBb) return Number.NaN;
  return (sumAb - (sumA * sumB) / n) / Math.sqrt(ofA * ofB);
}
