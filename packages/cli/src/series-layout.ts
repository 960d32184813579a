import { type SeriesLayout, seriesLayoutSchema } from '@kizashi/server/contract/series-source';
import type { Command } from 'commander';
import { CommandError } from './command-error.ts';
import { type Context, say } from './context.ts';
import { exitCodes } from './exit-codes.ts';

export interface SeriesLayoutOptions {
  readonly id?: string;
  readonly time?: string;
  readonly value?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly dateOrder?: string;
  readonly timeZone?: string;
}

/** Options that say which columns of a file make series, and how it is written; without them that is found out. */
export function addSeriesLayoutOptions(context: Context, command: Command): Command {
  const add = (flags: string, en: string, ja: string) =>
    command.option(flags, say(context, { en, ja }));
  add('--id <column>', 'column that names the series', '系列名の列');
  add(
    '--time <column>',
    'column with the times, or several that make one: year,month',
    '日時の列。複数の列で表すときは「年,月」のように書く',
  );
  add('--value <column>', 'column with the values', '値の列');
  add(
    '--encoding <name>',
    'utf-8, shift_jis, euc-jp …; default: found',
    '文字コード（既定: 自動）',
  );
  add('--delimiter <mark>', 'default: found', '区切り文字（既定: 自動）');
  add('--no-header', 'the first line is a row', '先頭行は見出しではない');
  add('--date-order <order>', 'day-first or month-first', '日付の順序');
  add('--time-zone <zone>', 'of times without an offset; default UTC', 'タイムゾーン（既定: UTC）');
  return command;
}

/** @throws CommandError LAYOUT_INVALID */
export function seriesLayoutOf(
  context: Context,
  options: SeriesLayoutOptions,
  further: Readonly<Record<string, unknown>> = {},
): SeriesLayout {
  const layout = seriesLayoutSchema.safeParse({
    id: options.id,
    time: options.time,
    y: options.value,
    encoding: options.encoding,
    delimiter: options.delimiter,
    hasHeader: options.header === false ? false : undefined,
    dateOrder: options.dateOrder,
    timeZone: options.timeZone,
    ...further,
  });
  if (layout.success) return layout.data;
  const problems = layout.error.issues
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
  throw new CommandError(
    'LAYOUT_INVALID',
    say(context, {
      en: `The choice of columns is wrong: ${problems}`,
      ja: `列の指定が正しくありません: ${problems}`,
    }),
    exitCodes.usage,
  );
}
