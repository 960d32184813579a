import { InvalidInput, parseIsoDate } from '@kizashi/series';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { type CommonOptions, type Context, say } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { addTextOptions } from '../text-options.ts';

/** Options of the commands that read a file of purchases. */
export interface PurchaseFileOptions extends CommonOptions {
  readonly customer: string;
  readonly time?: string;
  readonly until?: string;
  readonly encoding?: 'utf-8';
  readonly delimiter?: ',';
  readonly header?: boolean;
  readonly dateOrder?: 'day-first' | 'month-first';
}

/** --until, and how the file is written; everything else is found. */
export function addFileOptions(context: Context, command: Command): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  command.option(
    '--until <date>',
    text(
      'last day to look at (YYYY-MM-DD); default: the last in the file',
      '集計の最終日（YYYY-MM-DD）。既定はファイルの最終日',
    ),
  );
  return addTextOptions(context, command).addOption(
    new Option('--date-order <order>', text('of 04/11/2025', '日付の順序')).choices([
      'day-first',
      'month-first',
    ]),
  );
}

/** How the file is written, as far as it was said. */
export function textChoices({ encoding, delimiter, header, dateOrder }: PurchaseFileOptions) {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(header === false ? { hasHeader: false } : {}),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  };
}

/** A day as days since 1970-01-01. @throws CommandError DATE_INVALID */
export function dayOption(
  context: Context,
  name: string,
  date: string | undefined,
): number | undefined {
  if (date === undefined) return undefined;
  try {
    return parseIsoDate(date);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new CommandError(
      'DATE_INVALID',
      say(context, {
        en: `--${name}: write an existing date as YYYY-MM-DD, not “${date}”.`,
        ja: `--${name}: 実在する日付を YYYY-MM-DD で指定してください（「${date}」は使えません）。`,
      }),
      exitCodes.usage,
    );
  }
}

/** A number of an option, within bounds. @throws CommandError NUMBER_INVALID */
export function numberOption(
  context: Context,
  name: string,
  text: string,
  { min, max, whole = false }: { min: number; max: number; whole?: boolean },
): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value))) {
    return value;
  }
  throw new CommandError(
    'NUMBER_INVALID',
    say(context, {
      en: `--${name}: write a ${whole ? 'whole ' : ''}number from ${min} to ${max}, not “${text}”.`,
      ja: `--${name}: ${min} から ${max} までの${whole ? '整数' : '数'}を指定してください（「${text}」は使えません）。`,
    }),
    exitCodes.usage,
  );
}

/** Tells on standard error how many rows did not count, and why. */
export function noticeRows(
  context: Context,
  rows: { readonly rejected: number; readonly returns: number },
): void {
  if (rows.rejected > 0) {
    context.notice(
      say(context, {
        en: `${rows.rejected} rows without a customer, date or number were left out.`,
        ja: `顧客・日付・数値のいずれかを読めない ${rows.rejected} 行を除外しました。`,
      }),
    );
  }
  if (rows.returns > 0) {
    context.notice(
      say(context, {
        en: `${rows.returns} rows with a negative amount or quantity (returns) were left out.`,
        ja: `金額・数量が負の行（返品）${rows.returns} 行を除外しました。`,
      }),
    );
  }
}
