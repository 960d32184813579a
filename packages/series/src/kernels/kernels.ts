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

/** The form that runs here. */
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
