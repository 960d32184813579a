import type { Database } from '../../../core/db/database.ts';
import { bulkInsert, type Value } from '../../../core/db/write.ts';
import type { RunBody } from '../contract.ts';
import { featuresErrors } from '../errors.ts';
import { listSeries, type SeriesKey } from '../store/series.ts';
import { featuresQuery, type SeriesRow } from '../store/tables.ts';
import type { PlannedSet } from './planned-set.ts';

/** A chunk has at most so many points (or one series) and series: some seconds of work, so that threads and machines share evenly. */
const CHUNK_POINTS = 8000;
const CHUNK_SERIES = 200;
const PAGE = 2000;

/**
 * Writes down what a run will do: one row a series, in chunks, and one row a set. Repeated after a crash it begins again.
 * @throws FEATURES_NOTHING_SELECTED
 */
export async function planRun(
  db: Database,
  runId: string,
  options: RunBody,
  sets: readonly PlannedSet[],
): Promise<{ series: number; points: number; chunks: number }> {
  const query = featuresQuery(db);
  await query.deleteFrom('features_run_series').where('run_id', '=', runId).execute();
  await query.deleteFrom('features_run_sets').where('run_id', '=', runId).execute();
  const total = { series: 0, points: 0, chunks: 0 };
  let [chunkPoints, chunkSeries] = [0, 0];
  let rows: Value[][] = [];
  const flush = async (): Promise<void> => {
    await bulkInsert(db.query as never, {
      table: 'features_run_series',
      columns: [
        ...['run_id', 'position', 'chunk', 'loto', 'unique_id', 'points', 'state'],
        ...['hist_rows', 'rows_written', 'messages', 'finished_at'],
      ],
      rows,
    });
    rows = [];
  };
  for await (const series of selectedSeries(db, options)) {
    const isFull = chunkPoints + series.n > CHUNK_POINTS || chunkSeries >= CHUNK_SERIES;
    if (chunkSeries > 0 && isFull) {
      total.chunks++;
      [chunkPoints, chunkSeries] = [0, 0];
    }
    const place = [runId, total.series, total.chunks];
    rows.push([...place, series.loto, series.unique_id, series.n, 'waiting', 0, 0, null, null]);
    total.series++;
    total.points += series.n;
    chunkPoints += series.n;
    chunkSeries++;
    if (rows.length === PAGE) await flush();
  }
  if (total.series === 0) throw featuresErrors.FEATURES_NOTHING_SELECTED();
  await flush();
  await bulkInsert(db.query as never, {
    table: 'features_run_sets',
    columns: ['run_id', 'set_name', 'computed_ms', 'cache_hits', 'failures'],
    rows: sets.map(({ name }) => [runId, name, 0, 0, 0]),
  });
  return { ...total, chunks: total.chunks + 1 };
}

/** The series of a run in the order of their names, those of a group together. */
async function* selectedSeries(db: Database, options: RunBody): AsyncGenerator<SeriesRow> {
  const query = featuresQuery(db);
  const groups = options.datasets && new Set(options.datasets);
  const single = new Set(options.series?.map(keyText));
  const takesAll = options.datasets === undefined && options.series === undefined;
  let after: SeriesKey | undefined;
  for (;;) {
    const page = await listSeries(query, { after, limit: PAGE });
    for (const row of page) {
      const key = { loto: row.loto, uniqueId: row.unique_id };
      if (takesAll || groups?.has(row.loto) || single.has(keyText(key))) yield row;
      after = key;
    }
    if (page.length < PAGE) return;
  }
}

function keyText({ loto, uniqueId }: SeriesKey): string {
  return JSON.stringify([loto, uniqueId]);
}

/** Whether any stored series is selected, before a run is recorded. */
export async function selectsAnything(db: Database, options: RunBody): Promise<boolean> {
  for await (const _ of selectedSeries(db, options)) return true;
  return false;
}
