import { fromJson } from '../../../core/db/columns.ts';
import type { Locale } from '../../../core/errors.ts';
import type { FeaturesRun } from '../contract.ts';
import { runProgress, runSets } from '../store/runs.ts';
import type { FeaturesQuery, RunRow } from '../store/tables.ts';

/** A run as people see it, with what its series say of its progress. */
export async function toFeaturesRun(
  query: FeaturesQuery,
  row: RunRow,
  now: number,
  locale: Locale,
): Promise<FeaturesRun> {
  const progress = await runProgress(query, row.id);
  const sets = await runSets(query, row.id);
  const fraction = row.points_total === 0 ? 0 : progress.pointsDone / row.points_total;
  const isRunning = row.state === 'running';
  const ranMs = row.ran_ms + (isRunning && row.resumed_at !== null ? now - row.resumed_at : 0);
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    options: fromJson(row.options),
    createdBy: row.created_by,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    seriesTotal: row.series_total,
    seriesDone: progress.seriesDone,
    seriesFailed: progress.seriesFailed,
    pointsTotal: row.points_total,
    pointsDone: progress.pointsDone,
    rowsWritten: progress.rowsWritten,
    cacheHits: sets.reduce((sum, set) => sum + set.cache_hits, 0),
    warnings: sets.reduce((sum, set) => sum + set.failures, 0),
    progress: row.state === 'done' ? 1 : fraction,
    etaMs: isRunning && fraction > 0 ? Math.round((ranMs * (1 - fraction)) / fraction) : null,
    timings: Object.fromEntries(sets.map((set) => [set.set_name, set.computed_ms])),
    error: row.error === null ? null : fromJson(row.error)[locale],
  };
}
