/** A thread that computes rolling statistics or matrix profiles of seeded walks, by itself or on a GPU, and answers how long it took. */
import { parentPort, workerData } from 'node:worker_threads';
import { columns } from '../../packages/series/src/features/extract.ts';
import { matrixProfile } from '../../packages/series/src/features/matrix-profile/profile.ts';
import { rolling } from '../../packages/series/src/features/rolling/rolling.ts';
import { gpuColumns } from '../../packages/series/src/gpu/index.ts';
import { createRandom } from '../../packages/series/src/math/random.ts';
import { openGpu } from '../../packages/server/src/workspaces/features/gpu/open-gpu.ts';

export interface GpuWork {
  readonly what: 'rolling' | 'profile';
  readonly on: 'processor' | 'gpu';
  readonly series: number;
  readonly points: number;
  readonly window: number;
}

/** Series that are computed together: 50 MB of results. */
const TOGETHER = 64;

const gpu = await openGpu((workerData as { module: string }).module).catch(() => undefined);

parentPort!.on('message', async (work: GpuWork) => {
  const all = walks(work);
  const started = performance.now();
  for (let from = 0; from < all.length; from += TOGETHER) {
    await compute(work, all.slice(from, from + TOGETHER));
  }
  parentPort!.postMessage(performance.now() - started);
});

async function compute({ what, on, window }: GpuWork, some: readonly Float64Array[]) {
  const series = some.map((y) => ({ y }));
  if (on === 'processor') {
    if (what === 'rolling') for (const one of series) columns(rolling, one);
    else for (const y of some) matrixProfile(y, window);
  } else if (what === 'rolling') await gpuColumns(gpu!.features, rolling, series);
  else await gpu!.features.matrixProfiles(some, window);
}

function walks({ series, points }: GpuWork): readonly Float64Array[] {
  const random = createRandom(20_261_122);
  return Array.from({ length: series }, () => {
    let level = 0;
    return Float64Array.from({ length: points }, () => {
      level += random() - 0.5;
      return level;
    });
  });
}

parentPort!.postMessage(gpu && { adapter: gpu.adapter, isSoftware: gpu.isSoftware });
