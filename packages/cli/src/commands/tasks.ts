import type { Job } from '@kizashi/server/contract/jobs';
import { Command, Option } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../context.ts';
import { print, table } from '../output.ts';

/** `kizashi tasks list | cancel | retry`: background jobs. */
export function tasksCommand(context: Context): Command {
  const group = new Command('tasks').description(
    say(context, { en: 'Background jobs', ja: 'バックグラウンドのタスク' }),
  );
  group.addCommand(
    subcommand(
      context,
      'list',
      { en: 'Jobs, newest first', ja: 'タスクの一覧（新しい順）' },
      { remote: true },
    )
      .addOption(
        new Option(
          '--state <state>',
          say(context, { en: 'only these', ja: '状態で絞り込む' }),
        ).choices(['waiting', 'running', 'done', 'failed', 'cancelled']),
      )
      .action(async (options: CommonOptions & { state?: string }) => {
        await withClient(context, options, async (client) => {
          const page = await client.get<{ items: Job[] }>('/api/tasks', {
            state: options.state,
            limit: 200,
          });
          print(outputOf(context, options), page, () => jobsTable(context, page.items));
        });
      }),
  );
  for (const [name, text] of [
    ['cancel', { en: 'Stop a job', ja: 'タスクを中止する' }],
    ['retry', { en: 'Run a failed job again', ja: '失敗したタスクを再実行する' }],
  ] as const) {
    group.addCommand(
      subcommand(context, name, text, { remote: true })
        .argument('<task-id>')
        .action(async (id: string, options: CommonOptions) => {
          await withClient(context, options, async (client) => {
            const job = await client.send<Job>(
              'POST',
              `/api/tasks/${encodeURIComponent(id)}/${name}`,
            );
            print(outputOf(context, options), job, () => jobsTable(context, [job]));
          });
        }),
    );
  }
  return group;
}

function jobsTable(context: Context, jobs: readonly Job[]): string {
  if (jobs.length === 0) return say(context, { en: 'No jobs.', ja: 'タスクはありません。' });
  return table([
    [
      'id',
      ...(context.locale === 'ja'
        ? ['種類', '状態', '進捗', '試行', '理由']
        : ['kind', 'state', 'progress', 'attempt', 'reason']),
    ],
    ...jobs.map((job) => [
      job.id,
      job.name,
      job.state,
      `${Math.floor(job.progress.fraction * 100)} %`,
      `${job.attempt}/${job.maxAttempts}`,
      (context.locale === 'ja' ? job.error?.messageJa : job.error?.message) ?? '',
    ]),
  ]);
}
