import { gpuForRun } from '../gpu/thread-gpu.ts';
import type { FeaturesQuery, RunSeriesRow } from '../store/tables.ts';
import type { ResultCache } from './cache.ts';
import type { ChunkTask } from './chunk-task.ts';
import { MOST_VALUES, type SeriesInput } from './compute-series.ts';
import { computeOnGpu, type GpuResult, hasGpuForm } from './gpu-results.ts';
import type { PlannedSet } from './planned-set.ts';
import { inputOf, keyOf, readStored, type StoredSeries } from './stored-series.ts';

/** What a GPU has computed of a chunk before its series are written one by one. */
export interface GpuAhead {
  /** Sets that it computes; none on the processor. */
  readonly sets: ReadonlySet<PlannedSet>;
  /** Results by cache key. */
  readonly ready: ReadonlyMap<string, GpuResult>;
}

const NOTHING: GpuAhead = { sets: new Set(), ready: new Map() };

/**
 * All series of a chunk at once: one by one a GPU would be waited for longer than it works.
 * @throws FEATURES_GPU_NOT_INSTALLED, FEATURES_GPU_ABSENT, FEATURES_GPU_FAILED where the run requires one
 */
export async function computeAhead(chunk: {
  readonly task: ChunkTask;
  readonly cache: ResultCache;
  readonly query: FeaturesQuery;
  readonly rows: readonly RunSeriesRow[];
}): Promise<GpuAhead> {
  const { task, cache, query, rows } = chunk;
  const sets = task.gpu.mode === 'off' ? [] : task.sets.filter(hasGpuForm);
  if (sets.length === 0) return NOTHING;
  const gpu = await gpuForRun(task.gpu);
  if (gpu === undefined) return NOTHING;
  const stored: StoredSeries[] = [];
  for (const row of rows) {
    const one = await readStored(query, row);
    if (one !== undefined) stored.push(one);
  }
  const keysOf = (planned: PlannedSet) =>
    stored.map(({ series }) => keyOf({ planned, series, task, isGpu: true }));
  const cached = await cache.find(sets.flatMap(keysOf));
  const wanted = sets.map((planned) => {
    const inputs = new Map<string, SeriesInput>();
    for (const [k, key] of keysOf(planned).entries()) {
      if (!cached.has(key)) inputs.set(key, inputOf(task, stored[k]!));
    }
    return { planned, inputs };
  });
  const ready = await computeOnGpu(gpu, task.gpu.mode, wanted, task.mostValues ?? MOST_VALUES);
  return ready === undefined ? NOTHING : { sets: new Set(sets), ready };
}
