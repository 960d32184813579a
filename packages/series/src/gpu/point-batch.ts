import type { TimedSeries } from '../features/feature.ts';
import type { GpuBuffer } from './device.ts';
import type { GpuProgram, GpuWork } from './gpu-session.ts';
import { pointParameters, WORKGROUP } from './kernels/point-kernel.ts';
import { scaleOf, splitValues } from './split-values.ts';

/** Points that one dispatch has at most: with 16 columns 64 MB of results, half of what the standard has every device allow. */
export const MOST_POINTS = 1 << 20;

/** One of the series that a dispatch computes together. */
export interface BatchSeries {
  /** Its place among the series of the caller. */
  readonly at: number;
  readonly series: TimedSeries;
  /** Its first point in the batch. */
  readonly start: number;
  /** What its values were divided by. */
  readonly scale: number;
}

/** Series side by side. */
export interface PointBatch {
  readonly members: readonly BatchSeries[];
  readonly points: number;
}

/** Cuts a list of series into batches. Those that 32-bit floats cannot hold are left out: they are the processor's. */
export function pointBatches(all: readonly TimedSeries[]): readonly PointBatch[] {
  const batches: PointBatch[] = [];
  let members: BatchSeries[] = [];
  let points = 0;
  for (const [at, series] of all.entries()) {
    const { length } = series.y;
    const scale = scaleOf(series.y);
    if (scale === undefined || length === 0 || length > MOST_POINTS) continue;
    if (points + length > MOST_POINTS) {
      batches.push({ members, points });
      [members, points] = [[], 0];
    }
    members.push({ at, series, start: points, scale });
    points += length;
  }
  if (members.length > 0) batches.push({ members, points });
  return batches;
}

/** The inputs of a batch on the device. */
export interface BatchBuffers {
  /** Values in two parts. */
  readonly values: GpuBuffer;
  /** How many points of its series come before each point. */
  readonly places: GpuBuffer;
}

export function uploadBatch(work: GpuWork, { members, points }: PointBatch): BatchBuffers {
  const values = new Float32Array(2 * points);
  const places = new Uint32Array(points);
  for (const { series, start, scale } of members) {
    splitValues(series.y, scale, values, 2 * start);
    for (let t = 0; t < series.y.length; t++) places[start + t] = t;
  }
  return { values: work.upload(values), places: work.upload(places) };
}

/** Steps of loops in one dispatch: some tenths of a second on a slow device, which may not be blocked for longer. */
const MOST_STEPS = 2 ** 31;

export interface PointRun {
  readonly program: GpuProgram;
  readonly points: number;
  /** Numbers of the program's own. */
  readonly own: readonly number[];
  /** About how many steps its loops take at a point. */
  readonly steps: number;
}

/** Runs a kernel at all points. @param buffers values, places, table and results */
export async function runAtPoints(
  work: GpuWork,
  { program, points, own, steps }: PointRun,
  buffers: readonly [GpuBuffer, GpuBuffer, GpuBuffer, GpuBuffer],
): Promise<void> {
  const most = WORKGROUP * Math.max(1, Math.floor(MOST_STEPS / steps / WORKGROUP));
  for (let first = 0; first < points; first += most) {
    const task = work.uniform(pointParameters(points, first, own));
    const groups = Math.ceil(Math.min(most, points - first) / WORKGROUP);
    await work.run([{ program, buffers: [task, ...buffers], groups: [groups, 1, 1] }]);
    work.release(task);
  }
}
