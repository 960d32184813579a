import type {
  DownloadItem,
  DownloadJob,
  DownloadQueue,
} from '@kizashi/server/workspaces/downloads';
import type { Client } from '../../client.ts';
import { CommandError } from '../../command-error.ts';
import { type Context, say } from '../../context.ts';
import { createFollowedSpeed } from './followed-speed.ts';
import { heldText, progressLine } from './words.ts';

const ENDED = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'PAUSED']);
const LOOK_EVERY_MS = 300;
/** Where lines stay (a log), one is written this often at most. */
const LINE_EVERY_MS = 5_000;

export function jobPath(id: string): string {
  return `/api/downloads/jobs/${encodeURIComponent(id)}`;
}

/** What a wait ended with; `interrupted` by Ctrl-C, which leaves the queue as it is. */
export interface Waited {
  readonly job: DownloadJob;
  readonly interrupted: boolean;
}

/**
 * Follows a job to its end with live progress: one line that changes in a terminal, a line now and then elsewhere.
 * @throws CommandError when nothing drives the downloads
 */
export async function waitForJob(context: Context, client: Client, id: string): Promise<Waited> {
  const progress = createProgress(context);
  const withSpeed = createFollowedSpeed(() => performance.now());
  const interrupt = Promise.withResolvers<true>();
  const onSignal = () => interrupt.resolve(true);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    for (;;) {
      const job = withSpeed(await client.get<DownloadJob>(jobPath(id)));
      const held = ENDED.has(job.state) ? null : await heldBy(client, job);
      const why =
        held === null
          ? ''
          : `  ${say(context, { en: 'held', ja: '停止' })}: ${heldText(context, held)}`;
      progress.show(progressLine(context, job) + why);
      if (ENDED.has(job.state)) return { job, interrupted: false };
      if (await isSoon(interrupt.promise)) {
        progress.end();
        context.notice(
          say(context, {
            en: `Not waiting any longer. The queue stays as it is; a running server goes on with it, or: kizashi downloads status ${id} --wait`,
            ja: `待機を終えました。キューはそのまま残ります。サーバーが動いていれば続行されます。または: kizashi downloads status ${id} --wait`,
          }),
        );
        return { job, interrupted: true };
      }
    }
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    progress.end();
  }
}

/** What the next file of a job waits for when none of it runs. */
async function heldBy(
  client: Client,
  { id, counts }: DownloadJob,
): Promise<DownloadItem['heldBy']> {
  if (counts.PROCESSING > 0 || counts.PENDING === 0) return null;
  const { items } = await client.get<{ items: DownloadItem[] }>('/api/downloads/items', {
    jobId: id,
    state: 'PENDING',
    limit: 1,
  });
  return items[0]?.heldBy ?? null;
}

/** Whether it comes before the next look. */
async function isSoon(interrupted: Promise<true>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const look = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), LOOK_EVERY_MS);
  });
  try {
    return await Promise.race([interrupted, look]);
  } finally {
    clearTimeout(timer);
  }
}

function createProgress(context: Context): { show(line: string): void; end(): void } {
  const { stderr } = process;
  let shown = '';
  let writtenAt = 0;
  return {
    show(line) {
      if (line === shown) return;
      if (stderr.isTTY) {
        shown = line;
        // Cut, since a line that wraps cannot be written over.
        stderr.write(`\r\x1b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
      } else if (Date.now() - writtenAt >= LINE_EVERY_MS) {
        shown = line;
        writtenAt = Date.now();
        context.notice(line);
      }
    },
    end() {
      if (stderr.isTTY && shown !== '') stderr.write('\n');
      shown = '';
    },
  };
}

/** Says which files failed, and fails itself with them. @throws CommandError */
export async function failWith(
  context: Context,
  client: Client,
  { job, interrupted }: Waited,
): Promise<void> {
  if (interrupted || job.state === 'COMPLETED' || job.state === 'PAUSED') return;
  if (job.state === 'CANCELLED') {
    throw new CommandError(
      'DOWNLOADS_JOB_CANCELLED',
      say(context, { en: 'The job was cancelled.', ja: 'ジョブは中止されました。' }),
    );
  }
  if (job.state !== 'FAILED') return;
  const { items } = await client.get<{ items: DownloadItem[] }>('/api/downloads/items', {
    jobId: job.id,
    state: 'FAILED',
    limit: 20,
  });
  const failed = job.counts.FAILED ?? items.length;
  const reasons = items.map((item) => `\n  ${item.name}: ${item.error?.message ?? ''}`).join('');
  const more = failed > items.length ? '\n  …' : '';
  throw new CommandError(
    'DOWNLOADS_JOB_FAILED',
    say(context, {
      en: `${failed} of ${job.items} files failed. Try them again with: kizashi downloads retry ${job.id}${reasons}${more}`,
      ja: `${job.items} ファイル中 ${failed} 件が失敗しました。再試行: kizashi downloads retry ${job.id}${reasons}${more}`,
    }),
  );
}

/** Says when nothing drives the queue, so that nobody waits for nothing. */
export async function sayUndriven(context: Context, client: Client): Promise<void> {
  const queue = await client.get<DownloadQueue>('/api/downloads/queue');
  if (queue.driven) return;
  context.notice(
    say(context, {
      en: 'Queued. Nothing downloads it now: start the server (kizashi serve) or wait here with --wait.',
      ja: 'キューに追加しました。現在ダウンロードを進めるプロセスがありません。サーバー（kizashi serve）を起動するか、--wait を付けてください。',
    }),
  );
}
