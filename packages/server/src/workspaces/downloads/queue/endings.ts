import type { Clock } from '../../../core/clock.ts';
import { toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { AppError } from '../../../core/errors.ts';
import { backoffDelay } from '../../../core/jobs/backoff.ts';
import type { Logger } from '../../../core/log.ts';
import type { EventNote } from '../analytics/event-log.ts';
import type { ItemEnd } from '../library/placer.ts';
import { moveItems } from '../store/items.ts';
import { downloadsQuery, type ItemRow, type JobRow } from '../store/tables.ts';
import type { TransferResult } from '../transfer/transfer.ts';
import { type ActiveItem, factsOf, modelType } from './active-item.ts';
import { toItemFailure } from './failure.ts';
import { keepProgress, type Progress, progressOf } from './progress.ts';
import type { Changed } from './publish.ts';
import { isEnded, LANE, type Lane } from './states.ts';

const BACKOFF_BASE_MS = 2_000;
const BACKOFF_CAP_MS = 900_000;
/** A server that asks to be left alone for longer is mistaken. */
const LONGEST_WAIT_MS = 24 * 3_600_000;
/** How long an item waits for room on the disk before it is looked at again. */
const ROOM_EVERY_MS = 15_000;

/** What becomes of an item when its work has ended, one way or another, and of its job with it. */
export interface Endings {
  /** All of its bytes are there and agree. */
  fetched(each: ActiveItem, result: TransferResult): void;
  /** Its file is in the library, or in quarantine. */
  completed(each: ActiveItem, end: ItemEnd): Promise<void>;
  failed(each: ActiveItem, error: unknown): Promise<void>;
  /** An attempt that was cut off by us does not count. */
  putBack(item: ItemRow, progress?: Progress): Promise<void>;
  /** There is no room for it now. */
  waitForRoom(item: ItemRow): Promise<void>;
  /** Tells of a job that has ended with a change. */
  followJob(change: { job: JobRow; before: JobRow['state'] } | undefined): Promise<void>;
}

export interface EndingsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  readonly note: (event: EventNote) => void;
  readonly changed: Changed;
  readonly maxAttempts: () => number;
  /** The same may be told twice. */
  readonly onJobEnd: (job: JobRow) => Promise<void>;
  readonly onQuarantine: (end: ItemEnd, item: ItemRow) => Promise<void>;
}

