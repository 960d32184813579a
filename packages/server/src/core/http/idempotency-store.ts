import { hash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { SecretBox } from '../auth/secret-box.ts';
import type { Clock } from '../clock.ts';
import { columns } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import type { Migrations } from '../db/migrate.ts';
import { insertIgnore } from '../db/write.ts';
import { type Prune, removeRows } from '../prune/prune.ts';
import type { ClaimOutcome, Idempotency, IdempotencyClaim } from './idempotency.ts';

const KEEP_MS = 86_400_000;
/** A claim without a reply after this long belongs to a process that died; the key may be taken over. */
const ABANDONED_MS = 600_000;
const PURPOSE = 'kept reply';

type KeptReplyTables = {
  core_kept_replies: {
    id: string;
    fingerprint: string;
    claimed_at: number;
    /** Null while the first request is still running. */
    status: number | null;
    content_type: string | null;
    /** Sealed: a reply may hold a secret that is shown once (a new token). */
    body: string | null;
  };
};

export const idempotencyMigrations: Migrations = {
  'core-http/0001-kept-replies': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('core_kept_replies')
        .addColumn('id', columns.text(64), (column) => column.primaryKey())
        .addColumn('fingerprint', columns.text(64), (column) => column.notNull())
        .addColumn('claimed_at', columns.time, (column) => column.notNull())
        .addColumn('status', columns.integer)
        .addColumn('content_type', columns.text(200))
        .addColumn('body', columns.longText)
        .execute();
      await db.schema
        .createIndex('core_kept_replies_claimed')
        .on('core_kept_replies')
        .column('claimed_at')
        .execute();
    },
  },
};

/** Removed with each claim too; here for a server that gets none. */
export function keptRepliesPrune(db: Database): Prune {
  return {
    name: 'kept-replies',
    remove(now, limit) {
      const where = sql<boolean>`claimed_at < ${now - KEEP_MS}`;
      return removeRows(db, { table: 'core_kept_replies', key: 'id', where }, limit);
    },
  };
}

/** Keeps replies on table core_kept_replies for 24 hours. */
export function createIdempotency({
  db,
  clock,
  box,
}: {
  db: Database;
  clock: Clock;
  box: SecretBox;
}): Idempotency {
  const query = db.query.withTables<KeptReplyTables>();

  async function take(id: string, claim: IdempotencyClaim, now: number): Promise<boolean> {
    const row = { id, fingerprint: claim.fingerprint, claimed_at: now };
    const added = await insertIgnore(db.query, { table: 'core_kept_replies', rows: [row] });
    return added > 0;
  }

  async function removeOld(now: number): Promise<void> {
    await query
      .deleteFrom('core_kept_replies')
      .where((row) =>
        row.or([
          row('claimed_at', '<', now - KEEP_MS),
          row.and([row('status', 'is', null), row('claimed_at', '<', now - ABANDONED_MS)]),
        ]),
      )
      .execute();
  }

  return {
    async claim(claim): Promise<ClaimOutcome> {
      const id = idOf(claim);
      const now = clock.now();
      await removeOld(now);
      if (await take(id, claim, now)) return { state: 'new' };
      const row = await query
        .selectFrom('core_kept_replies')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      // Given back between the two statements.
      if (row === undefined) return { state: 'running' };
      if (row.fingerprint !== claim.fingerprint) return { state: 'mismatch' };
      if (row.status === null || row.body === null) return { state: 'running' };
      return {
        state: 'done',
        reply: {
          status: row.status,
          contentType: row.content_type ?? 'application/json',
          body: box.open(row.body, PURPOSE),
        },
      };
    },
    async keep(claim, reply) {
      await query
        .updateTable('core_kept_replies')
        .set({
          status: reply.status,
          content_type: reply.contentType,
          body: box.seal(reply.body, PURPOSE),
        })
        .where('id', '=', idOf(claim))
        .execute();
    },
    async release(claim) {
      await query.deleteFrom('core_kept_replies').where('id', '=', idOf(claim)).execute();
    },
  };
}

function idOf({ userId, route, key }: IdempotencyClaim): string {
  return hash('sha256', `${userId}\n${route}\n${key}`, 'hex');
}
