import type { PreparedProfile } from '../features/matrix-profile/prepare.ts';
import {
  completeProfile,
  type MatrixProfile,
  profileOf,
} from '../features/matrix-profile/profile.ts';
import { covarianceOf } from '../features/matrix-profile/slice.ts';
import { noPartners, offerPartner, type Partners } from '../kernels/matrix-profile.ts';
import type { GpuBuffer } from './device.ts';
import type { GpuDispatch, GpuProgram, GpuWork } from './gpu-session.ts';
import { WORKGROUP } from './kernels/point-kernel.ts';
import { bestCorrelations, nearBestPairs, SEGMENT } from './kernels/profile.ts';
import { splitValues } from './split-values.ts';

/** Windows of the series that are computed together. */
const MOST_WINDOWS = 1 << 20;
/** Pairs of one dispatch: short enough for slow devices, which may not be blocked for seconds. */
const MOST_PAIRS = 2 ** 28;
/** Pairs that are looked at again, for each window. A series with more equally alike shapes is left to the processor. */
const NEAR_PAIRS = 24;
/** A window whose deviation is below this share of the largest value is more than two 32-bit floats can tell apart. */
const LEAST_DEVIATION = 1e-9;

/**
 * Matrix profiles of prepared series with the same window: neighbours are found with 32 bits, then all pairs that may be the
 * nearest are compared again with 64, so that starts and distances are those of the processor.
 *
 * Cost: two walks over n² / 2 pairs on the device, about 2 n pairs of m values on the processor.
 * Departure from `profileOf`: distances come from whole sums and not from running ones (about 1e-12 apart), which decides
 *   between neighbours that are equally near but for rounding.
 */
export async function profilesOf(
  work: GpuWork,
  all: readonly PreparedProfile[],
): Promise<readonly MatrixProfile[]> {
  const out = all.map((): MatrixProfile | undefined => undefined);
  let batch: number[] = [];
  let windows = 0;
  const flush = async () => {
    await computeBatch(work, all, batch, out);
    [batch, windows] = [[], 0];
  };
  for (const [at, prepared] of all.entries()) {
    if (!fits(prepared)) continue;
    const isFull = batch.length === work.limits.maxComputeWorkgroupsPerDimension;
    if (isFull || windows + prepared.count > MOST_WINDOWS) await flush();
    batch.push(at);
    windows += prepared.count;
  }
  if (batch.length > 0) await flush();
  return out.map((profile, at) => profile ?? profileOf(all[at]!));
}

function fits({ count, exclusion, inverse, x }: PreparedProfile): boolean {
  if (count <= exclusion + 1 || count > MOST_WINDOWS) return false;
  const limit = 1 / (LEAST_DEVIATION * largestOf(x));
  for (let i = 0; i < count; i++) if (inverse[i]! > limit) return false;
  return true;
}

function largestOf(x: Float64Array): number {
  let largest = 0;
  for (let t = 0; t < x.length; t++) if (Math.abs(x[t]!) > largest) largest = Math.abs(x[t]!);
  return largest;
}

/** Writes the profiles of some of the series; none where a single one has too many pairs that are equally near. */
async function computeBatch(
  work: GpuWork,
  all: readonly PreparedProfile[],
  batch: readonly number[],
  out: (MatrixProfile | undefined)[],
): Promise<void> {
  const members = batch.map((at) => all[at]!);
  const found = await nearPairs(work, members);
  if (found !== undefined) {
    const slices = settle(members, found);
    for (const [k, at] of batch.entries()) out[at] = completeProfile(members[k]!, [slices[k]!]);
    return;
  }
  if (batch.length === 1) return;
  const half = batch.length >> 1;
  await computeBatch(work, all, batch.slice(0, half), out);
  await computeBatch(work, all, batch.slice(half), out);
}

