import type { SeriesLayout } from '@kizashi/server/workspaces/features';
import type { Command } from 'commander';
import { CommandError } from '../../command-error.ts';
import { type Context, say } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

export interface LayoutOptions {
  readonly id?: string;
  readonly time?: string;
  readonly value?: string;
  readonly loto?: string;
  readonly name?: string;
  readonly seriesColumns?: string;
  readonly numbers?: string;
  readonly exogenous?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly dateOrder?: string;
  readonly timeZone?: string;
}

/** Options that say which column of a table is what; without them columns are found by name and content. */
export function addLayoutOptions(context: Context, command: Command): Command {
  const add = (flags: string, en: string, ja: string) =>
    command.option(flags, say(context, { en, ja }));
  add('--id <column>', 'column that names the series', '系列名の列');
  add('--time <column>', 'column with the times', '日時の列');
  add('--value <column>', 'column with the values', '値の列');
  add('--loto <column>', 'column with the group of each row', 'グループ（くじの種類など）の列');
  add('--name <group>', 'group of all rows, where no column says it', '全行のグループ名');
  add('--series-columns <a,b>', 'columns that are a series each', '列ごとに 1 系列とする列');
  add('--numbers <column>', 'column that lists several numbers', '数字が並んだ列');
  add('--exogenous <a,b>', 'further columns to keep', '一緒に保存する列');
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
export async function layoutOf(context: Context, options: LayoutOptions): Promise<SeriesLayout> {
  const { seriesLayoutSchema } = await import('@kizashi/server/workspaces/features');
  const list = (text: string | undefined) => text?.split(',').map((part) => part.trim());
  const layout = seriesLayoutSchema.safeParse({
    id: options.id,
    time: options.time,
    y: options.value,
    loto: options.loto,
    name: options.name,
    series: list(options.seriesColumns),
    numbers: options.numbers,
    exogenous: list(options.exogenous),
    encoding: options.encoding,
    delimiter: options.delimiter,
    hasHeader: options.header === false ? false : undefined,
    dateOrder: options.dateOrder,
    timeZone: options.timeZone,
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
