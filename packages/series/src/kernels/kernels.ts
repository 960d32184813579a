import { fluctuations, type Spread } from './fluctuation.ts';
import {
  binAt,
  type HistogramMemory,
  type HistogramSize,
  layoutOf,
  plainHistograms,
  viewsOf,
} from './gradient-histogram.ts';
import { KERNELS_WASM } from './kernels-wasm.ts';
import {
  type BestPartners,
  type DiagonalWork,
  LANES,
  type Partners,
  walkDiagonals,
} from './matrix-profile.ts';
import { type KernelInstance, kernelModule } from './web-assembly.ts';

/** Offsets in bytes and counts, in the order of assembly/matrix-profile.ts. */
interface KernelExports {
  diagonals(
    count: number,
    from: number,
    to: number,
    edgeIn: number,
    edgeOut: number,
    inverse: number,
    starts: number,
    left: number,
    leftIndex: number,
    right: number,
    rightIndex: number,
    scratch: number,
  ): void;
  fluctuations(
    walk: number,
    length: number,
    scales: number,
    count: number,
    spread: number,
    out: number,
  ): void;
  addRows(
    rows: number,
    from: number,
    to: number,
    pairs: number,
    bins: number,
    n: number,
    fours: number,
    offsets: number,
    sums: number,
  ): void;
  partRows(
    rows: number,
    from: number,
    to: number,
    column: number,
    sides: number,
    spare: number,
  ): number;
}

/** Diagonals a call: an engine changes to its faster code only between calls. */
const CALL = 2 * LANES;

let makeInstance: (() => KernelInstance<KernelExports>) | undefined;
let looked = false;

/** Compiled once, when first needed: a process that only reads dates should not pay for it. */
function instanceMaker(): (() => KernelInstance<KernelExports>) | undefined {
  if (!looked) makeInstance = kernelModule<KernelExports>(KERNELS_WASM);
  looked = true;
  return makeInstance;
}

let instance: KernelInstance<KernelExports> | undefined;

/** For short work that comes often: one memory is used again and again. */
function commonInstance(): KernelInstance<KernelExports> | undefined {
  instance ??= instanceMaker()?.();
  return instance;
}

/** Longest walk that the common memory grows for; longer ones are rare and take the plain form. */
const LONGEST_COMMON = 1 << 17;

/** `fluctuations` of kernels/fluctuation.ts in the form that is fastest here. */
export function bestFluctuations(
  walk: Float64Array,
  scales: Int32Array,
  spread: Spread,
): Float64Array {
  const common = walk.length > LONGEST_COMMON ? undefined : commonInstance();
  if (common === undefined) return fluctuations(walk, scales, spread);
  const out = walk.byteLength;
  const ofScales = out + 8 * scales.length;
  const memory = common.memoryOf(ofScales + scales.byteLength);
  new Float64Array(memory, 0, walk.length).set(walk);
  new Int32Array(memory, ofScales, scales.length).set(scales);
  const kind = spread === 'range' ? 0 : 1;
  common.kernels.fluctuations(0, walk.length, ofScales, scales.length, kind, out);
  return new Float64Array(memory, out, scales.length).slice();
}

/** `plainHistograms` of kernels/gradient-histogram.ts in the form that is fastest here, in a memory of its own. */
export function bestHistograms(size: HistogramSize): HistogramMemory {
  const make = instanceMaker();
  const at = layoutOf(size);
  if (make === undefined) return plainHistograms(size);
  let instance: KernelInstance<KernelExports>;
  let memory: ArrayBuffer;
  try {
    instance = make();
    memory = instance.memoryOf(at.bytes);
  } catch {
    // More than WebAssembly may hold here (4 GiB at most), or too many memories at once.
    return plainHistograms(size);
  }
  const { kernels } = instance;
  const { rows, columns, width } = size;
  return {
    ...viewsOf(memory, size),
    addRows(from, to, slot) {
      const sums = at.sums + 16 * slot * width;
      const fours = columns / 4;
      kernels.addRows(at.rows, from, to, at.pairs, at.bins, rows, fours, at.offsets, sums);
    },
    partRows(from, to, column) {
      const bins = at.bins + binAt(column, 0, rows);
      return kernels.partRows(at.rows, from, to, bins, at.sides, at.spare);
    },
  };
}

/** Longest series of windows whose walk takes the common memory; a longer one has its own, which goes when it ends. */
const MOST_COMMON_WINDOWS = 1 << 12;

/** `walkDiagonals` of kernels/matrix-profile.ts in the form that is fastest here. */
export function bestWalkDiagonals(): (work: DiagonalWork) => Partners {
  const make = instanceMaker();
  if (make === undefined) return walkDiagonals;
  // A new instance takes a tenth of a millisecond: far more than the walk over a trailing window.
  return (work) =>
    walkInWebAssembly(work.count > MOST_COMMON_WINDOWS ? make() : commonInstance()!, work);
}

function walkInWebAssembly(
  { kernels, memoryOf }: KernelInstance<KernelExports>,
  work: DiagonalWork,
): Partners {
  const { count, from, to } = work;
  const padded = count + LANES;
  // Offsets in bytes: eight numbers to begin with, then the columns.
  const edgeIn = 8 * LANES;
  const edgeOut = edgeIn + 8 * padded;
  const inverse = edgeOut + 8 * padded;
  const left = inverse + 8 * padded;
  const right = left + 8 * padded;
  const starts = right + 8 * padded;
  const leftIndex = starts + 8 * work.starts.length;
  const rightIndex = leftIndex + 4 * padded;
  const memory = memoryOf(rightIndex + 4 * padded);
  const numbers = new Float64Array(memory, 0, leftIndex / 8);
  const indices = new Int32Array(memory, leftIndex, 2 * padded);
  numbers.set(work.edgeIn, edgeIn / 8);
  numbers.set(work.edgeOut, edgeOut / 8);
  numbers.set(work.inverse, inverse / 8);
  numbers.fill(Number.NEGATIVE_INFINITY, left / 8, starts / 8);
  numbers.set(work.starts, starts / 8);
  indices.fill(-1);
  for (let g = from; g < to; g += CALL) {
    kernels.diagonals(
      count,
      g,
      Math.min(g + CALL, to),
      edgeIn,
      edgeOut,
      inverse,
      starts + 8 * (g - from),
      left,
      leftIndex,
      right,
      rightIndex,
      0,
    );
  }
  const best = (values: number, of: number): BestPartners => ({
    correlation: numbers.slice(values / 8, values / 8 + padded),
    index: indices.slice(of * padded, (of + 1) * padded),
  });
  return { left: best(left, 0), right: best(right, 1) };
}
