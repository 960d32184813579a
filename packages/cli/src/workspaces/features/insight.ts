import type {
  FeatureQuality,
  FeaturesImport,
  LotteryInsight,
  SeriesDecomposition,
  SeriesPatterns,
} from '@kizashi/server/workspaces/features';
import type { Command } from 'commander';
import type { Query } from '../../client.ts';
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
import { print, table } from '../../output.ts';
import { waitForImport } from './run.ts';

const SHOWN = 10;

/** What the pages look into, as commands: parts and patterns of a series, quality, number games, the example. */
export const insightCommands: readonly CreateCommand[] = [
  decompositionCommand,
  patternsCommand,
  qualityCommand,
  lotteryCommand,
  exampleCommand,
];

/** `kizashi features decomposition DATASET SERIES` */
function decompositionCommand(context: Context): Command {
  return seriesCommand(context, 'decomposition', {
    en: 'Trend, season and remainder (STL) of a stored series',
    ja: '保存した系列のトレンド・季節・残差（STL）',
  })
    .option(
      '--period <points>',
      say(context, { en: 'default: found', ja: '周期の点数（既定: 自動）' }),
    )
    .option('--robust', say(context, { en: 'outliers count less', ja: '外れ値の影響を抑える' }))
    .action(async (loto: string, uniqueId: string, options: SeriesOptions) => {
      const { period, robust } = options;
      const query = { loto, uniqueId, period, robust: robust ? 'true' : undefined };
      await show<SeriesDecomposition>(context, options, 'decomposition', query, (parts) =>
        table([
          ['status', parts.status],
          ['period', text(parts.period)],
          ['trend', text(parts.trendStrength)],
          ['season', text(parts.seasonStrength)],
        ]),
      );
    });
}

/** `kizashi features patterns DATASET SERIES` */
function patternsCommand(context: Context): Command {
  return seriesCommand(context, 'patterns', {
    en: 'Motifs and discords of a stored series',
    ja: '保存した系列のモチーフとディスコード',
  })
    .option(
      '--window <points>',
      say(context, { en: 'length of a stretch; default: found', ja: '並びの長さ（既定: 自動）' }),
    )
    .option('--top <n>', say(context, { en: 'how many of each', ja: 'それぞれの件数' }))
    .action(async (loto: string, uniqueId: string, options: SeriesOptions) => {
      const query = { loto, uniqueId, window: options.window, top: options.top };
      await show<SeriesPatterns>(context, options, 'patterns', query, (found) =>
        table([
          ['status', found.status, 'window', text(found.window)],
          ...found.motifs.map(({ first, second, distance }) => [
            'motif',
            text(first),
            text(second),
            text(distance),
          ]),
          ...found.discords.map(({ start, distance }) => [
            'discord',
            text(start),
            '',
            text(distance),
          ]),
        ]),
      );
    });
}

/** `kizashi features quality` */
function qualityCommand(context: Context): Command {
  return subcommand(
    context,
    'quality',
    {
      en: 'Missing, constant and correlated features of a table',
      ja: '欠損・一定・相関の高い特徴量',
    },
    { remote: true },
  )
    .option('--table <name>', say(context, { en: 'stat or hist', ja: 'stat または hist' }), 'stat')
    .option('--dataset <name>', say(context, { en: 'one group only', ja: 'データセットを絞る' }))
    .option(
      '--correlation <limit>',
      say(context, { en: 'of the pairs that are listed', ja: '一覧に載せる相関の下限' }),
      '0.95',
    )
    .action(async (options: SeriesOptions) => {
      const query = {
        table: options.table,
        loto: options.dataset,
        correlation: options.correlation,
      };
      await show<FeatureQuality>(context, options, 'quality', query, qualityTable);
    });
}

