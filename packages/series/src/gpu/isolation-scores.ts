import { growIsolationForest, type IsolationForest } from '../anomaly/isolation-forest.ts';
import { laggedColumns } from '../features/anomaly/anomaly.ts';
import type { DeviceForm } from '../features/device-form.ts';
import type { GpuWork } from './gpu-session.ts';
import { HEAD, isolationScore, LEAF, NODE } from './kernels/isolation.ts';
import { type BatchSeries, type PointBatch, runAtPoints, uploadBatch } from './point-batch.ts';

type IsolationForm = Extract<DeviceForm, { kernel: 'isolation' }>;

/** Nodes on the way to a leaf, with a margin. */
const STEPS_A_TREE = 12;

/** Numbers of the forests that are on the device at once: 64 MB. */
const MOST_NUMBERS = 1 << 24;

/**
 * Scores in isolation forests that the processor grows: the same trees with 64 bits, walked with 48.
 * @returns for each series that has a forest its scores, by its place in the caller's list
 */
export async function isolationScoresOf(
  work: GpuWork,
  form: IsolationForm,
  { members }: PointBatch,
): Promise<ReadonlyMap<number, Float64Array>> {
  const scores = new Map<number, Float64Array>();
  let grown: { member: BatchSeries; forest: IsolationForest }[] = [];
  let numbers = 0;
  const flush = async () => {
    if (grown.length > 0) await scoreTogether(work, form, grown, scores);
    [grown, numbers] = [[], 0];
  };
  for (const member of members) {
    const forest = growIsolationForest(laggedColumns(member.series.y, form.lags), form);
    // Grown from one row or none: nothing to walk.
    if (!(forest.unit > 0)) continue;
    const size = sizeOf(forest);
    if (numbers + size > MOST_NUMBERS) await flush();
    grown.push({ member, forest });
    numbers += size;
  }
  await flush();
  return scores;
}

function sizeOf({ trees }: IsolationForest): number {
  return HEAD + trees.length + NODE * trees.reduce((sum, { column }) => sum + column.length, 0);
}

async function scoreTogether(
  work: GpuWork,
  { lags, trees }: IsolationForm,
  grown: readonly { readonly member: BatchSeries; readonly forest: IsolationForest }[],
  scores: Map<number, Float64Array>,
): Promise<void> {
  let points = 0;
  const members = grown.map(({ member }) => {
    const start = points;
    points += member.series.y.length;
    return { ...member, start };
  });
  const { values, places } = uploadBatch(work, { members, points });
  const table = work.upload(tableOf(grown.map(({ forest }, k) => ({ forest, ...members[k]! }))));
  const output = work.output(4 * points);
  const buffers = [values, places, table, output] as const;
  const own = [members.length, lags, trees];
  await runAtPoints(
    work,
    { program: isolationScore, points, own, steps: STEPS_A_TREE * trees },
    buffers,
  );
  await work.read(output, (bytes) => {
    for (const { at, start, series } of members) {
      scores.set(at, new Float64Array(new Float32Array(bytes, 4 * start, series.y.length)));
    }
  });
  for (const buffer of buffers) work.release(buffer);
}

/** As kernels/isolation.ts reads it. */
function tableOf(
  grown: readonly (BatchSeries & { readonly forest: IsolationForest })[],
): Uint32Array<ArrayBuffer> {
  const head = HEAD * grown.length;
  const table = new Uint32Array(
    head + grown.reduce((sum, { forest }) => sum + sizeOf(forest) - HEAD, 0),
  );
  const floats = new Float32Array(table.buffer);
  let free = head;
  for (const [k, { start, scale, forest }] of grown.entries()) {
    table.set([start, free], HEAD * k);
    floats[HEAD * k + 2] = forest.trees.length * forest.unit;
    const roots = free;
    free += forest.trees.length;
    for (const [t, { column, threshold, child }] of forest.trees.entries()) {
      table[roots + t] = free;
      for (let node = 0; node < column.length; node++) {
        const at = free + NODE * node;
        if (column[node]! < 0) {
          table[at] = LEAF;
          floats[at + 1] = threshold[node]!;
          continue;
        }
        const value = threshold[node]! / scale;
        table[at] = column[node]!;
        floats[at + 1] = value;
        floats[at + 2] = value - Math.fround(value);
        table[at + 3] = free + NODE * child[node]!;
      }
      free += NODE * column.length;
    }
  }
  return table;
}
