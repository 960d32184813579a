import type {
  DownloadItem,
  DownloadJob,
  DownloadQueue,
} from '@kizashi/server/workspaces/downloads';
import type { Command } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print } from '../../output.ts';
import { failWith, jobPath, waitForJob } from './wait.ts';
import { itemsTable, jobsTable, queueText } from './words.ts';

/** Files of a job that are shown at most. */
const SHOWN = 200;

/** `kizashi downloads status [JOB]`: the queue at a glance, or one job with its files. */
export function statusCommand(context: Context): Command {
  return subcommand(
    context,
    'status',
    {
      en: 'The queue at a glance, or one job and its files',
      ja: 'キューの概要、または 1 つのジョブとファイル',
    },
    { remote: true },
  )
    .alias('show')
    .argument('[job-id]')
    .option('--wait', say(context, { en: 'until the job has ended', ja: 'ジョブが終わるまで待つ' }))
    .action(async (id: string | undefined, options: CommonOptions & { wait?: boolean }) => {
      const worker = options.wait ?? false;
      await withClient(context, { ...options, worker }, async (client) => {
        const output = outputOf(context, options);
        if (id === undefined) {
          const queue = await client.get<DownloadQueue>('/api/downloads/queue');
          print(output, queue, () => queueText(context, queue));
          return;
        }
        const waited = options.wait
          ? await waitForJob(context, client, id)
          : { job: await client.get<DownloadJob>(jobPath(id)), interrupted: true };
        const { items } = await client.get<{ items: DownloadItem[] }>('/api/downloads/items', {
          jobId: waited.job.id,
          limit: SHOWN,
        });
        print(output, { ...waited.job, files: items }, () =>
          [jobsTable(context, [waited.job]), itemsTable(context, items)].join('\n\n'),
        );
        await failWith(context, client, waited);
      });
    });
}
