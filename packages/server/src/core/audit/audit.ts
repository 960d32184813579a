import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { fromJson, type Json, toJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { decodeCursor, pageOfRows } from '../http/page.ts';
import { createId } from '../ids.ts';

export interface AuditEntry {
  /** E-mail address of the person, `token:<name>` or `system`. */
  readonly actor: string;
  /** `<slice>.<what-happened>`: `auth.login`, `settings.changed`. */
  readonly action: string;
  /** What it was done to: an e-mail address, a name or an id. */
  readonly target?: string | null;
  /** Network address it came from. */
  readonly address?: string | null;
  /** Never secrets: everybody with `audit.read` sees them. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface AuditRecord {
  readonly id: string;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  readonly address: string | null;
  readonly details: Record<string, unknown>;
}

/** The record of who did what. Entries are only ever added, and forgotten when they are old (prune.ts). */
export interface Audit {
  /** With the transaction of the change itself, both are kept or neither. */
  write(entry: AuditEntry, query?: Kysely<unknown>): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter): Promise<{ items: AuditRecord[]; nextCursor: string | null }>;
}

type AuditTables = {
  core_audit: {
    id: string;
    at: number;
    actor: string;
    action: string;
    target: string | null;
    address: string | null;
    details: Json<Record<string, unknown>>;
  };
};

export function createAudit({ db, clock }: { db: Database; clock: Clock }): Audit {
  return {
    async write(entry, query = db.query) {
      const at = clock.now();
      await query
        .withTables<AuditTables>()
        .insertInto('core_audit')
        .values({
          id: createId(at),
          at,
          actor: entry.actor.slice(0, 300),
          action: entry.action,
          target: entry.target?.slice(0, 300) ?? null,
          address: entry.address?.slice(0, 64) ?? null,
          details: toJson(entry.details ?? {}),
        })
        .execute();
    },
    async list({ actor, action, cursor, limit }) {
      let query = db.query.withTables<AuditTables>().selectFrom('core_audit').selectAll();
      if (actor !== undefined) query = query.where('actor', '=', actor);
      if (action !== undefined) query = query.where('action', '=', action);
      if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, z.string()));
      const rows = await query
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const { items, nextCursor } = pageOfRows(rows, limit, (row) => row.id);
      return {
        items: items.map((row) => ({ ...row, details: fromJson(row.details) })),
        nextCursor,
      };
    },
  };
}
