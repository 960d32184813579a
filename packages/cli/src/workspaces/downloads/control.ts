import type {
  DownloadAction,
  DownloadItem,
  DownloadJob,
} from '@kizashi/server/workspaces/downloads';
import type { Command } from 'commander';
import type { Client } from '../../client.ts';
import { CommandError } from '../../command-error.ts';
import {
  type CommonOptions,
  type Context,
  type CreateCommand,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import type { Text } from '../../locale.ts';
import { print } from '../../output.ts';
import { usage } from './options.ts';
import { failWith, waitForJob } from './wait.ts';
import { itemsTable, jobsTable, queueText } from './words.ts';

const ACTIONS: readonly (readonly [DownloadAction, Text])[] = [
  ['pause', { en: 'Pause jobs or files', ja: 'ジョブやファイルを一時停止する' }],
  ['resume', { en: 'Go on with paused jobs or files', ja: '一時停止したものを再開する' }],
  [
    'cancel',
    {
      en: 'Cancel jobs or files; retry takes it back',
      ja: 'ジョブやファイルを中止する（retry で戻せる）',
    },
  ],
  [
    'retry',
    { en: 'Try failed or cancelled jobs or files again', ja: '失敗・中止したものを再試行する' },
  ],
];

interface ControlOptions extends CommonOptions {
  readonly all?: boolean;
  readonly wait?: boolean;
}

interface Changed {
  readonly kind: 'jobs' | 'items';
  readonly value: DownloadJob | DownloadItem;
}

/** `kizashi downloads pause | resume | cancel | retry ID…`, and `priority ID… N`. */
export const controlCommands: readonly CreateCommand[] = [
  ...ACTIONS.map(
    ([action, text]): CreateCommand =>
      (context) =>
        actionCommand(context, action, text),
  ),
  priorityCommand,
];

function actionCommand(context: Context, action: DownloadAction, text: Text): Command {
  const command = subcommand(context, action, text, { remote: true }).argument('[id...]');
  const forAll = action === 'pause' || action === 'resume';
  const goesOn = action === 'resume' || action === 'retry';
  if (forAll) {
    command.option('--all', say(context, { en: 'everything there is', ja: 'すべて' }));
  }
  if (goesOn) {
    command.option(
      '--wait',
      say(context, { en: 'until the jobs have ended', ja: 'ジョブが終わるまで待つ' }),
    );
  }
  return command.action(async (ids: string[], options: ControlOptions) => {
    if (ids.length === 0 && !options.all) {
      throw usage(
        context,
        'DOWNLOADS_NOTHING_NAMED',
        `Name jobs or files by their id (kizashi downloads list)${forAll ? ', or everything with --all' : ''}.`,
        `ジョブかファイルの id を指定してください（kizashi downloads list）${forAll ? '。--all ですべて' : ''}。`,
      );
    }
    const worker = options.wait ?? false;
    await withClient(context, { ...options, worker }, async (client) => {
      if (options.all) {
        await client.send('POST', `/api/downloads/all/${action}`);
        const queue = await client.get<never>('/api/downloads/queue');
        print(outputOf(context, options), queue, () => queueText(context, queue));
        return;
      }
      const changed = await onEach(client, ids, (path) => client.send('POST', `${path}/${action}`));
      await tell(context, client, changed, options);
    });
  });
}

function priorityCommand(context: Context): Command {
  return subcommand(
    context,
    'priority',
    { en: 'Set what runs first: -100 to 100', ja: '優先度を変える（-100〜100）' },
    { remote: true },
  )
    .argument('<priority>')
    .argument('<id...>')
    .action(async (given: string, ids: string[], options: CommonOptions) => {
      const priority = Number(given);
      if (!Number.isInteger(priority) || Math.abs(priority) > 100) {
        throw usage(
          context,
          'DOWNLOADS_PRIORITY_INVALID',
          `The priority must be a whole number from -100 to 100, not ${given}: kizashi downloads priority 10 ID`,
          `優先度は -100 から 100 までの整数です（${given} は使えません）: kizashi downloads priority 10 ID`,
        );
      }
      await withClient(context, options, async (client) => {
        const changed = await onEach(client, ids, (path) =>
          client.send('PATCH', path, { priority }),
        );
        await tell(context, client, changed, options);
      });
    });
}

/** An id is a job's, else a file's: they are told apart by asking. */
async function onEach(
  client: Client,
  ids: readonly string[],
  act: (path: string) => Promise<unknown>,
): Promise<Changed[]> {
  const changed: Changed[] = [];
  for (const id of ids) {
    const kind = (await isJob(client, id)) ? 'jobs' : 'items';
    const path = `/api/downloads/${kind}/${encodeURIComponent(id)}`;
    await act(path);
    changed.push({ kind, value: await client.get(path) });
  }
  return changed;
}

async function isJob(client: Client, id: string): Promise<boolean> {
  try {
    await client.get(`/api/downloads/jobs/${encodeURIComponent(id)}`);
    return true;
  } catch (error) {
    if (error instanceof CommandError && error.code.endsWith('NOT_FOUND')) return false;
    throw error;
  }
}

async function tell(
  context: Context,
  client: Client,
  changed: readonly Changed[],
  options: ControlOptions,
): Promise<void> {
  const waited = [];
  if (options.wait) {
    const jobs = changed.map(({ kind, value }) =>
      kind === 'jobs' ? value.id : (value as DownloadItem).jobId,
    );
    for (const id of new Set(jobs)) {
      const one = await waitForJob(context, client, id);
      waited.push(one);
      if (one.interrupted) break;
    }
  }
  const of = (kind: Changed['kind']) =>
    changed.filter((one) => one.kind === kind).map(({ value }) => value);
  const jobs = waited.length > 0 ? waited.map(({ job }) => job) : (of('jobs') as DownloadJob[]);
  const items = waited.length > 0 ? [] : (of('items') as DownloadItem[]);
  print(outputOf(context, options), { jobs, items }, () =>
    [
      ...(jobs.length > 0 ? [jobsTable(context, jobs)] : []),
      ...(items.length > 0 ? [itemsTable(context, items)] : []),
    ].join('\n\n'),
  );
  for (const one of waited) await failWith(context, client, one);
}
