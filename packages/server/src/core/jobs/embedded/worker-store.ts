import type { Transaction } from 'kysely';
import { type Json, toJson } from '../../db/columns.ts';
import type { Database } from '../../db/database.ts';
import type { JobFailure } from '../queue.ts';
import type { JobRow, JobsTables } from './tables.ts';

/** How a run ended, as it is written. Fenced by the worker's id: a job that another worker took over is left alone. */
export type Ending = {
  readonly id: string;
  readonly workerId: string;
} & (
  | { readonly to: 'done'; readonly result: string | null }
  | { readonly to: 'cancelled' }
  | { readonly to: 'failed'; readonly error: JobFailure }
  | { readonly to: 'again'; readonly error: JobFailure; readonly runAt: number }
  | { readonly to: 'put-back' }
);

/** What workers do with jobs. */
export interface WorkerStore {
  /** Writes the endings and claims up to `free` jobs of each kind, in one transaction. */
  exchange(
    endings: readonly Ending[],
    wanted: readonly { readonly name: string; readonly free: number }[],
    worker: { readonly id: string; readonly now: number },
  ): Promise<Exchange>;
  saveProgress(
    id: string,
    workerId: string,
    progress: { readonly fraction: number; readonly note: string | null },
  ): Promise<void>;
  /** Delayed jobs whose time has come may be claimed now. Gives how many. */
  promoteDue(now: number): Promise<number>;
  /** When the next delayed job is due. */
  nextRunAt(): Promise<number | undefined>;
  /** Which of these kinds have jobs waiting; a cheap look, not a complete one. */
  namesWaiting(names: readonly string[]): Promise<readonly string[]>;
  /** The jobs that run under this worker, as the database sees it. */
  owned(
    workerId: string,
  ): Promise<readonly { readonly id: string; readonly cancel_requested_at: number | null }[]>;
  /** Removes up to `limit` ended jobs; gives how many. */
  removeEnded(
    states: readonly ('done' | 'cancelled' | 'failed')[],
    before: number,
    limit: number,
  ): Promise<number>;
}

export interface Exchange {
  /** Rows as they were before the claim. */
  readonly claimed: readonly JobRow[];
  /** Ids whose ending was written; the others belong to another worker by now. */
  readonly written: ReadonlySet<string>;
}

