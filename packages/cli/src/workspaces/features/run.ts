import { basename } from 'node:path';
import type { SeriesLayout } from '@kizashi/server/contract/series-source';
import type {
  FeaturesImport,
  FeaturesRun,
  RunBody,
  RunConfig,
  RunSet,
} from '@kizashi/server/workspaces/features';
import { type Command, Option } from 'commander';
import type { Client } from '../../client.ts';
import { CommandError } from '../../command-error.ts';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { print } from '../../output.ts';
import { usageErrors } from './errors.ts';
import { addLayoutOptions, type LayoutOptions, layoutOf } from './layout-options.ts';
import { runText, waitForRun } from './run-progress.ts';

interface RunOptions extends CommonOptions, LayoutOptions {
  readonly config?: string;
  readonly sets?: string;
  readonly errors: RunSet['errors'];
  readonly dataset: string[];
  readonly horizon?: string;
  readonly lookahead?: boolean;
  readonly country?: string;
  readonly fresh?: boolean;
  readonly gpu?: RunBody['gpu'];
  readonly background?: boolean;
}

/** `kizashi features run [FILE…] [--config run.yaml]`: files in, three tables out. */
export function runCommand(context: Context): Command {
  const command = subcommand(
    context,
    'run',
    {
      en: 'Store files of series and compute their features into tables',
      ja: '系列のファイルを保存し、特徴量をテーブルに計算する',
    },
    { remote: true },
  ).argument('[file...]');
  const add = (flags: string, en: string, ja: string) =>
    command.option(flags, say(context, { en, ja }));
  addLayoutOptions(context, command);
  add('--config <file>', 'a run as YAML', 'YAML の実行設定');
  add(
    '--sets <a,b@90>',
    'sets of features, @90 also over windows of 90 points; default: all pipelines',
    '特徴量セット。@90 で 90 点の窓も計算（既定: すべてのパイプライン）',
  );
  command.addOption(
    new Option('--errors <mode>', say(context, { en: 'for --sets', ja: '--sets のエラー時の動作' }))
      .choices(['raise', 'warn', 'ignore'])
      .default('warn'),
  );
  command.option(
    '--dataset <group>',
    say(context, { en: 'a stored group; may be repeated', ja: '保存済みのグループ（複数指定可）' }),
    (value: string, all: string[]) => [...all, value],
    [],
  );
  add('--horizon <n>', 'rows known in advance after each series', '将来分の行数');
  add('--lookahead', 'also columns that look at the whole series', '系列全体を見る列も含める');
  add('--country <code>', 'of the holidays; default JP', '祝日の国（既定: JP）');
  add('--fresh', 'compute again what is in the cache', 'キャッシュを使わない');
  command.addOption(
    new Option(
      '--gpu <mode>',
      say(context, {
        en: 'compute on a GPU; default: KIZASHI_FEATURES_GPU',
        ja: 'GPU で計算（既定: KIZASHI_FEATURES_GPU）',
      }),
    ).choices(['off', 'auto', 'require']),
  );
  add('--background', 'start it and do not wait', '開始して待たない');
  return command.action(async (files: string[], options: RunOptions) => {
    const config = await configOf(context, files, options);
    const { database } = config;
    // In the background only a server goes on with it.
    const worker = options.background !== true;
    await withClient(context, { ...options, worker, ...(database && { database }) }, (client) =>
      importAndRun(context, client, config, options),
    );
  });
}

