import type { SeriesLayout } from '@kizashi/server/contract/series-source';
import type { Command } from 'commander';
import { type Context, say } from '../../context.ts';
import {
  addSeriesLayoutOptions,
  type SeriesLayoutOptions,
  seriesLayoutOf,
} from '../../series-layout.ts';

export interface LayoutOptions extends SeriesLayoutOptions {
  readonly loto?: string;
  readonly name?: string;
  readonly seriesColumns?: string;
  readonly numbers?: string;
  readonly exogenous?: string;
}

/** Options that say which column of a table is what; without them columns are found by name and content. */
export function addLayoutOptions(context: Context, command: Command): Command {
  addSeriesLayoutOptions(context, command);
  const add = (flags: string, en: string, ja: string) =>
    command.option(flags, say(context, { en, ja }));
  add('--loto <column>', 'column with the group of each row', 'グループ（くじの種類など）の列');
  add('--name <group>', 'group of all rows, where no column says it', '全行のグループ名');
  add('--series-columns <a,b>', 'columns that are a series each', '列ごとに 1 系列とする列');
  add('--numbers <column>', 'column that lists several numbers', '数字が並んだ列');
  add('--exogenous <a,b>', 'further columns to keep', '一緒に保存する列');
  return command;
}

/** @throws CommandError LAYOUT_INVALID */
export function layoutOf(context: Context, options: LayoutOptions): SeriesLayout {
  const { loto, name, numbers } = options;
  const list = (text: string | undefined) => text?.split(',').map((part) => part.trim());
  return seriesLayoutOf(context, options, {
    loto,
    name,
    numbers,
    series: list(options.seriesColumns),
    exogenous: list(options.exogenous),
  });
}
