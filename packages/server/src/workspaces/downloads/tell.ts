import { fromJson } from '../../core/db/columns.ts';
import type { Notifier } from '../../core/notify/notifier.ts';
import type { EventNote } from './analytics/event-log.ts';
import type { DownloadAction, EventKind } from './contract.ts';
import { jobNotice, quarantineNotice } from './notices.ts';
import type { QueueDeps } from './queue/queue.ts';
import { readSettings } from './store/settings.ts';
import type { DownloadsQuery, FileRow, JobRow } from './store/tables.ts';

interface TellDeps {
  readonly query: DownloadsQuery;
  readonly notifier: Pick<Notifier, 'notify'>;
  readonly publicUrl: () => string;
}

/** The same end is told once, however often it is asked for. */
export async function tellEnd(deps: TellDeps, job: JobRow): Promise<void> {
  const failed = job.state === 'FAILED';
  const { channelIds, notifyOn } = await readSettings(deps.query);
  if (!notifyOn.includes(failed ? 'job-failed' : 'job-completed') || channelIds.length === 0)
    return;
  await deps.notifier.notify({
    key: `downloads:${job.id}:${job.state}:${job.finished_at}`,
    severity: failed ? 'warning' : 'info',
    channelIds,
    template: jobNotice,
    data: {
      name: job.name,
      failed,
      completedFiles: job.n_completed,
      failedFiles: job.n_failed,
      bytes: job.done_bytes,
      jobId: job.id,
      link: `${deps.publicUrl()}/downloads/queue/${job.id}`,
    },
  });
}

export async function tellQuarantine(deps: TellDeps, file: FileRow): Promise<void> {
  const { channelIds, notifyOn } = await readSettings(deps.query);
  if (!notifyOn.includes('file-quarantined') || channelIds.length === 0) return;
  await deps.notifier.notify({
    key: `downloads:quarantine:${file.id}`,
    severity: 'warning',
    channelIds,
    template: quarantineNotice,
    data: {
      fileId: file.id,
      path: file.path,
      verdict: file.verdict,
      reasons: fromJson(file.reasons),
      sha256: file.sha256,
      link: `${deps.publicUrl()}/downloads/library/${file.id}`,
    },
  });
}

const KINDS: Readonly<Record<DownloadAction, EventKind>> = {
  pause: 'download_paused',
  resume: 'download_resumed',
  cancel: 'download_cancelled',
  retry: 'download_retried',
};

/** What people do, for the analytics; of a whole job once. */
export function noteAction(
  note: (event: EventNote) => void,
  ...[action, { job, item }]: Parameters<NonNullable<QueueDeps['onAction']>>
): void {
  const facts = { jobId: job.id, itemId: item?.id ?? null, source: item?.source ?? null };
  if (action === 'created') {
    note({ kind: 'job_created', jobId: job.id, details: { strategy: job.strategy } });
    return;
  }
  if (action === 'cancel' && item === undefined) note({ kind: 'job_cancelled', jobId: job.id });
  else note({ kind: KINDS[action], ...facts });
}
