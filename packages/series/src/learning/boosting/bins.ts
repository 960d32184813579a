import type { ColumnKind } from '../table/feature-table.ts';

/** Quantiles are taken from this many rows, evenly chosen; more change them by less than a bin's share. */
const SAMPLE = 200_000;

/** How the values of one column fall into bins 0, 1 … count − 1; the bin `count` holds what is missing. */
export interface ColumnBins {
  readonly kind: ColumnKind;
  readonly count: number;
  /** Of quantities: largest value of each bin but the last, ascending, count − 1 of them. */
  readonly bounds: Float64Array;
  /** Of categories: the code in each bin, ascending. */
  readonly codes: Float64Array;
}

/**
 * Bins of a column: one for each distinct value where these are few enough, else with nearly equal numbers of rows; a bound
 * is half way between two neighbouring values. Of categories the `most` most frequent have a bin each; the others count as
 * missing.
 *
 * Compare: `_BinMapper` of scikit-learn 1.2.1, whose quantiles are interpolated; with few distinct values both are equal.
 */
export function findBins(values: Float64Array, kind: ColumnKind, most: number): ColumnBins {
  const sorted = sortedSample(values, kind);
  const none = new Float64Array(0);
  if (kind === 'category') {
    const codes = frequentValues(sorted, most);
    return { kind, count: codes.length, bounds: none, codes };
  }
  const bounds = boundsBetween(sorted, most);
  return { kind, count: bounds.length + 1, bounds, codes: none };
}

/** What is there, ascending; of categories all rows, for a rare one must not be lost. */
function sortedSample(values: Float64Array, kind: ColumnKind): Float64Array {
  const step = kind === 'category' ? 1 : Math.max(1, values.length / SAMPLE);
  const taken = new Float64Array(Math.ceil(values.length / step));
  let count = 0;
  for (let i = 0; i < values.length; i += step) {
    const value = values[Math.floor(i)]!;
    const known = kind === 'category' ? Number.isInteger(value) && value >= 0 : value - value === 0;
    // Adding 0 makes −0 a 0: they are one value.
    if (known) taken[count++] = value + 0;
  }
  return taken.subarray(0, count).sort();
}

function frequentValues(sorted: Float64Array, most: number): Float64Array {
  const runs: { code: number; rows: number }[] = [];
  for (let i = 0, start = 0; i < sorted.length; i++) {
    if (sorted[i + 1] === sorted[i]) continue;
    runs.push({ code: sorted[i]!, rows: i + 1 - start });
    start = i + 1;
  }
  const kept = runs.toSorted((a, b) => b.rows - a.rows || a.code - b.code).slice(0, most);
  return Float64Array.from(kept, ({ code }) => code).sort();
}

function boundsBetween(sorted: Float64Array, most: number): Float64Array {
  const n = sorted.length;
  const bounds: number[] = [];
  let distinct = n > 0 ? 1 : 0;
  for (let i = 1; i < n; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  const few = distinct <= most;
  let bin = 1;
  for (let i = 1; i < n; i++) {
    if (sorted[i] === sorted[i - 1]) continue;
    if (!few && i < (bin * n) / most) continue;
    bounds.push(between(sorted[i - 1]!, sorted[i]!));
    bin = few ? bin + 1 : Math.floor((i * most) / n) + 1;
  }
  return Float64Array.from(bounds);
}

/** Half way, but below `high` whatever the rounding, and without overflow. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/** Cells of a ruler over the range of the bounds: most hold at most one bound, so most values need no search. */
const CELLS = 2048;

/** The bin of each value. */
export function binsOf(
  { kind, count, bounds, codes }: ColumnBins,
  values: Float64Array,
): Uint8Array {
  const edges = kind === 'category' ? codes : bounds;
  const bins = new Uint8Array(values.length);
  const low = edges[0] ?? 0;
  const perUnit = CELLS / ((edges.at(-1) ?? 0) - low);
  const ruler = rulerOf(edges, low, perUnit);
  for (let r = 0; r < values.length; r++) {
    const value = values[r]!;
    if (value - value !== 0) {
      bins[r] = count;
      continue;
    }
    // NaN and what is beyond the cells become the ends; without a range there is one cell.
    const cell = Math.max(0, Math.min(CELLS - 1, (value - low) * perUnit)) | 0;
    let from = ruler[cell]!;
    let to = ruler[cell + 1]!;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (edges[middle]! < value) from = middle + 1;
      else to = middle;
    }
    bins[r] = kind !== 'category' || edges[from] === value ? from : count;
  }
  return bins;
}

/** For each cell the first edge that can be at or above a value in it: the search goes from there to that of the next cell. */
function rulerOf(edges: Float64Array, low: number, perUnit: number): Int32Array {
  const ruler = new Int32Array(CELLS + 1).fill(edges.length);
  let edge = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    // An edge in an earlier cell is below every value of this one, by the same rounding as of the values.
    while (
      edge < edges.length &&
      (Math.max(0, Math.min(CELLS - 1, (edges[edge]! - low) * perUnit)) | 0) < cell
    )
      edge++;
    ruler[cell] = edge;
  }
  return ruler;
}

/**
 * The columns as trees read them: categories by their bin, `NaN` where training did not see one; the others as they are.
 *
 * @param codes of each column the categories by bin, or null of quantities.
 */
export function binnedCategories(
  codes: readonly (Float64Array | null)[],
  columns: readonly Float64Array[],
): readonly Float64Array[] {
  return columns.map((values, k) => {
    const known = codes[k];
    if (known == null) return values;
    const bins = new Map(Array.from(known, (code, bin) => [code, bin] as const));
    return values.map((value) => bins.get(value) ?? Number.NaN);
  });
}
