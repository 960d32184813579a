import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { firstIdAt } from '../ids.ts';
import { type Prune, removeRows } from '../prune/prune.ts';

export function auditPrune(db: Database, keptMs: number): Prune {
  return {
    name: 'audit',
    remove(now, limit) {
      const where = sql<boolean>`id < ${firstIdAt(now - keptMs)}`;
      return removeRows(db, { table: 'core_audit', key: 'id', where }, limit);
    },
  };
}
