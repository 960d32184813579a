/**
 * Speed of the matrix profile beside STUMPY's, one thread and two.
 *
 *   node bench/matrix-profile.ts
 *
 * Data: a seeded random walk, windows of 50 values. The peer's figures are constants of peer_timings.csv of the reference
 * collection (STUMPY 1.13.0, one numba thread, warm), measured elsewhere; its first call in a process took 15.1 s.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import {
  type PreparedProfile,
  prepareMatrixProfile,
} from '../packages/series/src/features/matrix-profile/prepare.ts';
import {
  completeProfile,
  matrixProfile,
} from '../packages/series/src/features/matrix-profile/profile.ts';
import { diagonalShares } from '../packages/series/src/features/matrix-profile/slice.ts';
import type { Partners } from '../packages/series/src/kernels/matrix-profile.ts';
import { createRandom } from '../packages/series/src/math/random.ts';

const WINDOW = 50;
const RUNS = 7;
/** Points and the peer's processor milliseconds. */
const SIZES = [
  [2_000, 11],
  [10_000, 190],
  [20_000, 763],
  [30_000, 1721],
] as const;

const WORKER = new URL('./support/matrix-profile-worker.ts', import.meta.url);

function randomWalk(n: number): Float64Array {
  const random = createRandom(20_261_122);
  let state = 0;
  return Float64Array.from({ length: n }, () => {
    state += random() - 0.5;
    return state;
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

async function inWorkers(workers: readonly Worker[], prepared: PreparedProfile): Promise<void> {
  const shares = diagonalShares(prepared, workers.length);
  const slices = await Promise.all(
    workers.map(async (worker, k) => {
      worker.postMessage({ prepared, ...shares[k]! });
      const [slice] = (await once(worker, 'message')) as [Partners];
      return slice;
    }),
  );
  completeProfile(prepared, slices);
}

async function wallOf(workers: readonly Worker[], y: Float64Array): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    await inWorkers(workers, prepareMatrixProfile(y, WINDOW));
    if (run > 0) times.push(performance.now() - start);
  }
  return median(times);
}

for (const [n, peer] of SIZES) {
  const y = randomWalk(n);
  const first = process.cpuUsage();
  matrixProfile(y, WINDOW);
  const { user, system } = process.cpuUsage(first);
  const times = Array.from({ length: RUNS }, () => {
    const start = process.cpuUsage();
    matrixProfile(y, WINDOW);
    const used = process.cpuUsage(start);
    return (used.user + used.system) / 1000;
  });
  const cpu = median(times);
  console.log(
    `n ${n}, m ${WINDOW}: ${cpu.toFixed(0)} ms of processor (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}), first call ${((user + system) / 1000).toFixed(0)} ms; STUMPY ${peer} ms; ratio ${(cpu / peer).toFixed(2)}`,
  );
}

const y = randomWalk(20_000);
const workers = [new Worker(WORKER), new Worker(WORKER)];
const one = await wallOf(workers.slice(0, 1), y);
const two = await wallOf(workers, y);
console.log(
  `n 20000, wall: one worker ${one.toFixed(0)} ms, two ${two.toFixed(0)} ms; ratio ${(two / one).toFixed(2)}`,
);
await Promise.all(workers.map((worker) => worker.terminate()));
