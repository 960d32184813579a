import { findSeries, readPoints, type StoredPoints } from '../store/series.ts';
import type { FeaturesQuery, RunSeriesRow, SeriesRow } from '../store/tables.ts';
import { cacheKey } from './cache.ts';
import type { ChunkTask } from './chunk-task.ts';
import type { SeriesInput } from './compute-series.ts';
import type { PlannedSet } from './planned-set.ts';

/** How often a series is read that imports replace again and again. */
const READS = 3;

export interface StoredSeries {
  readonly series: SeriesRow;
  readonly points: StoredPoints;
}

/** A series with all its points; undefined when it is gone. */
export async function readStored(
  query: FeaturesQuery,
  { loto, unique_id }: RunSeriesRow,
): Promise<StoredSeries | undefined> {
  for (let read = 0; read < READS; read++) {
    const series = await findSeries(query, { loto, uniqueId: unique_id });
    if (series === undefined) return undefined;
    const points = await readPoints(query, series);
    // Fewer: an import replaced the series between the two statements.
    if (points.t.length === series.n) return { series, points };
  }
  return undefined;
}

/** A series without the group it may belong to. */
export function inputOf({ holidays }: ChunkTask, { series, points }: StoredSeries): SeriesInput {
  return { timeKind: series.time_kind, t: points.t, y: points.y, holidays };
}

/** What the result of a set for a series is kept by: all that it depends on. */
export function keyOf(of: {
  readonly planned: PlannedSet;
  readonly series: SeriesRow;
  readonly group?: { readonly hash: string } | undefined;
  readonly task: ChunkTask;
  readonly isGpu: boolean;
}): string {
  const { planned, series, group, task, isGpu } = of;
  return cacheKey(series.hash + besides(), planned, isGpu);

  /** What the set looks at besides the series itself. */
  function besides(): string {
    if (planned.set === 'lottery') return `:${group?.hash ?? ''}`;
    return planned.set === 'calendar' ? `:${JSON.stringify(task.holidays)}` : '';
  }
}