/** Pairs of windows, counted over all members; undefined where there are too many. */
async function nearPairs(
  work: GpuWork,
  members: readonly PreparedProfile[],
): Promise<Uint32Array | undefined> {
  const { window, exclusion } = members[0]!;
  const { heads, edges, points, means, windows } = inputsOf(members);
  const inputs = [heads, edges, points, means].map((data) => work.upload(data));
  const best = work.output(8 * windows);
  const capacity = Math.min(
    NEAR_PAIRS * windows,
    Math.floor(work.limits.maxStorageBufferBindingSize / 8) - 1,
  );
  const pairs = work.output(8 * (capacity + 1));
  const longest = Math.max(...members.map(({ count }) => count));
  const made: GpuBuffer[] = [...inputs, best, pairs];
  const walk = (program: GpuProgram, outputs: readonly GpuBuffer[]): GpuDispatch[] => {
    const segments = Math.ceil((longest - exclusion - 1) / SEGMENT);
    const all = members.reduce((sum, { count }) => sum + (count * count) / 2, 0);
    const step = Math.max(1, Math.floor((segments * MOST_PAIRS) / all));
    const groups = Math.ceil((longest - exclusion - 1) / WORKGROUP);
    const dispatches: GpuDispatch[] = [];
    for (let segment = 0; segment < segments; segment += step) {
      const task = work.uniform([window, exclusion, windows, segment, capacity]);
      made.push(task);
      dispatches.push({
        program,
        buffers: [task, ...inputs, ...outputs],
        groups: [groups, Math.min(step, segments - segment), members.length],
      });
    }
    return dispatches;
  };
  // Each in commands of its own: a device is given back between them.
  for (const dispatch of walk(bestCorrelations, [best])) await work.run([dispatch]);
  for (const dispatch of walk(nearBestPairs, [best, pairs])) await work.run([dispatch]);
  const count = await work.read(pairs, (bytes) => new Uint32Array(bytes)[0]!, 8);
  const found =
    count > capacity
      ? undefined
      : await work.read(pairs, (bytes) => new Uint32Array(bytes).slice(2), 8 * (count + 1));
  for (const buffer of made) work.release(buffer);
  return found;
}

function inputsOf(members: readonly PreparedProfile[]) {
  const windows = members.reduce((sum, { count }) => sum + count, 0);
  const length = members.reduce((sum, { x }) => sum + x.length, 0);
  const heads = new Uint32Array(4 * members.length);
  const edges = new Float32Array(4 * windows);
  const points = new Float32Array(2 * length);
  const means = new Float32Array(2 * windows);
  let [ofWindows, ofPoints] = [0, 0];
  for (const [k, { x, mean, edgeIn, edgeOut, inverse, count }] of members.entries()) {
    // A power of two: brings values near 1 and changes no digit.
    const scale = 2 ** Math.ceil(Math.log2(largestOf(x) || 1));
    heads.set([ofWindows, ofPoints, count], 4 * k);
    splitValues(x, scale, points, 2 * ofPoints);
    splitValues(mean, scale, means, 2 * ofWindows);
    for (let i = 0; i < count; i++) {
      const at = 4 * (ofWindows + i);
      edges[at] = edgeIn[i]! / scale;
      edges[at + 1] = edgeOut[i]! / scale;
      // NaN: a window that is not compared like this.
      edges[at + 2] = inverse[i]! > 0 ? inverse[i]! * scale : 0;
    }
    ofWindows += count;
    ofPoints += x.length;
  }
  return { heads, edges, points, means, windows };
}

/** Compares pairs with all digits. */
function settle(members: readonly PreparedProfile[], pairs: Uint32Array): readonly Partners[] {
  const slices = members.map(({ count }) => noPartners(count));
  const ends: number[] = [];
  for (const { count } of members) ends.push((ends.at(-1) ?? 0) + count);
  for (let at = 0; at < pairs.length; at += 2) {
    const k = memberOf(ends, pairs[at]!);
    const start = k === 0 ? 0 : ends[k - 1]!;
    const [i, j] = [pairs[at]! - start, pairs[at + 1]! - start];
    const prepared = members[k]!;
    const { inverse } = prepared;
    const value = Math.min(1, covarianceOf(prepared, i, j) * (inverse[i]! * inverse[j]!));
    const { left, right } = slices[k]!;
    offerPartner(left, j, i, value);
    offerPartner(right, i, j, value);
  }
  return slices;
}

function memberOf(ends: readonly number[], window: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (window < ends[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
