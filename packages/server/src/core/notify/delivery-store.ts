import type { Selectable } from 'kysely';
import { z } from 'zod';
import { toJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { insertIgnore } from '../db/write.ts';
import type { StoredFailure } from '../errors.ts';
import { decodeCursor, pageOfRows } from '../http/page.ts';
import type { NotifyTables } from './tables.ts';

export type DeliveryRow = Selectable<NotifyTables['core_deliveries']>;
type Change = Partial<DeliveryRow>;
export type DeliveryListRow = Pick<
  DeliveryRow,
  'id' | 'channel_id' | 'subject' | 'state' | 'attempts' | 'reason' | 'created_at' | 'sent_at'
> & { readonly name: string | null; readonly kind: string | null };

const DUE_AT_ONCE = 500;

export interface DeliveryStore {
  /** Keeps those whose channel and key are new, and gives the ids of all that wait, kept now or earlier. */
  accept(key: string, rows: readonly DeliveryRow[]): Promise<readonly string[]>;
  /**
   * Takes a waiting delivery whose time has come, counts the attempt and keeps everybody else from it until `until`.
   * Gives undefined when there is none, or somebody else has it.
   */
  claim(id: string, now: number, until: number): Promise<DeliveryRow | undefined>;
  /** Notes what became of a claimed delivery. */
  settle(claimed: DeliveryRow, outcome: Outcome): Promise<void>;
  /** Ids of up to 500 waiting deliveries whose time has come, after that id, in order of their ids. */
  due(now: number, after: string): Promise<readonly string[]>;
  /** Lets one that failed or was suppressed wait again. */
  reopen(id: string, now: number): Promise<DeliveryRow['state'] | undefined>;
  /** Newest first. */
  page(query: {
    cursor?: string | undefined;
    limit: number;
  }): Promise<{ items: DeliveryListRow[]; nextCursor: string | null }>;
}

export type Outcome =
  | { readonly to: 'sent'; readonly at: number }
  | { readonly to: 'failed' | 'suppressed'; readonly failure: StoredFailure }
  /** `failure` absent: it was not tried, so no attempt is counted. */
  | { readonly to: 'waiting'; readonly sendAt: number; readonly failure?: StoredFailure };

export function createDeliveryStore(db: Database): DeliveryStore {
  const query = db.query.withTables<NotifyTables>();

  return {
    async accept(key, rows) {
      if (rows.length === 0) return [];
      await insertIgnore(db.query, { table: 'core_deliveries', rows });
      const waiting = await query
        .selectFrom('core_deliveries')
        .select('id')
        .where(
          'channel_id',
          'in',
          rows.map((row) => row.channel_id),
        )
        .where('dedupe_key', '=', key)
        .where('state', '=', 'waiting')
        .execute();
      return waiting.map(({ id }) => id);
    },
    async claim(id, now, until) {
      const row = await query
        .selectFrom('core_deliveries')
        .selectAll()
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .where('send_at', '<=', now)
        .executeTakeFirst();
      if (!row) return undefined;
      const claim = { attempts: row.attempts + 1, send_at: until };
      const { numUpdatedRows } = await query
        .updateTable('core_deliveries')
        .set(claim)
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .where('attempts', '=', row.attempts)
        .where('send_at', '=', row.send_at)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? { ...row, ...claim } : undefined;
    },
    async settle(claimed, outcome) {
      await query
        .updateTable('core_deliveries')
        .set(changeOf(claimed, outcome))
        .where('id', '=', claimed.id)
        // Whoever overslept his claim has nothing to say any more; unless he has sent it.
        .$if(outcome.to !== 'sent', (update) => update.where('attempts', '=', claimed.attempts))
        .where('state', '=', 'waiting')
        .execute();
    },
    async due(now, after) {
      const rows = await query
        .selectFrom('core_deliveries')
        .select('id')
        .where('state', '=', 'waiting')
        .where('send_at', '<=', now)
        .where('id', '>', after)
        .orderBy('id')
        .limit(DUE_AT_ONCE)
        .execute();
      return rows.map(({ id }) => id);
    },
    async reopen(id, now) {
      const row = await query
        .selectFrom('core_deliveries')
        .select('state')
        .where('id', '=', id)
        .executeTakeFirst();
      await query
        .updateTable('core_deliveries')
        .set({ state: 'waiting', send_at: now, reason: null })
        .where('id', '=', id)
        .where('state', 'in', ['failed', 'suppressed'])
        .execute();
      return row?.state;
    },
    async page({ cursor, limit }) {
      let select = query
        .selectFrom('core_deliveries as d')
        .leftJoin('core_channels as c', 'c.id', 'd.channel_id')
        .select(['d.id', 'd.channel_id', 'd.subject', 'd.state', 'd.attempts', 'd.reason'])
        .select(['d.created_at', 'd.sent_at', 'c.name', 'c.kind'])
        .orderBy('d.id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined)
        select = select.where('d.id', '<', decodeCursor(cursor, z.string()));
      return pageOfRows(await select.execute(), limit, (row) => row.id);
    },
  };
}

function changeOf(claimed: DeliveryRow, outcome: Outcome): Change {
  switch (outcome.to) {
    case 'sent':
      return { state: 'sent', sent_at: outcome.at, reason: null };
    case 'failed':
      return { state: 'failed', reason: toJson(outcome.failure) };
    case 'suppressed':
      return { state: 'suppressed', reason: toJson(outcome.failure), attempts: before(claimed) };
    case 'waiting':
      return outcome.failure === undefined
        ? { send_at: outcome.sendAt, attempts: before(claimed) }
        : { send_at: outcome.sendAt, reason: toJson(outcome.failure) };
  }
}

/** Not tried after all. */
const before = (claimed: DeliveryRow): number => claimed.attempts - 1;
