/**
 * Everything that growing trees writes to again and again, in one memory, so that the loops below can run in WebAssembly.
 * The arrays are views of that memory.
 */
export interface HistogramMemory {
  /** Numbers of the n rows; those of a node stand together. */
  readonly rows: Int32Array;
  /** Row r has its gradient at 2r, and a second number to be summed at 2r + 1. */
  readonly pairs: Float64Array;
  /** Bin of column k of row r at `binAt(k, r)`; columns added to fill up fours are always in bin 0. */
  readonly bins: Uint8Array;
  /** Sums of the pairs by bin, `slots` histograms: bin b of slot s at 2 · (s · width + b). */
  readonly sums: Float64Array;
  /** For `partRows`: 1 for each bin of the column asked whose rows go to the front, else 0. */
  readonly sides: Uint8Array;
  /** Adds the rows at places [from, to) of `rows` to the histogram of one slot. */
  addRows(from: number, to: number, slot: number): void;
  /** Brings the rows of the front side before the others, both in their order. @returns the first place of the others. */
  partRows(from: number, to: number, column: number): number;
}

export interface HistogramSize {
  readonly rows: number;
  /** Columns, filled up to a multiple of 4. */
  readonly columns: number;
  /** Bins of all columns together. */
  readonly width: number;
  readonly slots: number;
  /** First bin of each of the columns. */
  readonly offsets: Int32Array;
}

/** Where the bin of a column and row stands: four columns together, row after row. */
export function binAt(column: number, row: number, rows: number): number {
  return 4 * ((column >> 2) * rows + row) + (column & 3);
}

/** Offsets in bytes of the parts of the memory; the wide ones first, so that each is aligned. */
export function layoutOf({ rows, columns, width, slots }: HistogramSize) {
  const pairs = 0;
  const sums = pairs + 16 * rows;
  const ofRows = sums + 16 * width * slots;
  const spare = ofRows + 4 * rows;
  const offsets = spare + 4 * (rows + 1);
  const bins = offsets + 4 * columns;
  const sides = bins + rows * columns;
  return { pairs, sums, rows: ofRows, spare, offsets, bins, sides, bytes: sides + 256 };
}

/** The views of a memory of at least `layoutOf(size).bytes`. */
export function viewsOf(memory: ArrayBuffer, size: HistogramSize) {
  const at = layoutOf(size);
  new Int32Array(memory, at.offsets, size.columns).set(size.offsets);
  return {
    rows: new Int32Array(memory, at.rows, size.rows),
    pairs: new Float64Array(memory, at.pairs, 2 * size.rows),
    bins: new Uint8Array(memory, at.bins, size.rows * size.columns),
    sums: new Float64Array(memory, at.sums, 2 * size.width * size.slots),
    sides: new Uint8Array(memory, at.sides, 256),
  };
}

/** The memory with the loops in plain TypeScript. */
export function plainHistograms(size: HistogramSize): HistogramMemory {
  const views = viewsOf(new ArrayBuffer(layoutOf(size).bytes), size);
  const { rows, pairs, bins, sums, sides } = views;
  const { columns, width, offsets } = size;
  const n = size.rows;
  const spare = new Int32Array(n + 1);
  return {
    ...views,
    addRows(from, to, slot) {
      for (let k = 0; k < columns; k++) {
        const first = slot * width + offsets[k]!;
        const start = binAt(k, 0, n);
        for (let i = from; i < to; i++) {
          const row = rows[i]!;
          const bin = first + bins[start + 4 * row]!;
          sums[2 * bin]! += pairs[2 * row]!;
          sums[2 * bin + 1]! += pairs[2 * row + 1]!;
        }
      }
    },
    partRows(from, to, column) {
      const start = binAt(column, 0, n);
      let front = from;
      let back = 0;
      // Written to both sides and kept on one: a branch would be guessed wrong half of the time.
      for (let i = from; i < to; i++) {
        const row = rows[i]!;
        const side = sides[bins[start + 4 * row]!]!;
        rows[front] = row;
        spare[back] = row;
        front += side;
        back += 1 - side;
      }
      rows.set(spare.subarray(0, back), front);
      return front;
    },
  };
}