/** `kizashi features lottery DATASET` */
function lotteryCommand(context: Context): Command {
  return subcommand(
    context,
    'lottery',
    {
      en: 'A number game: frequencies, gaps, pairs, and tests of randomness. Draws are independent: nothing here foretells the next one.',
      ja: '数字選択式宝くじの頻度・間隔・組み合わせと乱数性の検定。抽選は毎回独立で、次回は予測できません。',
    },
    { remote: true },
  )
    .argument('<dataset>')
    .option(
      '--window <draws>',
      say(context, { en: 'draws that count as recent', ja: '直近とみなす回数' }),
      '30',
    )
    .action(async (loto: string, options: SeriesOptions) => {
      const query = { loto, window: options.window };
      await show<LotteryInsight>(context, options, 'lottery', query, lotteryTable);
    });
}

/** `kizashi features example` */
function exampleCommand(context: Context): Command {
  return subcommand(
    context,
    'example',
    {
      en: 'Import something to look at: every draw of Loto 6 from 2000 to August 2026',
      ja: 'サンプルを取り込む: 2000年から2026年8月までのロト6の全抽選結果',
    },
    { remote: true },
  ).action(async (options: CommonOptions) => {
    await withClient(context, { ...options, worker: true }, async (client) => {
      const started = await client.send<FeaturesImport>('POST', '/api/features/example');
      const stored = await waitForImport(context, client, started);
      print(outputOf(context, options), stored, () => stored.id);
    });
  });
}

interface SeriesOptions extends CommonOptions {
  readonly period?: string;
  readonly robust?: boolean;
  readonly window?: string;
  readonly top?: string;
  readonly table?: string;
  readonly dataset?: string;
  readonly correlation?: string;
}

function seriesCommand(context: Context, name: string, description: Text): Command {
  return subcommand(context, name, description, { remote: true })
    .argument('<dataset>')
    .argument('<series>');
}

async function show<T>(
  context: Context,
  options: CommonOptions,
  what: string,
  query: Query,
  lines: (found: T) => string,
): Promise<void> {
  await withClient(context, options, async (client) => {
    const found = await client.get<T>(`/api/features/insight/${what}`, query);
    print(outputOf(context, options), found, () => lines(found));
  });
}

function qualityTable(quality: FeatureQuality): string {
  const { features, rowsRead, rows, pairs, pairsFound } = quality;
  const missing = features
    .filter((feature) => feature.missing > 0)
    .sort((a, b) => b.missing - a.missing);
  return table([
    ['rows', `${rowsRead} / ${rows}`],
    ['features', text(features.length)],
    ['constant', text(features.filter(({ constant }) => constant).length)],
    ['missing', text(missing.length)],
    ...missing.slice(0, SHOWN).map((one) => [`  ${one.set}: ${one.name}`, text(one.missing)]),
    ['correlated', text(pairsFound)],
    ...pairs
      .slice(0, SHOWN)
      .map(({ a, b, correlation }) => [`  ${a}`, `${b} ${text(correlation)}`]),
  ]);
}

function lotteryTable({ tests, numbers, pairs }: LotteryInsight): string {
  const { frequencies, runs, serial } = tests;
  const tested = (name: string, test: { statistic: number | null; pValue: number | null }) => [
    name,
    text(test.statistic),
    text(test.pValue),
  ];
  const heats = { '-1': 'cold', 0: '', 1: 'hot' } as const;
  return [
    table([
      ['test', 'statistic', 'p'],
      tested('chi-square', frequencies),
      tested('runs', runs),
      tested('serial', serial),
    ]),
    table([
      ['number', 'count', 'recent', '', 'gap', 'longest'],
      ...numbers.map((one) => [
        text(one.number),
        text(one.count),
        text(one.recent),
        heats[one.heat as -1 | 0 | 1],
        text(one.gap),
        text(one.longestGap),
      ]),
    ]),
    table([
      ['pair', 'count'],
      ...pairs.slice(0, SHOWN).map((pair) => [pair.numbers.join(' '), text(pair.count)]),
    ]),
  ].join('\n\n');
}

function text(value: number | null): string {
  return value === null ? '—' : String(Number(value.toPrecision(4)));
}
