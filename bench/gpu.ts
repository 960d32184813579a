/**
 * Rolling statistics and the matrix profile on a GPU beside two processor cores, transfer and conversion included.
 *
 *   npm install --no-save webgpu@0.6.2
 *   node bench/gpu.ts [module that brings WebGPU, default webgpu]
 *
 * Rolling: 10,000 seeded walks of 2,000 points, 49 columns each; two threads on both sides, each with a device of its own.
 * Matrix profile: a walk of 100,000 points, windows of 50; on the processor two threads share the diagonals.
 * Software adapters (SwiftShader, llvmpipe) are processors: on them nothing is measured.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { prepareMatrixProfile } from '../packages/series/src/features/matrix-profile/prepare.ts';
import { completeProfile } from '../packages/series/src/features/matrix-profile/profile.ts';
import { diagonalShares } from '../packages/series/src/features/matrix-profile/slice.ts';
import type { Partners } from '../packages/series/src/kernels/matrix-profile.ts';
import { createRandom } from '../packages/series/src/math/random.ts';
import type { GpuWork } from './support/gpu-worker.ts';

const ROUNDS = 5;
const SERIES = 10_000;
const POINTS = 2_000;
const LONG = 100_000;
const WINDOW = 50;
const THREADS = 2;

const workerData = { module: process.argv[2] ?? 'webgpu' };
const workers = Array.from(
  { length: THREADS },
  () => new Worker(new URL('./support/gpu-worker.ts', import.meta.url), { workerData }),
);
const adapters = await Promise.all(
  workers.map(async (worker) => (await once(worker, 'message'))[0]),
);
const [adapter] = adapters as ({ adapter: string; isSoftware: boolean } | undefined)[];

if (adapter === undefined) {
  console.log(`not measured: no adapter (is ${workerData.module} installed, and a driver?)`);
} else if (adapter.isSoftware) {
  console.log(`not measured: no real adapter (${adapter.adapter} computes on the processor)`);
} else {
  console.log(`adapter: ${adapter.adapter}; wall-clock time, median of ${ROUNDS} rounds, warm`);
  await report('rolling statistics, 10,000 × 2,000', (on) =>
    together({ what: 'rolling', on, series: SERIES / THREADS, points: POINTS, window: WINDOW }),
  );
  await report('matrix profile, n = 100,000, m = 50', (on) =>
    on === 'gpu'
      ? one({ what: 'profile', on, series: 1, points: LONG, window: WINDOW })
      : profileInThreads(),
  );
}
for (const worker of workers) await worker.terminate();

async function report(
  title: string,
  measure: (on: GpuWork['on']) => Promise<number>,
): Promise<void> {
  const medians = { processor: 0, gpu: 0 };
  for (const on of ['processor', 'gpu'] as const) {
    await measure(on);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await measure(on));
    times.sort((a, b) => a - b);
    medians[on] = times[ROUNDS >> 1]!;
    const [low, high] = [times[0]!, times.at(-1)!].map((ms) => ms.toFixed(0));
    console.log(`${title}, ${on}: ${medians[on].toFixed(0)} ms (${low} to ${high})`);
  }
  console.log(`  ${(medians.processor / medians.gpu).toFixed(1)} times as fast`);
}

/** The slowest of the threads, each with its share. */
async function together(work: GpuWork): Promise<number> {
  return Math.max(...(await Promise.all(workers.map((worker) => ask(worker, work)))));
}

function one(work: GpuWork): Promise<number> {
  return ask(workers[0]!, work);
}

async function ask(worker: Worker, work: GpuWork): Promise<number> {
  worker.postMessage(work);
  return (await once(worker, 'message'))[0] as number;
}

async function profileInThreads(): Promise<number> {
  const random = createRandom(20_261_122);
  let level = 0;
  const y = Float64Array.from({ length: LONG }, () => {
    level += random() - 0.5;
    return level;
  });
  const threads = Array.from(
    { length: THREADS },
    () => new Worker(new URL('./support/matrix-profile-worker.ts', import.meta.url)),
  );
  // Their start is not measured.
  await Promise.all(threads.map((thread) => once(thread, 'online')));
  const started = performance.now();
  const prepared = prepareMatrixProfile(y, WINDOW);
  const shares = diagonalShares(prepared, THREADS);
  const slices = await Promise.all(
    threads.map(async (thread, k) => {
      thread.postMessage({ prepared, ...shares[k]! });
      return (await once(thread, 'message'))[0] as Partners;
    }),
  );
  completeProfile(prepared, slices);
  const took = performance.now() - started;
  for (const thread of threads) await thread.terminate();
  return took;
}
