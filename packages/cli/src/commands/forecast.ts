import type { ForecastReply } from '@kizashi/server/contract/forecast';
import { type Command, Option } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../context.ts';
import { print, table } from '../output.ts';
import { collect } from '../period.ts';

interface ForecastOptions extends CommonOptions {
  readonly h: string;
  readonly bucket: string;
  readonly model: string;
  readonly level: string;
  readonly filter: string[];
  readonly from?: string;
  readonly to?: string;
}

/** `kizashi forecast MEASURE`: what comes next, how sure, and how well the method did on the past. */
export function forecastCommand(context: Context): Command {
  return subcommand(
    context,
    'forecast',
    {
      en: 'Forecast a measure (kizashi forecast sales.revenue --h 28)',
      ja: '指標を予測する（kizashi forecast sales.revenue --h 28）',
    },
    { remote: true },
  )
    .argument(
      '<measure>',
      say(context, { en: 'measure, e.g. sales.revenue', ja: '指標（例: sales.revenue）' }),
    )
    .option('--h <n>', say(context, { en: 'steps ahead', ja: '予測する期間の数' }), '28')
    .addOption(
      new Option('--bucket <size>', say(context, { en: 'step', ja: '単位' }))
        .choices(['day', 'week', 'month'])
        .default('day'),
    )
    .addOption(
      new Option('--model <name>', say(context, { en: 'method', ja: '手法' }))
        .choices(['auto', 'ets', 'theta', 'seasonal-naive'])
        .default('auto'),
    )
    .option(
      '--level <fractions>',
      say(context, { en: 'interval levels, comma separated', ja: '区間の水準（カンマ区切り）' }),
      '0.8,0.95',
    )
    .option('--from <date>', say(context, { en: 'first day of history', ja: '学習データの開始日' }))
    .option('--to <date>', say(context, { en: 'last day of history', ja: '学習データの終了日' }))
    .option(
      '--filter <dimension:value>',
      say(context, { en: 'only these facts; may be repeated', ja: '絞り込み（複数指定可）' }),
      collect,
      [],
    )
    .action(async (measure: string, options: ForecastOptions) => {
      await withClient(context, options, async (client) => {
        const reply = await client.get<ForecastReply>('/api/forecast', {
          measure,
          horizon: options.h,
          bucket: options.bucket,
          model: options.model,
          level: options.level,
          from: options.from,
          to: options.to,
          filter: options.filter,
        });
        print(outputOf(context, options), reply, () => forecastText(context, reply));
      });
    });
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
