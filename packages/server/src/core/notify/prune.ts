import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { firstIdAt } from '../ids.ts';
import { type Prune, removeRows } from '../prune/prune.ts';

/** Deliveries that have ended; one that still waits is kept however old it is. */
export function deliveriesPrune(db: Database, keptMs: number): Prune {
  return {
    name: 'deliveries',
    remove(now, limit) {
      const where = sql<boolean>`id < ${firstIdAt(now - keptMs)} and state <> 'waiting'`;
      return removeRows(db, { table: 'core_deliveries', key: 'id', where }, limit);
    },
  };
}
