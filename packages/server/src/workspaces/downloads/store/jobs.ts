import { sql } from 'kysely';
import type { DownloadState } from '../contract.ts';
import { type Counts, isEnded, jobStateOf, type Wanted } from '../queue/states.ts';
import type { DownloadsQuery, JobRow } from './tables.ts';

const COLUMN = {
  PENDING: 'n_pending',
  PROCESSING: 'n_processing',
  COMPLETED: 'n_completed',
  FAILED: 'n_failed',
  CANCELLED: 'n_cancelled',
  PAUSED: 'n_paused',
} as const satisfies Record<DownloadState, keyof JobRow>;

export function countsOf(row: JobRow): Counts {
  return {
    PENDING: row.n_pending,
    PROCESSING: row.n_processing,
    COMPLETED: row.n_completed,
    FAILED: row.n_failed,
    CANCELLED: row.n_cancelled,
    PAUSED: row.n_paused,
  };
}

export function itemsOf(row: JobRow): number {
  return Object.values(countsOf(row)).reduce((sum, n) => sum + n, 0);
}

export async function findJob(query: DownloadsQuery, id: string): Promise<JobRow | undefined> {
  return query.selectFrom('downloads_jobs').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findJobs(
  query: DownloadsQuery,
  ids: readonly string[],
): Promise<ReadonlyMap<string, JobRow>> {
  if (ids.length === 0) return new Map();
  const rows = await query
    .selectFrom('downloads_jobs')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Newest first; `cursor` is the last id of the page before. */
export async function listJobs(
  query: DownloadsQuery,
  page: { state?: DownloadState | undefined; cursor?: string | undefined; limit: number },
): Promise<JobRow[]> {
  let rows = query.selectFrom('downloads_jobs').selectAll().orderBy('id', 'desc').limit(page.limit);
  if (page.state !== undefined) rows = rows.where('state', '=', page.state);
  if (page.cursor !== undefined) rows = rows.where('id', '<', page.cursor);
  return rows.execute();
}

/** Jobs that have not ended, most urgent first. */
export async function openJobs(query: DownloadsQuery, limit: number): Promise<JobRow[]> {
  return query
    .selectFrom('downloads_jobs')
    .selectAll()
    .where('state', 'in', ['PENDING', 'PROCESSING', 'PAUSED'])
    .orderBy('priority', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Of all jobs; sizes only of those that have not ended. */
export async function queueTotals(
  query: DownloadsQuery,
): Promise<{ counts: Counts; sizeBytes: number; doneBytes: number }> {
  const open = sql<boolean>`state in ('PENDING', 'PROCESSING', 'PAUSED')`;
  const row = await query
    .selectFrom('downloads_jobs')
    .select(({ fn }) => [
      fn.sum('n_pending').as('PENDING'),
      fn.sum('n_processing').as('PROCESSING'),
      fn.sum('n_completed').as('COMPLETED'),
      fn.sum('n_failed').as('FAILED'),
      fn.sum('n_cancelled').as('CANCELLED'),
      fn.sum('n_paused').as('PAUSED'),
      sql<number | null>`sum(case when ${open} then size_bytes else 0 end)`.as('size'),
      sql<number | null>`sum(case when ${open} then done_bytes else 0 end)`.as('done'),
    ])
    .executeTakeFirstOrThrow();
  return {
    counts: {
      PENDING: Number(row.PENDING ?? 0),
      PROCESSING: Number(row.PROCESSING ?? 0),
      COMPLETED: Number(row.COMPLETED ?? 0),
      FAILED: Number(row.FAILED ?? 0),
      CANCELLED: Number(row.CANCELLED ?? 0),
      PAUSED: Number(row.PAUSED ?? 0),
    },
    sizeBytes: Number(row.size ?? 0),
    doneBytes: Number(row.done ?? 0),
  };
}

export interface JobChange {
  readonly counts?: Partial<Counts>;
  readonly sizeBytes?: number;
  readonly doneBytes?: number;
  readonly openInputs?: number;
}

/**
 * Adds to what a job keeps of its items and sets its state by it. Only inside the transaction that changes the items.
 * @returns the job, and the state it was in before; undefined when it is gone
 */
export async function changeJob(
  trx: DownloadsQuery,
  id: string,
  change: JobChange,
  now: number,
  wanted?: Wanted,
): Promise<{ job: JobRow; before: DownloadState } | undefined> {
  const added: Record<string, number> = {
    size_bytes: change.sizeBytes ?? 0,
    done_bytes: change.doneBytes ?? 0,
    open_inputs: change.openInputs ?? 0,
  };
  for (const [state, n] of Object.entries(change.counts ?? {})) {
    added[COLUMN[state as DownloadState]] = n;
  }
  const set = Object.fromEntries(
    Object.entries(added)
      .filter(([, n]) => n !== 0)
      .map(([column, n]) => [column, sql`${sql.ref(column)} + ${n}`]),
  );
  // Also without a change of numbers: it takes the row's lock, so that the state below is that of the newest numbers.
  await trx
    .updateTable('downloads_jobs')
    .set({ ...set, ...(wanted === undefined ? { id } : { wanted }) } as never)
    .where('id', '=', id)
    .execute();
  const row = await findJob(trx, id);
  if (row === undefined) return undefined;
  const state = jobStateOf({
    counts: countsOf(row),
    openInputs: row.open_inputs,
    wanted: row.wanted,
  });
  const finished = isEnded(state) ? (row.finished_at ?? now) : null;
  const job = { ...row, state, finished_at: finished };
  if (state !== row.state || finished !== row.finished_at) {
    await trx
      .updateTable('downloads_jobs')
      .set({ state, finished_at: finished })
      .where('id', '=', id)
      .execute();
  }
  return { job, before: row.state };
}
