import { toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { upsert, type Value } from '../../../core/db/write.ts';
import type { StoredFailure } from '../../../core/errors.ts';
import { type FeaturesQuery, featuresQuery, type RunSeriesRow } from '../store/tables.ts';
import { createRowJson, type NamedBlock } from './rows-json.ts';

/** Characters in one transaction: the write lock is held for some ten milliseconds. */
const CHARACTERS_AT_ONCE = 1_000_000;
/** Small series in one transaction. */
const SERIES_AT_ONCE = 50;
/** Old rows removed in one statement. */
const KEYS_AT_ONCE = 500;

export interface SeriesResult {
  readonly t: Float64Array;
  readonly hist: readonly NamedBlock[];
  readonly futr: { readonly t: Float64Array; readonly blocks: readonly NamedBlock[] };
  /** The row of features_stat as JSON; null when the run computes no whole series. */
  readonly stat: string | null;
  /** Whether the run fills features_hist and features_futr at all. */
  readonly writes: { readonly hist: boolean; readonly futr: boolean };
  readonly messages: readonly StoredFailure[];
  readonly sets: readonly SetCost[];
}

export interface SetCost {
  readonly name: string;
  readonly ms: number;
  readonly hits: number;
  readonly failures: number;
}

/**
 * Writes results in short transactions, each together with the marks that say how far the run has come: after a crash
 * nothing is half there, and what is marked is not done again.
 */
export interface ResultWriter {
  /** False when the run is no longer at this work: paused, cancelled, failed or taken over. Nothing more is written then. */
  write(row: RunSeriesRow, result: SeriesResult): Promise<boolean>;
  /** A series that could not be computed. */
  fail(row: RunSeriesRow, messages: readonly StoredFailure[]): Promise<boolean>;
  flush(): Promise<boolean>;
}

export function createResultWriter(
  db: Database,
  run: { id: string; epoch: number },
  options: { now: () => number; written: () => void },
): ResultWriter {
  const rows = { hist: [] as Row[], futr: [] as Row[], stat: [] as Row[] };
  const marks: RunSeriesRow[] = [];
  const costs = new Map<string, { ms: number; hits: number; failures: number }>();
  let characters = 0;

  async function commit(): Promise<boolean> {
    const isOurs = await db.transaction(async (trx) => {
      const query = featuresQuery(trx);
      if (!(await holdRun(query, run))) return false;
      for (const table of ['hist', 'futr', 'stat'] as const) {
        await upsert(trx, {
          table: `features_${table}`,
          rows: rows[table],
          key: table === 'stat' ? ['loto', 'unique_id'] : ['loto', 'unique_id', 'ds'],
          update: ['feature_values'],
        });
      }
      await upsert(trx, {
        table: 'features_run_series',
        rows: marks as unknown as Row[],
        key: ['run_id', 'position'],
        update: ['state', 'hist_rows', 'rows_written', 'messages', 'finished_at'],
      });
      // In the same order everywhere, so that two machines never wait for each other.
      for (const name of [...costs.keys()].sort()) {
        const { ms, hits, failures } = costs.get(name)!;
        await query
          .updateTable('features_run_sets')
          .set(({ eb }) => ({
            computed_ms: eb('computed_ms', '+', Math.round(ms)),
            cache_hits: eb('cache_hits', '+', hits),
            failures: eb('failures', '+', failures),
          }))
          .where('run_id', '=', run.id)
          .where('set_name', '=', name)
          .execute();
      }
      return true;
    });
    for (const list of [rows.hist, rows.futr, rows.stat, marks]) list.length = 0;
    costs.clear();
    characters = 0;
    if (isOurs) options.written();
    return isOurs;
  }

  const add = (table: 'hist' | 'futr' | 'stat', row: Row): void => {
    rows[table].push(row);
    characters += String(row.feature_values).length;
  };

  return {
    async write(row, { t, hist, futr, stat, writes, messages, sets }) {
      const key = { loto: row.loto, unique_id: row.unique_id };
      if (writes.hist) await removeOthers(db, 'features_hist', key, t);
      if (writes.futr) await removeOthers(db, 'features_futr', key, futr.t);
      for (const { name, ms, hits, failures } of sets) {
        const sum = costs.get(name) ?? { ms: 0, hits: 0, failures: 0 };
        costs.set(name, {
          ms: sum.ms + ms,
          hits: sum.hits + hits,
          failures: sum.failures + failures,
        });
      }
      const rowJson = createRowJson(hist);
      const histRows = writes.hist ? t.length : 0;
      for (let i = row.hist_rows; i < histRows; i++) {
        add('hist', { ...key, ds: t[i]!, feature_values: rowJson(i) });
        if (characters < CHARACTERS_AT_ONCE) continue;
        // Part of a long series: it goes on behind this row after a crash.
        marks.push({ ...row, hist_rows: i + 1, rows_written: i + 1 });
        if (!(await commit())) return false;
      }
      const futrJson = createRowJson(futr.blocks);
      futr.t.forEach((ds, i) => {
        add('futr', { ...key, ds, feature_values: futrJson(i) });
      });
      if (stat !== null) add('stat', { ...key, feature_values: stat });
      marks.push({
        ...row,
        state: 'done',
        hist_rows: histRows,
        rows_written: histRows + futr.t.length + (stat === null ? 0 : 1),
        messages: messages.length === 0 ? null : toJson([...messages]),
        finished_at: options.now(),
      });
      const isFull = marks.length >= SERIES_AT_ONCE || characters >= CHARACTERS_AT_ONCE;
      return isFull ? commit() : true;
    },
    async fail(row, messages) {
      marks.push({
        ...row,
        state: 'failed',
        messages: toJson([...messages]),
        finished_at: options.now(),
      });
      return true;
    },
    flush: async () => (marks.length === 0 ? true : commit()),
  };
}

type Row = Readonly<Record<string, Value>>;

/** Takes the run's row for this transaction, so that a pause or an end comes before or after it, never in between. */
async function holdRun(
  query: FeaturesQuery,
  { id, epoch }: { id: string; epoch: number },
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('features_runs')
    .set({ epoch })
    .where('id', '=', id)
    .where('epoch', '=', epoch)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Rows of times that the series no longer has. */
async function removeOthers(
  db: Database,
  table: 'features_hist' | 'features_futr',
  key: { loto: string; unique_id: string },
  t: Float64Array,
): Promise<void> {
  const query = featuresQuery(db);
  const wanted = new Set(t);
  const stored = await query
    .selectFrom(table)
    .select('ds')
    .where('loto', '=', key.loto)
    .where('unique_id', '=', key.unique_id)
    .execute();
  const others = stored.map(({ ds }) => ds).filter((ds) => !wanted.has(ds));
  for (let start = 0; start < others.length; start += KEYS_AT_ONCE) {
    await query
      .deleteFrom(table)
      .where('loto', '=', key.loto)
      .where('unique_id', '=', key.unique_id)
      .where('ds', 'in', others.slice(start, start + KEYS_AT_ONCE))
      .execute();
  }
}
