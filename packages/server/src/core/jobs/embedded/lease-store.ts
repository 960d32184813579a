import { toJson } from '../../db/columns.ts';
import type { Database } from '../../db/database.ts';
import type { JobFailure, JobRecord } from '../queue.ts';
import { type JobsTables, toRecord } from './tables.ts';

/** Who is alive, and the jobs of those who are not. */
export interface LeaseStore {
  join(workerId: string): Promise<void>;
  /** False when others took this worker for dead and removed it. */
  beat(workerId: string): Promise<boolean>;
  all(): Promise<readonly { readonly id: string; readonly beat: number }[]>;
  leave(workerId: string): Promise<void>;
  /**
   * Puts back every running job whose worker is gone; one that saw too many die fails with `error`.
   * Any number of processes may do this at once. Gives the changed jobs.
   */
  releaseOrphans(now: number, error: JobFailure): Promise<readonly JobRecord[]>;
}

export function createLeaseStore(db: Database, maxCrashes: number): LeaseStore {
  const query = db.query.withTables<JobsTables>();

  return {
    async join(workerId) {
      await query.insertInto('core_job_workers').values({ id: workerId, beat: 0 }).execute();
    },
    async beat(workerId) {
      const result = await query
        .updateTable('core_job_workers')
        .set(({ eb }) => ({ beat: eb('beat', '+', 1) }))
        .where('id', '=', workerId)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    all: () => query.selectFrom('core_job_workers').selectAll().execute(),
    async leave(workerId) {
      await query.deleteFrom('core_job_workers').where('id', '=', workerId).execute();
    },
    async releaseOrphans(now, error) {
      const orphans = await query
        .selectFrom('core_jobs')
        .selectAll()
        .where('state', '=', 'running')
        .where(({ eb, selectFrom }) =>
          eb('worker_id', 'not in', selectFrom('core_job_workers').select('id')),
        )
        .execute();
      const released: JobRecord[] = [];
      for (const job of orphans) {
        // The attempt that was cut off does not count.
        const lost = { worker_id: null, crashes: job.crashes + 1, attempt: job.attempt - 1 };
        const change =
          lost.crashes < maxCrashes
            ? { ...lost, state: 'waiting' as const }
            : {
                ...lost,
                state: 'failed' as const,
                active_key: null,
                finished_at: now,
                error: toJson(error),
              };
        const result = await query
          .updateTable('core_jobs')
          .set(change)
          .where('id', '=', job.id)
          .where('worker_id', '=', job.worker_id)
          .executeTakeFirst();
        if (result.numUpdatedRows > 0n) released.push(toRecord({ ...job, ...change }));
      }
      return released;
    },
  };
}
