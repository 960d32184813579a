import {
  type DownloadItem,
  type DownloadJob,
  downloadStateSchema,
} from '@kizashi/server/workspaces/downloads';
import { type Command, Option } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print } from '../../output.ts';
import { wholeNumber } from './options.ts';
import { itemsTable, jobsTable } from './words.ts';

interface ListOptions extends CommonOptions {
  readonly state?: string;
  readonly job?: string;
  readonly items?: boolean;
  readonly search?: string;
  readonly limit: number;
}

/** `kizashi downloads list`: the jobs, or their files. */
export function listCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  return subcommand(
    context,
    'list',
    { en: 'Jobs of the queue, or their files', ja: 'キューのジョブ、またはファイルの一覧' },
    { remote: true },
  )
    .addOption(
      new Option('--state <state>', text('only these', '状態で絞り込む')).choices(
        downloadStateSchema.options.map((state) => state.toLowerCase()),
      ),
    )
    .option('--items', text('files instead of jobs', 'ジョブではなくファイルを表示する'))
    .option('--job <id>', text('files of one job', '1 つのジョブのファイル'))
    .option('--search <text>', text('files whose name has it', 'ファイル名で絞り込む'))
    .option('--limit <n>', text('most of them', '件数の上限'), wholeNumber(context, 1, 200), 50)
    .action(async (options: ListOptions) => {
      await withClient(context, options, async (client) => {
        const { limit, job, search } = options;
        const state = options.state?.toUpperCase();
        const output = outputOf(context, options);
        if (options.items || job !== undefined || search !== undefined) {
          const page = await client.get<{ items: DownloadItem[]; nextCursor: string | null }>(
            '/api/downloads/items',
            { state, limit, jobId: job, search },
          );
          print(output, page, () => itemsTable(context, page.items));
          return;
        }
        const page = await client.get<{ items: DownloadJob[]; nextCursor: string | null }>(
          '/api/downloads/jobs',
          { state, limit },
        );
        print(output, page, () => jobsTable(context, page.items));
      });
    });
}
