import { sql } from 'kysely';
import type { Database } from '../../../core/db/database.ts';
import { firstIdAt } from '../../../core/ids.ts';
import { type Prune, removeRows } from '../../../core/prune/prune.ts';

/** Events older than they are kept. The library and the queue do not need them. */
export function eventsPrune(db: Database, keptMs: number): Prune {
  return {
    name: 'downloads-events',
    remove: (now, limit) =>
      removeRows(
        db,
        {
          table: 'downloads_events',
          key: 'id',
          where: sql<boolean>`id < ${firstIdAt(now - keptMs)}`,
        },
        limit,
      ),
  };
}
