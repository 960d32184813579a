import { fromJson } from '../../../core/db/columns.ts';
import type { Locale } from '../../../core/errors.ts';
import type { DownloadItem, DownloadJob, DownloadQueue } from '../contract.ts';
import { countsOf, itemsOf } from '../store/jobs.ts';
import type { ItemRow, JobRow } from '../store/tables.ts';
import { stateOf } from './states.ts';

/** What runs, beside the tables; a `ProgressMessage` is one. */
export interface Overlay {
  readonly queue: Pick<
    DownloadQueue,
    'heldBy' | 'bytesPerSecond' | 'connections' | 'doneBytes' | 'capBytesPerSecond'
  >;
  readonly fullHosts?: readonly string[];
  readonly jobs: readonly Pick<DownloadJob, 'id' | 'bytesPerSecond' | 'doneBytes'>[];
  readonly items: readonly Pick<
    DownloadItem,
    | 'id'
    | 'phase'
    | 'host'
    | 'sizeBytes'
    | 'doneBytes'
    | 'bytesPerSecond'
    | 'connections'
    | 'wastedBytes'
  >[];
}

export function etaSeconds(
  sizeBytes: number | null,
  doneBytes: number,
  bytesPerSecond: number,
): number | null {
  if (sizeBytes === null || bytesPerSecond <= 0) return null;
  return Math.max(0, (sizeBytes - doneBytes) / bytesPerSecond);
}

/** A job as people see it; what runs of it adds its speed. */
export function toJob(row: JobRow, live: Overlay | undefined): DownloadJob {
  const shown = live?.jobs.find(({ id }) => id === row.id);
  const bytesPerSecond = row.n_processing > 0 ? (shown?.bytesPerSecond ?? 0) : 0;
  const sizeBytes = row.size_bytes > 0 ? row.size_bytes : null;
  const doneBytes = Math.max(row.done_bytes, row.n_processing > 0 ? (shown?.doneBytes ?? 0) : 0);
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    sizeBytes,
    doneBytes,
    bytesPerSecond,
    etaSeconds: etaSeconds(sizeBytes, doneBytes, bytesPerSecond),
    strategy: row.strategy,
    parallelFiles: row.parallel_files,
    priority: row.priority,
    counts: countsOf(row),
    items: itemsOf(row),
    openInputs: row.open_inputs,
    startAt: row.start_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

/** An item as people see it. `jobName` is its job's. */
export function toItem(
  row: ItemRow,
  jobName: string,
  live: Overlay | undefined,
  locale: Locale,
): DownloadItem {
  const state = stateOf(row.lane);
  const shown = state === 'PROCESSING' ? live?.items.find(({ id }) => id === row.id) : undefined;
  // What holds everything holds each that could begin.
  const waits = state === 'PENDING' && row.phase === 'waiting';
  const queueHeld = waits && live?.queue.heldBy !== 'paused' ? live?.queue.heldBy : null;
  const hostIsFull = waits && row.host !== null && live?.fullHosts?.includes(row.host);
  const held = queueHeld ?? (hostIsFull ? ('host' as const) : null);
  const sizeBytes = shown?.sizeBytes ?? row.size_bytes;
  const doneBytes = shown?.doneBytes ?? row.done_bytes;
  const bytesPerSecond = shown?.bytesPerSecond ?? 0;
  const error = row.error === null ? null : fromJson(row.error);
  return {
    id: row.id,
    jobId: row.job_id,
    jobName,
    name: row.name,
    state,
    sizeBytes,
    doneBytes,
    bytesPerSecond,
    etaSeconds: etaSeconds(sizeBytes, doneBytes, bytesPerSecond),
    phase: shown?.phase ?? (held === null ? row.phase : 'held'),
    heldBy: held ?? row.held_by,
    source: row.source,
    host: shown?.host ?? row.host,
    priority: 0 - row.place,
    attempt: row.attempt,
    retryAt: row.retry_at,
    connections: shown?.connections ?? 0,
    wastedBytes: shown?.wastedBytes ?? row.wasted_bytes,
    error:
      error === null
        ? null
        : { code: error.code, message: error[locale], retryable: error.retryable },
    verdict: row.verdict,
    fileId: row.file_id,
    linked: row.linked === 1,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** The queue when nothing is heard of it: what the tables say. */
export function toQueue(
  totals: { counts: DownloadQueue['counts']; sizeBytes: number; doneBytes: number },
  facts: {
    disk: DownloadQueue['disk'];
    driven: boolean;
    live: Overlay | undefined;
  },
): DownloadQueue {
  const { counts } = totals;
  const live = counts.PROCESSING > 0 ? facts.live?.queue : undefined;
  const held = facts.live?.queue.heldBy === 'paused' ? null : (facts.live?.queue.heldBy ?? null);
  const isPaused = counts.PAUSED > 0 && counts.PENDING + counts.PROCESSING === 0;
  const sizeBytes = totals.sizeBytes > 0 ? totals.sizeBytes : null;
  const doneBytes = Math.max(totals.doneBytes, live?.doneBytes ?? 0);
  const bytesPerSecond = live?.bytesPerSecond ?? 0;
  return {
    counts,
    running: counts.PROCESSING,
    connections: live?.connections ?? 0,
    bytesPerSecond,
    doneBytes,
    sizeBytes,
    etaSeconds: etaSeconds(sizeBytes, doneBytes, bytesPerSecond),
    capBytesPerSecond: facts.live?.queue.capBytesPerSecond ?? null,
    heldBy: isPaused ? 'paused' : held,
    disk: facts.disk,
    driven: facts.driven,
  };
}
