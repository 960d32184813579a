import type { FeaturesRun } from '@kizashi/server/workspaces/features';
import {
  type CommonOptions,
  type Context,
  type CreateCommand,
  outputOf,
  subcommand,
  withClient,
} from '../../context.ts';
import { print } from '../../output.ts';
import { runText, waitForRun } from './run-progress.ts';

const ACTIONS = [
  ['pause', { en: 'Pause a run', ja: '実行を一時停止する' }],
  ['resume', { en: 'Go on with a run to its end', ja: '実行を再開する' }],
  ['cancel', { en: 'Cancel a run', ja: '実行を中止する' }],
] as const;

/** `kizashi features pause | resume | cancel RUN`. */
export const controlCommands: readonly CreateCommand[] = ACTIONS.map(
  ([name, text]) =>
    (context: Context) =>
      subcommand(context, name, text, { remote: true })
        .argument('<run-id>')
        .action(async (id: string, options: CommonOptions) => {
          const goesOn = name === 'resume';
          await withClient(context, { ...options, worker: goesOn }, async (client) => {
            const path = `/api/features/runs/${encodeURIComponent(id)}/${name}`;
            const run = await client.send<FeaturesRun>('POST', path);
            const last = goesOn ? await waitForRun(context, client, id) : run;
            print(outputOf(context, options), last, () => runText(context, last));
          });
        }),
);