export function createEndings(deps: EndingsDeps): Endings {
  const { db, clock, log, note, changed } = deps;

  async function move(
    item: ItemRow,
    to: Lane,
    set: Partial<ItemRow>,
    { from = [LANE.processing], job }: { from?: readonly Lane[]; job?: Progress['job'] } = {},
  ) {
    const change = await db.transaction((trx) =>
      moveItems(
        downloadsQuery(trx),
        {
          jobId: item.job_id,
          ids: [item.id],
          from,
          to,
          placing: true,
          set,
          ...(job === undefined ? {} : { job }),
        },
        clock.now(),
      ),
    );
    changed.items.add(item.id);
    return change;
  }

  function later(item: ItemRow, ms: number, set: Partial<ItemRow>, job?: Progress['job']) {
    return move(
      item,
      LANE.later,
      { ...set, retry_at: clock.now() + ms },
      { from: [LANE.processing, LANE.ready], ...(job === undefined ? {} : { job }) },
    );
  }

  function noteFailure(each: ActiveItem, error: unknown, code: string): void {
    const { item, sample } = each;
    note({
      kind: 'download_failed',
      ...factsOf(each),
      host: sample?.host ?? item.host,
      bytes: sample?.doneBytes ?? null,
      durationMs: clock.now() - each.startedAt,
      code,
      details: {
        modelType: modelType(item),
        sizeBytes: item.size_bytes,
        attempt: item.attempt,
        message: toItemFailure(error),
      },
    });
  }

  async function putBack(item: ItemRow, progress?: Progress): Promise<void> {
    const attempt = Math.max(0, item.attempt - 1);
    const set = { ...progress?.set, phase: 'waiting', held_by: null, attempt } as const;
    await move(item, LANE.ready, set, progress && { job: progress.job });
  }

  async function followJob(
    change: { job: JobRow; before: JobRow['state'] } | undefined,
  ): Promise<void> {
    if (change === undefined) return;
    const { job, before } = change;
    changed.jobs.add(job.id);
    if (!isEnded(job.state) || job.state === before || job.state === 'CANCELLED') return;
    note({
      kind: job.state === 'COMPLETED' ? 'job_completed' : 'job_failed',
      jobId: job.id,
      bytes: job.done_bytes,
      durationMs: clock.now() - job.created_at,
      details: { files: job.n_completed, failed: job.n_failed },
    });
    await deps.onJobEnd(job);
  }

  return {
    putBack,
    followJob,
    async waitForRoom(item) {
      await later(item, ROOM_EVERY_MS, { phase: 'held', held_by: 'disk' });
    },
    fetched(each, result) {
      each.result = result;
      const facts = { ...factsOf(each), host: result.facts.host };
      if (result.repairedPieces > 0) {
        const details = { pieces: result.repairedPieces };
        note({ kind: 'piece_repaired', ...facts, details });
      }
      for (let n = 0; n < result.addressesRefreshed; n++)
        note({ kind: 'address_refreshed', ...facts });
      note({
        kind: 'file_verified',
        ...facts,
        bytes: result.sizeBytes,
        details: { agreed: result.agreed, disagreed: result.disagreed },
      });
    },
    async completed(each, end) {
      const { item, result } = each;
      const { file } = end;
      const facts = factsOf(each);
      note({
        kind: end.linked && result === undefined ? 'download_linked' : 'download_completed',
        ...facts,
        host: result?.facts.host ?? item.host,
        bytes: file.size_bytes,
        durationMs: clock.now() - each.startedAt,
        code: file.verdict,
        details: {
          modelType: modelType(item),
          wastedBytes: result?.wastedBytes ?? each.sample?.wastedBytes ?? 0,
          attempt: item.attempt,
        },
      });
      if (file.state === 'quarantined' && !end.linked) {
        note({ kind: 'file_quarantined', ...facts, code: file.verdict, bytes: file.size_bytes });
        await deps.onQuarantine(end, item);
      }
      await followJob(end.change);
    },
    async failed(each, error) {
      const { item, reason } = each;
      if (reason === 'lost') return;
      const progress = progressOf(each);
      const aborted = each.controller.signal.aborted || (error as Error)?.name === 'AbortError';
      if (aborted && reason === 'put-back') return putBack(item, progress);
      // Whoever moved the item has said what becomes of it.
      if (aborted) return keepProgress([each], deps);
      const known = error instanceof AppError;
      const code = known ? error.code : 'INTERNAL';
      // Neither is the fault of a host or a disk: somebody should look.
      if (!known || code === 'DOWNLOADS_THREAD_ENDED')
        log.error({ err: error, itemId: item.id }, 'downloads.item.failed');
      noteFailure(each, error, code);
      if (code === 'DOWNLOADS_DISK_FULL') {
        const set = { phase: 'held', held_by: 'disk', attempt: item.attempt - 1 } as const;
        await later(item, ROOM_EVERY_MS, { ...progress.set, ...set }, progress.job);
        return;
      }
      const failure = { ...progress.set, error: toJson(toItemFailure(error)) };
      if (known && error.retryable && item.attempt < deps.maxAttempts()) {
        note({ kind: 'download_retried', ...factsOf(each), code });
        const seconds = Number(error.params.seconds);
        const asked = Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : 0;
        const wait = backoffDelay(BACKOFF_BASE_MS, item.attempt, BACKOFF_CAP_MS, deps.random);
        const set = { ...failure, phase: 'backing-off' } as const;
        await later(item, Math.max(wait, asked), set, progress.job);
        return;
      }
      const ended = { ...failure, phase: 'waiting', finished_at: clock.now() } as const;
      await followJob(await move(item, LANE.failed, ended, progress));
    },
  };
}
