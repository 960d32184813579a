import { basename } from 'node:path';
import type { DownloadInput, DownloadJob, JobBody } from '@kizashi/server/workspaces/downloads';
import { type Command, Option } from 'commander';
import type { Client } from '../../client.ts';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print } from '../../output.ts';
import {
  addSearchOptions,
  checkFile,
  instant,
  type SearchOptions,
  searchOf,
  usage,
  wholeNumber,
} from './options.ts';
import { failWith, sayUndriven, waitForJob } from './wait.ts';
import { jobsTable } from './words.ts';

interface AddOptions extends CommonOptions, SearchOptions {
  readonly manifest?: string;
  readonly search?: string;
  readonly collection?: string;
  readonly model?: string;
  readonly modelVersion?: string;
  readonly models: number;
  readonly name?: string;
  readonly strategy: 'sequential' | 'parallel' | 'adaptive';
  readonly parallel: number;
  readonly priority: number;
  readonly files: 'primary' | 'all';
  readonly startAt?: number;
  readonly paused?: boolean;
  readonly pathTemplate?: string;
  readonly wait?: boolean;
}

/** `kizashi downloads add (LINK… | --manifest FILE | --search … | --creator … )`. */
export function addCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const command = subcommand(
    context,
    'add',
    { en: 'Queue downloads as a new job', ja: 'ダウンロードを新しいジョブとしてキューに追加する' },
    { remote: true },
  )
    .argument('[link...]')
    .option(
      '--manifest <file>',
      text(
        'a list of links: text, aria2, CSV or JSON',
        'リンクの一覧（テキスト、aria2、CSV、JSON）',
      ),
    )
    .option('--search <words>', text('everything a search finds', '検索で見つかったすべて'))
    .option(
      '--creator <name>',
      text(
        'all models of a creator; with --search a filter',
        '作者の全モデル（--search と併用時は絞り込み）',
      ),
    )
    .option('--collection <id>', text('all models of a collection', 'コレクションの全モデル'))
    .option('--model <id>', text('every version of a model', 'モデルの全バージョン'))
    .option('--model-version <id>', text('one version of a model', 'モデルの 1 バージョン'));
  addSearchOptions(context, command)
    .option(
      '--models <n>',
      text('most models of --search', '--search のモデル数の上限'),
      wholeNumber(context, 1, 10_000),
      100,
    )
    .option('--name <name>', text('of the job', 'ジョブの名前'))
    .addOption(
      new Option('--strategy <how>', text('how files are taken', '進め方'))
        .choices(['sequential', 'parallel', 'adaptive'])
        .default('adaptive'),
    )
    .option(
      '--parallel <n>',
      text('files at once, for parallel', '同時ファイル数（parallel のとき）'),
      wholeNumber(context, 1, 64),
      4,
    )
    .option(
      '--priority <n>',
      text('-100 to 100, higher first', '優先度（-100〜100、大きいほど先）'),
      wholeNumber(context, -100, 100),
      0,
    )
    .addOption(
      new Option('--files <which>', text('of each version', '各バージョンのファイル'))
        .choices(['primary', 'all'])
        .default('primary'),
    )
    .option(
      '--start-at <time>',
      text('not before, such as 2026-11-24T02:00', '開始日時（2026-11-24T02:00 など）'),
      instant(context),
    )
    .option('--paused', text('queue it without beginning', '開始せずに追加する'))
    .option(
      '--path-template <path>',
      text('folder and name below the library', 'ライブラリ内のフォルダーと名前'),
    )
    .option(
      '--wait',
      text('until everything has ended, with progress', '終わるまで待ち、進捗を表示する'),
    );
  return command.action(async (links: string[], options: AddOptions) => {
    const inputs = await inputsOf(context, links, options);
    const worker = options.wait ?? false;
    await withClient(context, { ...options, worker }, async (client) => {
      const added = await add(client, inputs, options);
      if (!options.wait || options.paused) {
        print(outputOf(context, options), added, () => jobsTable(context, [added]));
        // Nothing of it can be downloaded: that is known at once.
        await failWith(context, client, { job: added, interrupted: false });
        if (!options.json && !options.wait) await sayUndriven(context, client);
        return;
      }
      const waited = await waitForJob(context, client, added.id);
      print(outputOf(context, options), waited.job, () => jobsTable(context, [waited.job]));
      await failWith(context, client, waited);
    });
  });
}

function add(
  client: Client,
  inputs: readonly DownloadInput[],
  options: AddOptions,
): Promise<DownloadJob> {
  const job = {
    strategy: options.strategy,
    parallelFiles: options.parallel,
    priority: options.priority,
    files: options.files,
    paused: options.paused ?? false,
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.startAt === undefined ? {} : { startAt: options.startAt }),
    ...(options.pathTemplate === undefined ? {} : { pathTemplate: options.pathTemplate }),
  };
  if (options.manifest !== undefined) {
    const query = { name: basename(options.manifest), ...job };
    return client.upload<DownloadJob>('/api/downloads/jobs/manifest', options.manifest, query);
  }
  const body: JobBody = { inputs: [...inputs], ...job };
  return client.send<DownloadJob>('POST', '/api/downloads/jobs', body);
}

/** @throws CommandError when there is nothing to download, or a manifest and something else */
async function inputsOf(
  context: Context,
  links: readonly string[],
  options: AddOptions,
): Promise<DownloadInput[]> {
  const { source, collection, creator, manifest, model, modelVersion, models, search } = options;
  const inputs: DownloadInput[] = links.map((url) => ({ kind: 'link', url }));
  if (search !== undefined) {
    const found = { ...searchOf(options, search), limit: 100 };
    inputs.push({ kind: 'search', search: found, models });
  } else if (creator !== undefined) inputs.push({ kind: 'creator', source, id: creator });
  if (collection !== undefined) inputs.push({ kind: 'collection', source, id: collection });
  if (model !== undefined) inputs.push({ kind: 'model', source, id: model });
  if (modelVersion !== undefined) inputs.push({ kind: 'version', source, id: modelVersion });
  if (manifest === undefined) {
    if (inputs.length > 0) return inputs;
    throw usage(
      context,
      'DOWNLOADS_NOTHING_NAMED',
      'Name what to download: a link, --manifest, --search, --creator, --collection, --model or --model-version.',
      'ダウンロードするものを指定してください: リンク、--manifest、--search、--creator、--collection、--model、--model-version。',
    );
  }
  if (inputs.length > 0) {
    throw usage(
      context,
      'DOWNLOADS_MANIFEST_ALONE',
      'A manifest makes a job of its own: leave out links and the other sources.',
      'マニフェストは単独のジョブになります。リンクやほかの指定と併用できません。',
    );
  }
  await checkFile(context, manifest);
  return [];
}