export function createWorkerStore(db: Database): WorkerStore {
  const query = db.query.withTables<JobsTables>();

  return {
    async exchange(endings, wanted, worker) {
      return db.transaction(async (untyped) => {
        const trx = untyped.withTables<JobsTables>();
        const written = await writeEndings(trx, endings, worker.now);
        const claimed: JobRow[] = [];
        for (const { name, free } of wanted) {
          claimed.push(...(await claim(trx, db.engine.skipsLockedRows, name, free, worker)));
        }
        return { claimed, written };
      });
    },
    async saveProgress(id, workerId, { fraction, note }) {
      await query
        .updateTable('core_jobs')
        .set({ progress: fraction, progress_note: note })
        .where('id', '=', id)
        .where('worker_id', '=', workerId)
        .execute();
    },
    async promoteDue(now) {
      const result = await query
        .updateTable('core_jobs')
        .set({ state: 'waiting' })
        .where('state', '=', 'delayed')
        .where('run_at', '<=', now)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
    async nextRunAt() {
      const row = await query
        .selectFrom('core_jobs')
        .select('run_at')
        .where('state', '=', 'delayed')
        .orderBy('run_at')
        .limit(1)
        .executeTakeFirst();
      return row?.run_at;
    },
    async namesWaiting(names) {
      if (names.length === 0) return [];
      const rows = await query
        .selectFrom('core_jobs')
        .select('name')
        .where('state', '=', 'waiting')
        .where('name', 'in', names)
        .limit(100)
        .execute();
      return [...new Set(rows.map((row) => row.name))];
    },
    owned: (workerId) =>
      query
        .selectFrom('core_jobs')
        .select(['id', 'cancel_requested_at'])
        .where('state', '=', 'running')
        .where('worker_id', '=', workerId)
        .execute(),
    async removeEnded(states, before, limit) {
      const rows = await query
        .selectFrom('core_jobs')
        .select('id')
        .where('state', 'in', states)
        // Says no more than the next line, but this one has an index.
        .where('run_at', '<', before)
        .where('finished_at', '<', before)
        .limit(limit)
        .execute();
      if (rows.length === 0) return 0;
      const ids = rows.map((row) => row.id);
      await query.deleteFrom('core_jobs').where('id', 'in', ids).execute();
      return rows.length;
    },
  };
}

async function claim(
  trx: Transaction<JobsTables>,
  skipsLockedRows: boolean,
  name: string,
  free: number,
  worker: { readonly id: string; readonly now: number },
): Promise<readonly JobRow[]> {
  let select = trx
    .selectFrom('core_jobs')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('name', '=', name)
    .orderBy('run_order')
    .orderBy('run_at')
    .orderBy('id')
    .limit(free);
  if (skipsLockedRows) select = select.forUpdate().skipLocked();
  const rows = await select.execute();
  if (rows.length > 0) {
    await trx
      .updateTable('core_jobs')
      .set(({ eb }) => ({
        state: 'running' as const,
        worker_id: worker.id,
        attempt: eb('attempt', '+', 1),
        progress: 0,
        progress_note: null,
        started_at: worker.now,
      }))
      .where(
        'id',
        'in',
        rows.map((row) => row.id),
      )
      .execute();
  }
  return rows;
}

async function writeEndings(
  trx: Transaction<JobsTables>,
  endings: readonly Ending[],
  now: number,
): Promise<ReadonlySet<string>> {
  const written = new Set<string>();
  // Most jobs end well and without a result: one statement for all of them.
  const plain = endings.filter((ending) => ending.to === 'done' && ending.result === null);
  for (const [workerId, group] of Map.groupBy(plain, (ending) => ending.workerId)) {
    const ids = group.map((ending) => ending.id);
    const result = await trx
      .updateTable('core_jobs')
      .set(ended('done', now))
      .where('id', 'in', ids)
      .where('worker_id', '=', workerId)
      .executeTakeFirst();
    if (Number(result.numUpdatedRows) === ids.length) for (const id of ids) written.add(id);
    else for (const id of await alreadyDone(trx, ids)) written.add(id);
  }
  for (const ending of endings) {
    if (ending.to === 'done' && ending.result === null) continue;
    const result = await trx
      .updateTable('core_jobs')
      .set((eb) => ({
        ...changeOf(ending, now),
        attempt: eb('attempt', '-', ending.to === 'put-back' ? 1 : 0),
      }))
      .where('id', '=', ending.id)
      .where('worker_id', '=', ending.workerId)
      .executeTakeFirst();
    if (result.numUpdatedRows > 0n) written.add(ending.id);
  }
  return written;
}

/** Some were taken over meanwhile: looks which of them are done. */
async function alreadyDone(
  trx: Transaction<JobsTables>,
  ids: readonly string[],
): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom('core_jobs')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '=', 'done')
    .execute();
  return rows.map((row) => row.id);
}

/** The row as it is after its ending was written. */
export function applyEnding(row: JobRow, ending: Ending, now: number): JobRow {
  const change = changeOf(ending, now);
  return { ...row, ...change, attempt: row.attempt - (ending.to === 'put-back' ? 1 : 0) };
}

type Change = Partial<JobRow>;

function changeOf(ending: Ending, now: number): Change {
  switch (ending.to) {
    case 'done':
      return { ...ended('done', now), result: ending.result as Json<unknown> | null };
    case 'cancelled':
      return ended('cancelled', now);
    case 'failed':
      return { ...ended('failed', now), error: toJson(ending.error) };
    case 'again':
      return {
        state: ending.runAt > now ? 'delayed' : 'waiting',
        run_at: ending.runAt,
        error: toJson(ending.error),
        worker_id: null,
      };
    case 'put-back':
      return { state: 'waiting', worker_id: null, started_at: null };
  }
}

function ended(state: 'done' | 'cancelled' | 'failed', now: number): Change {
  const change = { state, active_key: null, worker_id: null, finished_at: now };
  return state === 'done' ? { ...change, progress: 1, error: null } : change;
}
