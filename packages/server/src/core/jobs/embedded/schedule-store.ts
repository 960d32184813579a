import type { Database } from '../../db/database.ts';
import { insertIgnore, upsert } from '../../db/write.ts';
import type { JobRow, JobsTables, ScheduleRow } from './tables.ts';

export interface ScheduleStore {
  /** Sets a schedule. One that repeats as before keeps its due time, so that restarts do not put it off for ever. */
  set(schedule: ScheduleRow): Promise<void>;
  remove(id: string): Promise<void>;
  all(): Promise<readonly ScheduleRow[]>;
  /**
   * Moves the due time on to `nextDueAt` and adds `job`, both or neither; over all processes once per due time.
   * Gives whether the job was added: none is while the schedule's earlier one waits or runs.
   */
  serve(schedule: ScheduleRow, nextDueAt: number, job: JobRow | undefined): Promise<boolean>;
}

export function createScheduleStore(db: Database): ScheduleStore {
  const query = db.query.withTables<JobsTables>();

  return {
    async set(schedule) {
      await db.transaction(async (untyped) => {
        const trx = untyped.withTables<JobsTables>();
        const earlier = await trx
          .selectFrom('core_schedules')
          .selectAll()
          .where('id', '=', schedule.id)
          .executeTakeFirst();
        const repeats = earlier?.name === schedule.name && earlier.every_ms === schedule.every_ms;
        await upsert(untyped, {
          table: 'core_schedules',
          rows: [{ ...schedule, due_at: repeats ? earlier.due_at : schedule.due_at }],
          key: ['id'],
          update: ['name', 'payload', 'every_ms', 'due_at'],
        });
      });
    },
    async remove(id) {
      await query.deleteFrom('core_schedules').where('id', '=', id).execute();
    },
    all: () => query.selectFrom('core_schedules').selectAll().execute(),
    serve: (schedule, nextDueAt, job) =>
      db.transaction(async (untyped) => {
        const moved = await untyped
          .withTables<JobsTables>()
          .updateTable('core_schedules')
          .set({ due_at: nextDueAt })
          .where('id', '=', schedule.id)
          .where('due_at', '=', schedule.due_at)
          .executeTakeFirst();
        if (moved.numUpdatedRows === 0n || job === undefined) return false;
        return (await insertIgnore(untyped, { table: 'core_jobs', rows: [job] })) > 0;
      }),
  };
}
