import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { JobFilter, JobRecord, JobState } from '../queue.ts';
import { type JobRow, type JobsTables, storedStates, toRecord } from './tables.ts';

type Query = Kysely<JobsTables>;

export type NewJob = Pick<
  JobRow,
  'id' | 'name' | 'payload' | 'run_order' | 'run_at' | 'max_attempts' | 'requested_by'
> & { readonly key: string | undefined };

/** A new row, due at once or later. */
export function newRow(job: NewJob, now: number): JobRow {
  const { key, ...given } = job;
  const digest = key === undefined ? null : digestOf(job.name, key);
  return {
    ...given,
    state: job.run_at > now ? 'delayed' : 'waiting',
    attempt: 0,
    crashes: 0,
    progress: 0,
    progress_note: null,
    result: null,
    error: null,
    key_digest: digest,
    active_key: digest,
    worker_id: null,
    cancel_requested_at: null,
    created_at: now,
    started_at: null,
    finished_at: null,
  };
}

/** A digest, so that a key may have any length and any letters on every engine. */
function digestOf(name: string, key: string): string {
  return createHash('sha256').update(`${name}\0${key}`).digest('base64url');
}

/** What people and programs ask about jobs; what workers do with them is in worker-store.ts. */
export interface JobStore {
  /** Inserts the row, or gives the id of the active job that has its key already. */
  insert(row: JobRow): Promise<string>;
  get(id: string): Promise<JobRecord | undefined>;
  list(filter: JobFilter): Promise<readonly JobRecord[]>;
  counts(): Promise<readonly { name: string; state: JobState; count: number }[]>;
  /** Ends a job that has not started. False when there is none. */
  cancelWaiting(id: string, now: number): Promise<boolean>;
  /** Asks the worker that runs the job to abort it. False when it does not run. */
  requestCancel(id: string, now: number): Promise<boolean>;
  /** False unless it failed or was cancelled, and no other job with its key is active. */
  retry(id: string, now: number): Promise<boolean>;
}

export function createJobStore(db: Database): JobStore {
  const query = db.query.withTables<JobsTables>();

  async function insert(row: JobRow): Promise<string> {
    for (;;) {
      try {
        await query.insertInto('core_jobs').values(row).execute();
        return row.id;
      } catch (error) {
        if (row.active_key === null || !db.engine.isUniqueViolation(error)) throw error;
        const active = await findActive(query, row.active_key);
        if (active !== undefined) return active;
        // It ended between the two statements: the key is free again.
      }
    }
  }

  return {
    insert,
    async get(id) {
      const row = await query
        .selectFrom('core_jobs')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toRecord(row);
    },
    async list({ name, state, limit, after }) {
      let select = query.selectFrom('core_jobs').selectAll().orderBy('id', 'desc').limit(limit);
      if (name !== undefined) select = select.where('name', '=', name);
      if (state !== undefined) select = select.where('state', 'in', storedStates(state));
      if (after !== undefined) select = select.where('id', '<', after);
      return (await select.execute()).map(toRecord);
    },
    async counts() {
      const rows = await query
        .selectFrom('core_jobs')
        .select(({ fn }) => ['name', 'state', fn.countAll<number>().as('count')])
        .groupBy(['state', 'name'])
        .execute();
      const total = new Map<string, { name: string; state: JobState; count: number }>();
      for (const { name, state: stored, count } of rows) {
        const state = stored === 'delayed' ? 'waiting' : stored;
        const earlier = total.get(`${state} ${name}`)?.count ?? 0;
        total.set(`${state} ${name}`, { name, state, count: earlier + Number(count) });
      }
      return [...total.values()];
    },
    async cancelWaiting(id, now) {
      const result = await query
        .updateTable('core_jobs')
        .set({ state: 'cancelled', active_key: null, finished_at: now })
        .where('id', '=', id)
        .where('state', 'in', storedStates('waiting'))
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async requestCancel(id, now) {
      const result = await query
        .updateTable('core_jobs')
        .set({ cancel_requested_at: now })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async retry(id, now) {
      try {
        const result = await query
          .updateTable('core_jobs')
          .set(({ ref }) => ({
            state: 'waiting' as const,
            run_at: now,
            attempt: 0,
            crashes: 0,
            progress: 0,
            progress_note: null,
            error: null,
            active_key: ref('key_digest'),
            cancel_requested_at: null,
            started_at: null,
            finished_at: null,
          }))
          .where('id', '=', id)
          .where('state', 'in', ['failed', 'cancelled'])
          .executeTakeFirst();
        return result.numUpdatedRows > 0n;
      } catch (error) {
        if (db.engine.isUniqueViolation(error)) return false;
        throw error;
      }
    },
  };
}

async function findActive(query: Query, activeKey: string): Promise<string | undefined> {
  const row = await query
    .selectFrom('core_jobs')
    .select('id')
    .where('active_key', '=', activeKey)
    .executeTakeFirst();
  return row?.id;
}
