import type { Clock } from '../../../core/clock.ts';
import type { Database } from '../../../core/db/database.ts';
import { changeJob } from '../store/jobs.ts';
import { downloadsQuery, type ItemRow } from '../store/tables.ts';
import type { ActiveItem } from './active-item.ts';

/** How far an item is, and what that adds to what its job knows. */
export interface Progress {
  readonly set: Partial<ItemRow>;
  readonly job: { readonly sizeBytes: number; readonly doneBytes: number };
}

export function progressOf({ sample, saved, item }: ActiveItem): Progress {
  if (sample === undefined) return { set: {}, job: { sizeBytes: 0, doneBytes: 0 } };
  const size = item.size_promised ? saved.size : (sample.sizeBytes ?? saved.size);
  return {
    set: {
      done_bytes: sample.doneBytes,
      size_bytes: size,
      wasted_bytes: item.wasted_bytes + sample.wastedBytes,
      host: (sample.host ?? saved.host)?.slice(0, 253) ?? null,
    },
    job: { sizeBytes: (size ?? 0) - (saved.size ?? 0), doneBytes: sample.doneBytes - saved.done },
  };
}

/** Keeps in the tables how far these items are, those of a job in one transaction. */
export async function keepProgress(
  which: readonly ActiveItem[],
  { db, clock }: { readonly db: Database; readonly clock: Clock },
): Promise<void> {
  const moving = which.filter(({ sample, saved }) => sample && sample.doneBytes !== saved.done);
  for (const [jobId, all] of Map.groupBy(moving, ({ job }) => job.id)) {
    const kept = all.map((each) => ({ each, progress: progressOf(each) }));
    await db.transaction(async (trx) => {
      const own = downloadsQuery(trx);
      let [sizeBytes, doneBytes] = [0, 0];
      for (const { each, progress } of kept) {
        await own
          .updateTable('downloads_items')
          .set(progress.set)
          .where('id', '=', each.item.id)
          .execute();
        sizeBytes += progress.job.sizeBytes;
        doneBytes += progress.job.doneBytes;
      }
      await changeJob(own, jobId, { sizeBytes, doneBytes }, clock.now());
    });
    for (const { each, progress } of kept) {
      each.saved = {
        done: progress.set.done_bytes ?? each.saved.done,
        size: progress.set.size_bytes ?? null,
        wasted: progress.set.wasted_bytes ?? 0,
        host: progress.set.host ?? null,
      };
    }
  }
}
