/**
 * Everything that growing trees writes to again and again, in one memory, so that the loop below can run in WebAssembly.
 * The arrays are views of that memory.
 */
export interface HistogramMemory {
  /** Numbers of the n rows; those of a node stand together. */
  readonly rows: Int32Array;
  /** Row r has its gradient at 2r, and a second number to be summed at 2r + 1. */
  readonly pairs: Float64Array;
  /** Row r has the bins of its columns from r · stride on; columns added to fill up to `stride` are always in bin 0. */
  readonly bins: Uint8Array;
  /** Sums of the pairs by bin, `slots` histograms: bin b of slot s at 2 · (s · width + b). */
  readonly sums: Float64Array;
  /** Adds the rows at places [from, to) of `rows` to the histogram of one slot. */
  addRows(from: number, to: number, slot: number): void;
}

export interface HistogramSize {
  readonly rows: number;
  /** A multiple of 4. */
  readonly stride: number;
  /** Bins of all columns together. */
  readonly width: number;
  readonly slots: number;
  /** First bin of each of the `stride` columns. */
  readonly offsets: Int32Array;
}

/** Offsets in bytes of the parts of the memory; the wide ones first, so that each is aligned. */
export function layoutOf({ rows, stride, width, slots }: HistogramSize) {
  const pairs = 0;
  const sums = pairs + 16 * rows;
  const ofRows = sums + 16 * width * slots;
  const offsets = ofRows + 4 * rows;
  const bins = offsets + 4 * stride;
  return { pairs, sums, rows: ofRows, offsets, bins, bytes: bins + rows * stride };
}

/** The views of a memory of at least `layoutOf(size).bytes`, and how to add rows to a histogram in it. */
export function viewsOf(
  memory: ArrayBuffer,
  size: HistogramSize,
): Omit<HistogramMemory, 'addRows'> & { readonly offsets: Int32Array } {
  const at = layoutOf(size);
  const offsets = new Int32Array(memory, at.offsets, size.stride);
  offsets.set(size.offsets);
  return {
    offsets,
    rows: new Int32Array(memory, at.rows, size.rows),
    pairs: new Float64Array(memory, at.pairs, 2 * size.rows),
    bins: new Uint8Array(memory, at.bins, size.rows * size.stride),
    sums: new Float64Array(memory, at.sums, 2 * size.width * size.slots),
  };
}

/** The memory with the loop in plain TypeScript. */
export function plainHistograms(size: HistogramSize): HistogramMemory {
  const views = viewsOf(new ArrayBuffer(layoutOf(size).bytes), size);
  const { rows, pairs, bins, sums, offsets } = views;
  const { stride, width } = size;
  return {
    ...views,
    addRows(from, to, slot) {
      const base = slot * width;
      for (let i = from; i < to; i++) {
        const row = rows[i]!;
        const first = pairs[2 * row]!;
        const second = pairs[2 * row + 1]!;
        const start = row * stride;
        for (let k = 0; k < stride; k++) {
          const bin = base + offsets[k]! + bins[start + k]!;
          sums[2 * bin]! += first;
          sums[2 * bin + 1]! += second;
        }
      }
    },
  };
}
