import { existsSync } from 'node:fs';
import { POINT_MODELS } from '@kizashi/series';
import type { ForecastReply } from '@kizashi/server/contract/forecast';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { type Context, outputOf, say, subcommand, withClient } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { print, table } from '../output.ts';
import { collect } from '../period.ts';
import {
  addFileOptions,
  type ForecastFileOptions,
  forecastFileAction,
  levelsOf,
} from './forecast-file.ts';

interface ForecastOptions extends ForecastFileOptions {
  readonly bucket: string;
  readonly filter: string[];
  readonly from?: string;
  readonly to?: string;
}

/** Names of measures hold no slash, and none of them ends like a file. */
const FILE = /[/\\]|\.(?:csv|tsv|txt|parquet)$/i;
/** What a server forecasts a measure with. */
const MEASURE_MODELS = ['auto', 'ets', 'theta', 'seasonal-naive'];
const MEASURE_ONLY = ['bucket', 'from', 'to', 'filter', 'server'] as const;

/** `kizashi forecast MEASURE|FILE`: what comes next, how sure, and how well the method did on the past. */
export function forecastCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const command = subcommand(
    context,
    'forecast',
    {
      en: 'Forecast a measure (kizashi forecast sales.revenue --h 28), or the series of a CSV or Parquet file, without a server (kizashi forecast FILE.csv --h 28)',
      ja: '指標（kizashi forecast sales.revenue --h 28）、または CSV・Parquet ファイルの系列（kizashi forecast FILE.csv --h 28、サーバー不要）を予測する',
    },
    { remote: true },
  )
    .argument(
      '<measure-or-file>',
      text('measure, e.g. sales.revenue, or file', '指標（例: sales.revenue）またはファイル'),
    )
    .option('--h <n>', text('steps ahead', '予測する期間の数'), '28')
    .addOption(
      new Option('--model <name>', text('method', '手法')).choices(POINT_MODELS).default('auto'),
    )
    .option(
      '--level <percents>',
      text('interval levels, comma separated', '区間の水準（%、カンマ区切り）'),
      '80,95',
    )
    .addOption(
      new Option('--bucket <size>', text('measure: step', '指標: 単位'))
        .choices(['day', 'week', 'month'])
        .default('day'),
    )
    .option('--from <date>', text('measure: first day of history', '指標: 学習データの開始日'))
    .option('--to <date>', text('measure: last day of history', '指標: 学習データの終了日'))
    .option(
      '--filter <dimension:value>',
      text('measure: only these facts; may be repeated', '指標: 絞り込み（複数指定可）'),
      collect,
      [],
    );
  return addFileOptions(context, command).action(
    async (target: string, options: ForecastOptions) => {
      if (FILE.test(target) || existsSync(target)) {
        for (const name of MEASURE_ONLY) {
          if (command.getOptionValueSource(name) === 'cli') throw misplaced(context, name, target);
        }
        await forecastFileAction(context, target, options);
      } else {
        await forecastMeasure(context, target, options);
      }
    },
  );
}

async function forecastMeasure(
  context: Context,
  measure: string,
  options: ForecastOptions,
): Promise<void> {
  const { model } = options;
  if (!MEASURE_MODELS.includes(model)) throw misplaced(context, `model ${model}`, measure);
  const levels = levelsOf(context, options.level);
  await withClient(context, options, async (client) => {
    const reply = await client.get<ForecastReply>('/api/forecast', {
      measure,
      horizon: options.h,
      bucket: options.bucket,
      model,
      level: levels.join(','),
      from: options.from,
      to: options.to,
      filter: options.filter,
    });
    print(outputOf(context, options), reply, () => forecastText(context, reply));
  });
}

function misplaced(context: Context, option: string, target: string): CommandError {
  return new CommandError(
    'OPTION_MISPLACED',
    say(context, {
      en: `--${option} is of no use for ${target}: see --help for what measures and files can be told.`,
      ja: `--${option} は ${target} には使えません。指標とファイルで使える指定は --help で確認できます。`,
    }),
    exitCodes.usage,
  );
}

function forecastText(context: Context, reply: ForecastReply): string {
  const number = new Intl.NumberFormat(context.locale, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(context.locale, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const rows = reply.t.map((t, i) => [
    t,
    number.format(reply.mean[i] ?? 0),
    ...reply.intervals.map(
      (interval) =>
        `${number.format(interval.lower[i] ?? 0)} – ${number.format(interval.upper[i] ?? 0)}`,
    ),
  ]);
  const heading = [
    reply.bucket,
    say(context, { en: 'forecast', ja: '予測' }),
    ...reply.intervals.map((interval) => percent.format(interval.level)),
  ];
  const lines = [
    `${reply.measure.title[context.locale]} — ${reply.model}`,
    '',
    table([heading, ...rows]),
  ];
  if (reply.backtest !== null) {
    const { model, seasonalNaive, ratio } = reply.backtest;
    lines.push(
      '',
      say(context, { en: 'Back-test', ja: 'バックテスト' }),
      table([
        ['', 'MAE', 'RMSE', 'sMAPE', 'MASE'],
        scores(reply.model, model),
        scores(say(context, { en: 'seasonal naive', ja: '季節ナイーブ' }), seasonalNaive),
      ]),
    );
    if (ratio !== null) {
      lines.push(
        say(context, {
          en: `MAE is ${percent.format(ratio)} of the seasonal naive's.`,
          ja: `MAE は季節ナイーブの ${percent.format(ratio)} です。`,
        }),
      );
    }
  }
  for (const warning of reply.warnings) lines.push(`! ${warning.message}`);
  return lines.join('\n');

  function scores(name: string, s: { [K in 'mae' | 'rmse' | 'smape' | 'mase']: number | null }) {
    const cell = (value: number | null) => (value === null ? '—' : number.format(value));
    return [name, cell(s.mae), cell(s.rmse), cell(s.smape), cell(s.mase)];
  }
}
