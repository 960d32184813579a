import type { Clock } from '../../../core/clock.ts';
import type { Database } from '../../../core/db/database.ts';
import { dueItems, moveItems } from '../store/items.ts';
import { downloadsQuery } from '../store/tables.ts';
import { type ActiveItems, halt } from './active-item.ts';
import type { Endings } from './endings.ts';
import type { Changed } from './publish.ts';
import { LANE } from './states.ts';

/** Moved at once: short enough for others to get their turn. */
const CHUNK = 500;

export interface ReconcileDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly active: ActiveItems;
  readonly changed: Changed;
  readonly endings: Pick<Endings, 'putBack'>;
}

/** Makes what runs here and what the table calls PROCESSING the same. */
export async function reconcile({ db, active, endings }: ReconcileDeps): Promise<void> {
  const rows = await downloadsQuery(db)
    .selectFrom('downloads_items')
    .selectAll()
    .where('lane', '=', LANE.processing)
    .execute();
  const processing = new Set(rows.map(({ id }) => id));
  for (const each of active.values()) {
    if (!processing.has(each.item.id)) halt(each, 'person');
  }
  for (const row of rows) {
    if (active.has(row.id)) continue;
    // Of a process that was killed, or whose end could not be noted: begins again where it stopped.
    await endings.putBack(row);
  }
}

/** What waited for a time may begin when it has come. @returns whether there may be more */
export async function promoteDue({ db, clock, changed }: ReconcileDeps): Promise<boolean> {
  const due = await dueItems(downloadsQuery(db), clock.now(), CHUNK);
  for (const [jobId, rows] of Map.groupBy(due, (row) => row.job_id)) {
    const ids = rows.map(({ id }) => id);
    const set = { phase: 'waiting', held_by: null, retry_at: null } as const;
    await db.transaction((trx) =>
      moveItems(
        downloadsQuery(trx),
        { jobId, ids, from: [LANE.later], to: LANE.ready, set },
        clock.now(),
      ),
    );
    for (const id of ids) changed.items.add(id);
  }
  return due.length === CHUNK;
}