async function importAndRun(
  context: Context,
  client: Client,
  config: RunConfig,
  options: RunOptions,
): Promise<void> {
  const { files, tables, database: _, ...body } = config;
  const groups = new Set<string>();
  const read = async (started: FeaturesImport): Promise<void> => {
    const { report } = await waitForImport(context, client, started);
    for (const loto of report?.groups ?? []) groups.add(loto);
  };
  for (const { path, layout } of files) {
    await read(await uploadFile(client, path, layout));
  }
  for (const { table, layout } of tables) {
    const wanted = { table, layout, store: 'good-rows' };
    await read(await client.send<FeaturesImport>('POST', '/api/features/imports/table', wanted));
  }
  // What was just imported, unless something is named.
  const isNamed = body.datasets !== undefined || body.series !== undefined || groups.size === 0;
  const wanted: RunBody = isNamed ? body : { ...body, datasets: [...groups] };
  const started = await client.send<FeaturesRun>('POST', '/api/features/runs', wanted);
  const run = options.background ? started : await waitForRun(context, client, started.id);
  print(outputOf(context, options), run, () => runText(context, run));
  if (run.state === 'failed' || run.state === 'cancelled') {
    throw new CommandError(`FEATURES_RUN_${run.state.toUpperCase()}`, run.error ?? run.state);
  }
}

function uploadFile(client: Client, path: string, layout: SeriesLayout): Promise<FeaturesImport> {
  return client.upload<FeaturesImport>('/api/features/imports', path, {
    name: basename(path),
    layout: JSON.stringify(layout),
    store: 'good-rows',
  });
}

export async function waitForImport(
  context: Context,
  client: Client,
  started: FeaturesImport,
): Promise<FeaturesImport> {
  // Asked less and less often: a report on thousands of series is long, and so is the import of their points.
  let shown = 0;
  for (let pauseMs = 100; ; pauseMs = Math.min(2000, pauseMs * 1.5)) {
    const item = await client.get<FeaturesImport>(`/api/features/imports/${started.id}`);
    const percent = Math.floor(item.progress * 100);
    if (percent >= shown + 10 && percent < 100) {
      shown = percent;
      context.notice(`${item.name}: ${percent} %`);
    }
    if (item.state === 'failed') {
      throw new CommandError('FEATURES_IMPORT_FAILED', `${item.name}: ${item.error ?? ''}`);
    }
    if (item.state === 'stored') {
      const { report } = item;
      context.notice(
        say(context, {
          en: `${item.name}: ${report?.seriesCount} series, ${report?.points} points, ${report?.rowsRejected} rows rejected`,
          ja: `${item.name}: ${report?.seriesCount} 系列、${report?.points} 点、読めない行 ${report?.rowsRejected}`,
        }),
      );
      return item;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** The YAML file, and over it what the command line says. @throws CommandError */
async function configOf(
  context: Context,
  files: readonly string[],
  options: RunOptions,
): Promise<RunConfig> {
  const [{ checkRunConfig, readRunConfig }, { runConfigSchema }] = await Promise.all([
    import('@kizashi/server/command-line/features'),
    import('@kizashi/server/workspaces/features'),
  ]);
  const config =
    options.config === undefined
      ? runConfigSchema.parse({})
      : await usageErrors(context, () => readRunConfig(options.config!, context.env));
  const layout = await layoutOf(context, options);
  const given = {
    ...config,
    files: [...config.files, ...files.map((path) => ({ path, layout }))],
    sets: setsOf(options) ?? config.sets,
    datasets: options.dataset.length > 0 ? options.dataset : config.datasets,
    horizon: options.horizon === undefined ? config.horizon : Number(options.horizon),
    lookahead: options.lookahead ?? config.lookahead,
    country: options.country ?? config.country,
    fresh: options.fresh ?? config.fresh,
    gpu: options.gpu ?? config.gpu,
  };
  const checked = runConfigSchema.safeParse(given);
  if (checked.success) {
    await usageErrors(context, () => checkRunConfig(checked.data));
    return checked.data;
  }
  const problems = checked.error.issues
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
  throw new CommandError(
    'FEATURES_RUN_INVALID',
    say(context, {
      en: `The run is not right: ${problems}`,
      ja: `実行の指定が正しくありません: ${problems}`,
    }),
    exitCodes.usage,
  );
}

/** `catch22,tsfel@90`: a set, or a set with trailing windows of so many points besides. */
function setsOf({ sets, errors }: RunOptions): unknown[] | undefined {
  return sets?.split(',').map((name) => {
    const [set = '', points] = name.trim().split('@');
    return {
      set,
      errors,
      ...(points === undefined ? {} : { windows: { points: Number(points) } }),
    };
  });
}
