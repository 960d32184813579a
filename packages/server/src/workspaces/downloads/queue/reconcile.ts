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

/**
 * The clock was set back: what waits after a failure, or for room, waits no longer for it than it was to. Start times of jobs are times of
 * the day, and stay.
 *
 * @param ms by how much
 */
export async function bringForward({ db }: Pick<ReconcileDeps, 'db'>, ms: number): Promise<void> {
  const query = downloadsQuery(db);
  await query
    .updateTable('downloads_items')
    .set((eb) => ({ retry_at: eb('retry_at', '-', ms) }))
    .where('lane', '=', LANE.later)
    .where(({ eb, or }) => or([eb('held_by', 'is', null), eb('held_by', '!=', 'start-time')]))
    .execute();
  await query
    .updateTable('downloads_inputs')
    .set((eb) => ({ retry_at: eb('retry_at', '-', ms) }))
    .where('open', '=', 1)
    .where('retry_at', '>', 0)
    .execute();
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
