import type { Database } from '../../core/db/database.ts';
import type { Retention } from '../../core/jobs/retention.ts';
import type { Prune } from '../../core/prune/prune.ts';
import { removeJob } from './queue/queue.ts';
import { downloadsQuery } from './store/tables.ts';

/** Jobs of one pass: each may have thousands of files. */
const JOBS = 10;

/** Download jobs that have ended, with their files of the queue; the library stays. */
export function jobsPrune(db: Database, retention: Retention): Prune {
  const query = downloadsQuery(db);
  return {
    name: 'downloads-jobs',
    async remove(now, limit) {
      const rows = await query
        .selectFrom('downloads_jobs')
        .select('id')
        .where(({ eb, and, or }) =>
          or([
            and([
              eb('state', 'in', ['COMPLETED', 'CANCELLED']),
              eb('finished_at', '<', now - retention.endedMs),
            ]),
            and([eb('state', '=', 'FAILED'), eb('finished_at', '<', now - retention.failedMs)]),
          ]),
        )
        .limit(Math.min(limit, JOBS))
        .execute();
      for (const { id } of rows) await removeJob(db, id);
      return rows.length;
    },
  };
}
