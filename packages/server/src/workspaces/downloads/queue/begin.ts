import type { Clock } from '../../../core/clock.ts';
import type { Database } from '../../../core/db/database.ts';
import type { Logger } from '../../../core/log.ts';
import type { EventNote } from '../analytics/event-log.ts';
import { moveItems } from '../store/items.ts';
import { downloadsQuery, type ItemRow, type JobRow } from '../store/tables.ts';
import {
  type ActiveItem,
  activate,
  factsOf,
  modelType,
  neededBytes,
  reservedBytes,
} from './active-item.ts';
import type { Conditions } from './conditions.ts';
import type { Endings } from './endings.ts';
import { pickItems } from './pick.ts';
import type { Changed } from './publish.ts';
import { type RunItemDeps, runItem } from './run-item.ts';
import { LANE } from './states.ts';
import type { Steering } from './steering.ts';

export interface BeginDeps extends RunItemDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly note: (event: EventNote) => void;
  readonly active: Map<string, ActiveItem>;
  readonly changed: Changed;
  readonly conditions: Conditions;
  readonly steering: Steering;
  readonly endings: Endings;
  /** An item has ended, so there may be room for another. */
  readonly onEnd: () => void;
}

/** Begins what may begin now. @returns whether something else may take the place of what found no room */
export async function beginItems(deps: BeginDeps): Promise<boolean> {
  const { db, active, conditions } = deps;
  const running = [...active.values()].map(({ item, job, sample }) => ({
    job,
    host: sample?.host ?? item.host,
  }));
  const picked = await pickItems(downloadsQuery(db), running, {
    settings: conditions.settings,
    adaptiveFiles: deps.steering.files,
  });
  let reserved = reservedBytes(active);
  let full = false;
  for (const { item } of picked) {
    const needed = neededBytes(item);
    if (!conditions.hasRoom(reserved + needed)) {
      await deps.endings.waitForRoom(item);
      full = true;
      continue;
    }
    const job = await toProcessing(item, deps);
    if (job === undefined) continue;
    reserved += needed;
    const each = activate(item, job, deps.clock.now());
    active.set(item.id, each);
    deps.changed.jobs.add(item.job_id);
    deps.note({
      kind: 'download_started',
      ...factsOf(each),
      bytes: item.done_bytes,
      details: {
        modelType: modelType(item),
        sizeBytes: item.size_bytes,
        attempt: each.item.attempt,
      },
    });
    each.ended = drive(each, deps);
  }
  return full;
}

/** @returns its job; undefined when the item is wanted no more */
async function toProcessing(
  item: ItemRow,
  { db, clock }: Pick<BeginDeps, 'db' | 'clock'>,
): Promise<JobRow | undefined> {
  const now = clock.now();
  const which = { jobId: item.job_id, ids: [item.id] };
  return db.transaction(async (trx) => {
    const own = downloadsQuery(trx);
    const change = await moveItems(
      own,
      {
        ...which,
        from: [LANE.ready],
        to: LANE.processing,
        set: {
          phase: 'locating',
          held_by: null,
          attempt: item.attempt + 1,
          started_at: item.started_at ?? now,
        },
      },
      now,
    );
    if (change === undefined || change.job.wanted === 'run') return change?.job;
    // Its job was paused or cancelled a moment ago; who did that moves the item.
    await moveItems(
      own,
      {
        ...which,
        from: [LANE.processing],
        to: change.job.wanted === 'pause' ? LANE.paused : LANE.cancelled,
        set: { phase: 'waiting', attempt: item.attempt },
      },
      now,
    );
    return undefined;
  });
}

/** Brings an item to its end, whatever that is. Never throws. */
async function drive(each: ActiveItem, deps: BeginDeps): Promise<void> {
  const { item } = each;
  const { steering, endings, changed } = deps;
  try {
    const end = await runItem(
      {
        item,
        job: each.job,
        settings: deps.conditions.settings,
        limits: steering.begin(item),
        signal: each.controller.signal,
        onPhase: (phase) => {
          each.phase = phase;
        },
        onTransfer: (transfer) => {
          each.transfer = transfer;
        },
        onFetched: (result) => endings.fetched(each, result),
        onScanned: (verdict, durationMs) =>
          deps.note({ kind: 'file_scanned', ...factsOf(each), code: verdict, durationMs }),
      },
      deps,
    );
    await endings.completed(each, end);
  } catch (error) {
    await endings.failed(each, error).catch((err: unknown) => {
      // The item stays PROCESSING in the table; `reconcile` puts it back when the database is there again.
      deps.log.error({ err, itemId: item.id }, 'downloads.item.end-not-kept');
    });
  } finally {
    steering.end(item.id, each.result);
    deps.active.delete(item.id);
    changed.items.add(item.id);
    changed.jobs.add(item.job_id);
    deps.onEnd();
  }
}
