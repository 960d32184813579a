import { sql } from 'kysely';
import { LANE, type Lane, stateOf } from '../queue/states.ts';
import { changeJob } from './jobs.ts';
import type { DownloadsQuery, ItemRow, JobRow } from './tables.ts';

/** Columns of an item in the order of the list. */
export type ItemKey = readonly [lane: number, place: number, id: string];
export const itemKey = (row: ItemRow): ItemKey => [row.lane, row.place, row.id];

export async function findItem(query: DownloadsQuery, id: string): Promise<ItemRow | undefined> {
  return query.selectFrom('downloads_items').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findItems(
  query: DownloadsQuery,
  ids: readonly string[],
): Promise<readonly ItemRow[]> {
  if (ids.length === 0) return [];
  return query.selectFrom('downloads_items').selectAll().where('id', 'in', ids).execute();
}

/** In the order they run; see LANE. */
export async function listItems(
  query: DownloadsQuery,
  page: {
    jobId?: string | undefined;
    lanes?: readonly Lane[] | undefined;
    search?: string;
    after?: ItemKey | undefined;
    limit: number;
  },
): Promise<ItemRow[]> {
  let list = query
    .selectFrom('downloads_items')
    .selectAll()
    .orderBy('lane')
    .orderBy('place')
    .orderBy('id');
  if (page.jobId !== undefined) list = list.where('job_id', '=', page.jobId);
  if (page.lanes !== undefined) list = list.where('lane', 'in', page.lanes);
  if (page.search !== undefined && page.search !== '') {
    const literal = page.search.toLowerCase().replaceAll(/[!%_]/g, '!$&');
    list = list.where(sql<boolean>`search_name like ${`%${literal}%`} escape '!'`);
  }
  if (page.after === undefined) return list.limit(page.limit).execute();
  // The rest of the place, of the lane, of the list: each begins in the index where the page before ended, on every engine.
  const [lane, place, id] = page.after;
  const inLane = list.where('lane', '=', lane as Lane);
  const parts = [
    inLane.where('place', '=', place).where('id', '>', id),
    inLane.where('place', '>', place),
    list.where('lane', '>', lane as Lane),
  ];
  const rows: ItemRow[] = [];
  for (const part of parts) {
    if (rows.length >= page.limit) break;
    rows.push(...(await part.limit(page.limit - rows.length).execute()));
  }
  return rows;
}

/** What may begin now, most urgent first. */
export async function readyItems(
  query: DownloadsQuery,
  wanted: {
    jobId?: string;
    exceptJobs?: readonly string[];
    exceptHosts?: readonly string[];
    limit: number;
  },
): Promise<ItemRow[]> {
  let rows = query
    .selectFrom('downloads_items')
    .selectAll()
    .where('lane', '=', LANE.ready)
    .orderBy('place')
    .orderBy('id')
    .limit(wanted.limit);
  if (wanted.jobId !== undefined) rows = rows.where('job_id', '=', wanted.jobId);
  const { exceptJobs = [], exceptHosts = [] } = wanted;
  if (exceptJobs.length > 0) rows = rows.where('job_id', 'not in', exceptJobs);
  if (exceptHosts.length > 0) {
    rows = rows.where(({ eb, or }) =>
      or([eb('host', 'is', null), eb('host', 'not in', exceptHosts)]),
    );
  }
  return rows.execute();
}

/** Items whose time has come; see `LANE.later`. */
export async function dueItems(
  query: DownloadsQuery,
  now: number,
  limit: number,
): Promise<ItemRow[]> {
  return query
    .selectFrom('downloads_items')
    .selectAll()
    .where('lane', '=', LANE.later)
    .where('retry_at', '<=', now)
    .orderBy('retry_at')
    .limit(limit)
    .execute();
}

/** Ids of a job's items in some lanes, most urgent first. */
export async function itemIdsOf(
  query: DownloadsQuery,
  jobId: string,
  lanes: readonly Lane[],
  limit: number,
): Promise<string[]> {
  const rows = await query
    .selectFrom('downloads_items')
    .select('id')
    .where('job_id', '=', jobId)
    .where('lane', 'in', lanes)
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

type Change = Partial<Omit<ItemRow, 'id' | 'job_id' | 'lane'>>;

/**
 * Moves items of one job from one of `from` to another lane, and their job's numbers with them. An item that is being placed
 * stays what it is: its file is about to have its name. Only in a transaction.
 * @returns how many moved, and the job with its state before; undefined when none did
 */
export async function moveItems(
  trx: DownloadsQuery,
  items: {
    jobId: string;
    ids: readonly string[];
    from: readonly Lane[];
    to: Lane;
    set?: Change;
    /** Added to the job's numbers besides those of the states. */
    job?: { sizeBytes?: number; doneBytes?: number };
    /** Also while it is being placed: the runner itself. */
    placing?: boolean;
  },
  now: number,
): Promise<{ moved: number; job: JobRow; before: JobRow['state'] } | undefined> {
  const counts: Partial<Record<ReturnType<typeof stateOf>, number>> = {};
  let moved = 0;
  for (const lane of items.from) {
    if (lane === items.to) continue;
    let update = trx
      .updateTable('downloads_items')
      .set({ ...items.set, lane: items.to })
      .where('job_id', '=', items.jobId)
      .where('id', 'in', items.ids)
      .where('lane', '=', lane);
    if (!items.placing) update = update.where('phase', '<>', 'placing');
    const { numUpdatedRows } = await update.executeTakeFirst();
    const n = Number(numUpdatedRows);
    counts[stateOf(lane)] = (counts[stateOf(lane)] ?? 0) - n;
    moved += n;
  }
  if (moved === 0) return undefined;
  const to = stateOf(items.to);
  counts[to] = (counts[to] ?? 0) + moved;
  const changed = await changeJob(trx, items.jobId, { counts, ...items.job }, now);
  return changed && { moved, ...changed };
}
