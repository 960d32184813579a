import type { RunState } from '../contract.ts';
import type { FeaturesQuery, RunRow, RunSeriesRow, RunSetRow } from './tables.ts';

export async function findRun(query: FeaturesQuery, id: string): Promise<RunRow | undefined> {
  return query.selectFrom('features_runs').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Newest first; `cursor` is the last id of the page before. */
export async function listRuns(
  query: FeaturesQuery,
  page: { cursor?: string | undefined; limit: number },
): Promise<RunRow[]> {
  let rows = query.selectFrom('features_runs').selectAll().orderBy('id', 'desc').limit(page.limit);
  if (page.cursor !== undefined) rows = rows.where('id', '<', page.cursor);
  return rows.execute();
}

/** Changes a run only from one of these states; false when it was in none of them. */
export async function moveRun(
  query: FeaturesQuery,
  id: string,
  from: readonly RunState[],
  change: Partial<RunRow>,
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('features_runs')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Runs that jobs should be at. */
export async function runsInProgress(query: FeaturesQuery): Promise<RunRow[]> {
  return query
    .selectFrom('features_runs')
    .selectAll()
    .where('state', 'in', ['planning', 'running'])
    .execute();
}

export interface RunProgress {
  readonly seriesDone: number;
  readonly seriesFailed: number;
  readonly pointsDone: number;
  readonly rowsWritten: number;
  readonly waiting: number;
}

export async function runProgress(query: FeaturesQuery, id: string): Promise<RunProgress> {
  const rows = await query
    .selectFrom('features_run_series')
    .select(({ fn }) => [
      'state',
      fn.countAll().as('series'),
      fn.sum('points').as('points'),
      fn.sum('rows_written').as('written'),
    ])
    .where('run_id', '=', id)
    .groupBy('state')
    .execute();
  const of = (state: RunSeriesRow['state'], key: 'series' | 'points' | 'written'): number =>
    Number(rows.find((row) => row.state === state)?.[key] ?? 0);
  return {
    seriesDone: of('done', 'series'),
    seriesFailed: of('failed', 'series'),
    pointsDone: of('done', 'points') + of('failed', 'points'),
    rowsWritten: of('done', 'written') + of('waiting', 'written') + of('failed', 'written'),
    waiting: of('waiting', 'series'),
  };
}

export async function runSets(query: FeaturesQuery, id: string): Promise<RunSetRow[]> {
  return query
    .selectFrom('features_run_sets')
    .selectAll()
    .where('run_id', '=', id)
    .orderBy('set_name')
    .execute();
}

/** Series of a chunk that nobody has finished, in order. */
export async function waitingSeries(
  query: FeaturesQuery,
  id: string,
  chunk: number,
): Promise<RunSeriesRow[]> {
  return query
    .selectFrom('features_run_series')
    .selectAll()
    .where('run_id', '=', id)
    .where('chunk', '=', chunk)
    .where('state', '=', 'waiting')
    .orderBy('position')
    .execute();
}

/** Chunks with series that nobody has finished, those with the most left first: the last to end are small ones then. */
export async function waitingChunks(query: FeaturesQuery, id: string): Promise<number[]> {
  const rows = await query
    .selectFrom('features_run_series')
    .select('chunk')
    .where('run_id', '=', id)
    .where('state', '=', 'waiting')
    .groupBy('chunk')
    .orderBy(({ fn }) => fn.sum('points'), 'desc')
    .orderBy('chunk')
    .execute();
  return rows.map(({ chunk }) => chunk);
}

export async function listRunSeries(
  query: FeaturesQuery,
  id: string,
  page: { state?: RunSeriesRow['state'] | undefined; after: number; limit: number },
): Promise<RunSeriesRow[]> {
  let rows = query
    .selectFrom('features_run_series')
    .selectAll()
    .where('run_id', '=', id)
    .where('position', '>', page.after)
    .orderBy('position')
    .limit(page.limit);
  if (page.state !== undefined) rows = rows.where('state', '=', page.state);
  return rows.execute();
}
