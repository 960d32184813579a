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
  noPartners,
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

/** `walkDiagonals` of kernels/matrix-profile.ts in the form that is fastest here. */
export function bestWalkDiagonals(): (work: DiagonalWork) => Partners {
  const make = instanceMaker();
  return make === undefined ? walkDiagonals : (work) => walkInWebAssembly(make(), work);
}

function walkInWebAssembly(
  { kernels, memoryOf }: KernelInstance<KernelExports>,
  work: DiagonalWork,
): Partners {
  const { count, from, to } = work;
  const columns = [work.edgeIn, work.edgeOut, work.inverse, work.starts];
  const partners = noPartners(count);
  const best = [partners.left, partners.right];
  const doubles = [...columns, ...best.map(({ correlation }) => correlation)];
  const wholes = best.map(({ index }) => index);
  const scratch = LANES * 8;
  const size = (arrays: readonly ArrayBufferView[]) =>
    arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const memory = memoryOf(scratch + size(doubles) + size(wholes));
  let free = scratch;
  const place = (array: Float64Array | Int32Array): number => {
    const at = free;
    free += array.byteLength;
    const View = array instanceof Float64Array ? Float64Array : Int32Array;
    new View(memory, at, array.length).set(array);
    return at;
  };
  const [edgeIn, edgeOut, inverse, starts, left, right] = doubles.map(place) as Offsets;
  const [leftIndex, rightIndex] = wholes.map(place) as [number, number];
  const better = [left, leftIndex, right, rightIndex] as const;
  for (let g = from; g < to; g += CALL) {
    const end = Math.min(g + CALL, to);
    const start = starts + 8 * (g - from);
    kernels.diagonals(count, g, end, edgeIn, edgeOut, inverse, start, ...better, 0);
  }
  const result = (correlation: number, index: number): BestPartners => ({
    correlation: new Float64Array(memory, correlation, count + LANES).slice(),
    index: new Int32Array(memory, index, count + LANES).slice(),
  });
  return { left: result(left, leftIndex), right: result(right, rightIndex) };
}

type Offsets = [number, number, number, number, number, number];
