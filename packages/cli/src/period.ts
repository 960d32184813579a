import {
  isoDate,
  PERIOD_PRESETS,
  type PeriodPreset,
  parseIsoDate,
  presetPeriod,
} from '@kizashi/series';
import type { Organisation } from '@kizashi/server/contract/settings';
import { type Command, Option } from 'commander';
import type { Client } from './client.ts';
import { CommandError } from './command-error.ts';
import { type Context, say } from './context.ts';
import { exitCodes } from './exit-codes.ts';

export interface PeriodOptions {
  readonly from?: string;
  readonly to?: string;
  readonly period: PeriodPreset;
}

/** Adds --from, --to and --period. */
export function periodOptions(context: Context, command: Command): void {
  command
    .option('--from <date>', say(context, { en: 'first day, YYYY-MM-DD', ja: '開始日 YYYY-MM-DD' }))
    .option('--to <date>', say(context, { en: 'last day, YYYY-MM-DD', ja: '終了日 YYYY-MM-DD' }))
    .addOption(
      new Option(
        '--period <name>',
        say(context, {
          en: 'named period, counted back from the last day with data; ignored with --from/--to',
          ja: '期間の名前（データの最終日から数える）。--from / --to があれば無視',
        }),
      )
        .choices(PERIOD_PRESETS)
        .default('last-28-days'),
    );
}

/** For options that may be repeated. */
export function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

/** The days the options mean, `YYYY-MM-DD`; a named period is counted back from the last day with sales. */
export async function resolvePeriod(
  context: Context,
  client: Client,
  options: PeriodOptions,
): Promise<{ from: string; to: string }> {
  if (options.from !== undefined && options.to !== undefined) {
    return { from: options.from, to: options.to };
  }
  const { range } = await client.get<{ range: { from: string; to: string } | null }>(
    '/api/sales/range',
  );
  if (range === null) {
    throw new CommandError(
      'NO_SALES',
      say(context, {
        en: 'There are no sales yet. Import some: kizashi import FILE.csv',
        ja: '売上データがまだありません。kizashi import ファイル.csv で取り込んでください。',
      }),
      exitCodes.failed,
    );
  }
  const settings = await client.get<Organisation>('/api/settings');
  const period = presetPeriod(options.period, {
    today: parseIsoDate(range.to),
    data: { from: parseIsoDate(range.from), to: parseIsoDate(range.to) },
    weekStart: settings.weekStartsOn === 7 ? 'sunday' : 'monday',
    fiscalStartMonth: settings.fiscalYearStartMonth,
  });
  return { from: options.from ?? isoDate(period.from), to: options.to ?? isoDate(period.to) };
}
