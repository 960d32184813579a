import type { FeaturesRun } from '@kizashi/server/workspaces/features';
import type { Command } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print, table } from '../../output.ts';
import { runsTable, runText, waitForRun } from './run-progress.ts';

interface SeriesPage {
  readonly items: { loto: string; uniqueId: string; state: string; messages: string[] }[];
}

/** `kizashi features status [RUN]`: the runs, or one with what went wrong in it. */
export function statusCommand(context: Context): Command {
  return subcommand(
    context,
    'status',
    { en: 'Runs, or one run', ja: '実行の一覧、または 1 件の状態' },
    { remote: true },
  )
    .argument('[run-id]')
    .option('--wait', say(context, { en: 'until it has ended', ja: '終わるまで待つ' }))
    .action(async (id: string | undefined, options: CommonOptions & { wait?: boolean }) => {
      const worker = options.wait ?? false;
      await withClient(context, { ...options, worker }, async (client) => {
        if (id === undefined) {
          const page = await client.get<{ items: FeaturesRun[] }>('/api/features/runs', {
            limit: 50,
          });
          print(outputOf(context, options), page, () => runsTable(context, page.items));
          return;
        }
        const path = `/api/features/runs/${encodeURIComponent(id)}`;
        const run = options.wait
          ? await waitForRun(context, client, id)
          : await client.get<FeaturesRun>(path);
        const { items } = await client.get<SeriesPage>(`${path}/series`, {
          limit: 200,
          state: 'failed',
        });
        print(outputOf(context, options), { ...run, failed: items }, () => {
          const failed = items.map((one) => [`${one.loto}/${one.uniqueId}`, ...one.messages]);
          return [runText(context, run), ...(failed.length > 0 ? ['', table(failed)] : [])].join(
            '\n',
          );
        });
      });
    });
}
