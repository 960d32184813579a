import { parametersOf } from '../features/extract.ts';
import type { ColumnGroup, ColumnSet, FeatureParameter, TimedSeries } from '../features/feature.ts';
import { columnsOfProfile } from '../features/matrix-profile/matrix-profile-set.ts';
import { prepareMatrixProfile } from '../features/matrix-profile/prepare.ts';
import type { MatrixProfile } from '../features/matrix-profile/profile.ts';
import { type ColumnJob, columnJobs } from './column-jobs.ts';
import type { GpuBuffer, GpuDevice } from './device.ts';
import { createGpuSession, type GpuWork } from './gpu-session.ts';
import { isolationScoresOf } from './isolation-scores.ts';
import { profilesOf } from './matrix-profiles.ts';
import { type PointBatch, pointBatches, runAtPoints, uploadBatch } from './point-batch.ts';

/** Columns of one group. */
type Columns = readonly Float64Array[];

/** Features that a GPU computes, many series at a time; docs/reference/gpu.md says which, and how exactly. */
export interface GpuFeatures {
  /**
   * Columns of groups for series: `[series][group][column]`, as `group.compute` gives them. Groups without a device form, and
   * series that 32-bit floats cannot hold, are computed on the processor.
   * @throws GpuFailure
   */
  compute(
    groups: readonly ColumnGroup[],
    series: readonly TimedSeries[],
  ): Promise<readonly (readonly Columns[])[]>;
  /**
   * What `matrixProfile` gives for each series: neighbours found with 32 bits, compared again with 64.
   * @throws InvalidInput (`window`), GpuFailure
   */
  matrixProfiles(
    series: readonly Float64Array[],
    window: number,
  ): Promise<readonly MatrixProfile[]>;
}

/**
 * @param device of the caller's, from `adapter.requestDevice()`. Everything that is made on it is destroyed when a call ends; the
 *               device itself is the caller's to destroy. Calls come one after the other.
 */
export function createGpuFeatures(device: GpuDevice): GpuFeatures {
  const session = createGpuSession(device);
  return {
    compute: (groups, series) => session.work((work) => computeGroups(work, groups, series)),
    async matrixProfiles(series, window) {
      const prepared = series.map((y) => prepareMatrixProfile(y, window));
      return session.work((work) => profilesOf(work, prepared));
    },
  };
}

/** Columns of a set by name for each series, as `columns` gives them. @throws InvalidInput for unknown parameters, GpuFailure */
export async function gpuColumns(
  gpu: GpuFeatures,
  set: ColumnSet,
  series: readonly TimedSeries[],
  overrides?: Readonly<Record<string, FeatureParameter>>,
): Promise<readonly Record<string, Float64Array>[]> {
  const groups = set.groups(parametersOf(set, overrides));
  const computed = await gpu.compute(groups, series);
  return computed.map((ofGroups) =>
    Object.fromEntries(
      groups.flatMap((group, g) => group.columns.map(({ name }, i) => [name, ofGroups[g]![i]!])),
    ),
  );
}

async function computeGroups(
  work: GpuWork,
  groups: readonly ColumnGroup[],
  series: readonly TimedSeries[],
): Promise<readonly (readonly Columns[])[]> {
  const out = series.map(() => groups.map((): Columns | undefined => undefined));
  const tasks = groups.flatMap((group, at) =>
    (columnJobs(group) ?? []).map((job) => ({ at, job })),
  );
  for (const batch of pointBatches(series)) {
    await computeBatch(work, tasks, batch, out);
    for (const [at, { device }] of groups.entries()) {
      if (device?.kernel !== 'isolation') continue;
      const scores = await isolationScoresOf(work, device, batch);
      for (const [member, column] of scores) out[member]![at] = [column];
    }
  }
  for (const [at, { device }] of groups.entries()) {
    if (device?.kernel !== 'matrix-profile') continue;
    const prepared = series.map(({ y }) => prepareMatrixProfile(y, device.window));
    const profiles = await profilesOf(work, prepared);
    for (const [k, profile] of profiles.entries()) {
      out[k]![at] = columnsOfProfile(profile, series[k]!.y.length);
    }
  }
  return out.map((row, k) => row.map((columns, g) => columns ?? groups[g]!.compute(series[k]!)));
}

interface Task {
  /** Which group. */
  readonly at: number;
  readonly job: ColumnJob;
}

/** Stands for a day where a series has none. */
const NO_DAY = 0x7fffffff;

async function computeBatch(
  work: GpuWork,
  tasks: readonly Task[],
  batch: PointBatch,
  out: (Columns | undefined)[][],
): Promise<void> {
  if (tasks.length === 0) return;
  const { values, places } = uploadBatch(work, batch);
  const days = tasks.some(({ job }) => job.reads === 'days') ? uploadDays(work, batch) : places;

  /** Hands a task to the device; `seen` when its results have come back. */
  const launch = async (task: Task): Promise<{ readonly seen: Promise<void> }> => {
    const { program, outputs, own, steps, table: numbers, reads } = task.job;
    const table = work.upload(numbers ?? new Uint32Array(4));
    const results = work.output(4 * outputs * batch.points);
    const run = { program, points: batch.points, own, steps };
    await runAtPoints(work, run, [values, reads === 'days' ? days : places, table, results]);
    const seen = work.read(results, (bytes) => finish(task, batch, bytes, out));
    // What was handed over is done nevertheless.
    for (const buffer of [table, results]) work.release(buffer);
    return { seen };
  };
  let pending: Promise<void> = Promise.resolve();
  for (const task of tasks) {
    const { seen } = await launch(task);
    seen.catch(() => undefined);
    // The device works at this one while the results of the one before are converted.
    await pending;
    pending = seen;
  }
  await pending;
  for (const buffer of new Set([values, places, days])) work.release(buffer);
}

function finish(
  { at, job }: Task,
  { members, points }: PointBatch,
  bytes: ArrayBuffer,
  out: (Columns | undefined)[][],
): void {
  const raw = new Float32Array(bytes);
  for (const member of members) {
    const { start, series } = member;
    const part = job.finish((column) => {
      const from = column * points + start;
      return raw.subarray(from, from + series.y.length);
    }, member);
    const row = out[member.at]!;
    row[at] = [...(row[at] ?? []), ...part];
  }
}

function uploadDays(work: GpuWork, { members, points }: PointBatch): GpuBuffer {
  const days = new Uint32Array(points).fill(NO_DAY);
  for (const { series, start } of members) if (series.days) days.set(series.days, start);
  return work.upload(days);
}
