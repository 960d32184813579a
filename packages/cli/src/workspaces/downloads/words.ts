import type {
  DownloadItem,
  DownloadJob,
  DownloadQueue,
  DownloadState,
} from '@kizashi/server/workspaces/downloads';
import { type Context, say } from '../../context.ts';
import { table } from '../../output.ts';

const STEPS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1.2 MB`; an en dash where nothing is known. */
export function bytesText(size: number | null): string {
  if (size === null) return '–';
  const power = size < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(size) / 3));
  return `${(size / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${STEPS[power]}`;
}

/** `3 h 5 min`, `12 s`. */
export function secondsText(seconds: number | null): string {
  if (seconds === null) return '–';
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

const states: Record<DownloadState, { en: string; ja: string }> = {
  PENDING: { en: 'waiting', ja: '待機中' },
  PROCESSING: { en: 'running', ja: '実行中' },
  COMPLETED: { en: 'completed', ja: '完了' },
  FAILED: { en: 'failed', ja: '失敗' },
  CANCELLED: { en: 'cancelled', ja: '中止' },
  PAUSED: { en: 'paused', ja: '一時停止' },
};

export function stateText(context: Context, state: DownloadState): string {
  return say(context, states[state]);
}

const holds: Record<
  NonNullable<DownloadItem['heldBy'] | DownloadQueue['heldBy']>,
  { en: string; ja: string }
> = {
  schedule: { en: 'by the schedule', ja: 'スケジュールにより停止' },
  disk: {
    en: 'by the disk: free some space, or lower keepFreeBytes',
    ja: 'ディスクの空き容量不足により停止（空きを増やすか keepFreeBytes を下げてください）',
  },
  library: {
    en: 'by the library folder: it cannot be written to',
    ja: 'ライブラリのフォルダーに書き込めないため停止',
  },
  host: { en: 'by the limit of its host', ja: 'ホストの同時接続数の上限により待機' },
  'start-time': { en: 'until its start time', ja: '開始日時まで待機' },
  paused: { en: 'paused', ja: '一時停止中' },
};

/** What something waits for. */
export function heldText(context: Context, by: keyof typeof holds): string {
  return say(context, holds[by]);
}

/** `42 %  1.2 GB / 2.9 GB  48.0 MB/s  ~36 s  3/8`: how far a job or the queue is, on one line. */
export function progressLine(context: Context, job: DownloadJob): string {
  const share =
    job.sizeBytes === null || job.sizeBytes === 0
      ? ''
      : `${Math.floor((100 * job.doneBytes) / job.sizeBytes)} %  `;
  const eta = job.etaSeconds === null ? '' : `  ~${secondsText(job.etaSeconds)}`;
  const speed = job.state === 'PROCESSING' ? `  ${bytesText(job.bytesPerSecond)}/s${eta}` : '';
  const done = job.counts.COMPLETED ?? 0;
  const failed = job.counts.FAILED ?? 0;
  const files = say(context, {
    en: `${done}/${job.items} files${failed > 0 ? `, ${failed} failed` : ''}`,
    ja: `${done}/${job.items} ファイル${failed > 0 ? `、失敗 ${failed}` : ''}`,
  });
  return `${share}${bytesText(job.doneBytes)} / ${bytesText(job.sizeBytes)}${speed}  ${files}`;
}

export function jobsTable(context: Context, jobs: readonly DownloadJob[]): string {
  if (jobs.length === 0) {
    return say(context, {
      en: 'The queue is empty. Add something: kizashi downloads add LINK',
      ja: 'キューは空です。追加するには: kizashi downloads add LINK',
    });
  }
  const heading =
    context.locale === 'ja'
      ? ['id', '名前', '状態', '進捗', '優先度']
      : ['id', 'name', 'state', 'progress', 'priority'];
  return table([
    heading,
    ...jobs.map((job) => [
      job.id,
      job.name,
      stateText(context, job.state),
      progressLine(context, job),
      String(job.priority),
    ]),
  ]);
}

export function itemsTable(context: Context, items: readonly DownloadItem[]): string {
  const heading =
    context.locale === 'ja'
      ? ['id', 'ファイル', '状態', '進捗', '判定', '']
      : ['id', 'file', 'state', 'progress', 'verdict', ''];
  return table([
    heading,
    ...items.map((item) => [
      item.id,
      item.name,
      stateText(context, item.state),
      `${bytesText(item.doneBytes)} / ${bytesText(item.sizeBytes)}`,
      item.verdict ?? '',
      item.heldBy === null ? (item.error?.message ?? '') : heldText(context, item.heldBy),
    ]),
  ]);
}

export function queueText(context: Context, queue: DownloadQueue): string {
  const s = (en: string, ja: string): string => say(context, { en, ja });
  const counts = Object.entries(queue.counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${stateText(context, state as DownloadState)} ${count}`)
    .join(', ');
  return table([
    [s('items', 'ファイル'), counts || '0'],
    [s('running', '実行中'), `${queue.running} (${queue.connections})`],
    [s('speed', '速度'), `${bytesText(queue.bytesPerSecond)}/s`],
    [s('done', '取得済み'), `${bytesText(queue.doneBytes)} / ${bytesText(queue.sizeBytes)}`],
    [s('time left', '残り時間'), secondsText(queue.etaSeconds)],
    [
      s('held', '停止理由'),
      queue.heldBy === null ? s('no', 'なし') : heldText(context, queue.heldBy),
    ],
    [s('free disk', '空き容量'), queue.disk === null ? '–' : bytesText(queue.disk.freeBytes)],
    ...(queue.driven
      ? []
      : [
          [
            '!',
            s(
              'no worker runs: start kizashi serve',
              'ワーカーが動いていません。kizashi serve を起動してください',
            ),
          ],
        ]),
  ]);
}
