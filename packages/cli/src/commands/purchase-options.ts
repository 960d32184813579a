import { InvalidInput, parseIsoDate } from '@kizashi/series';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { type CommonOptions, type Context, say } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Text } from '../locale.ts';
import { addTextOptions, type TextOptions } from '../text-options.ts';

/** Options of the commands that read a file of purchases. */
export interface PurchaseFileOptions extends CommonOptions, TextOptions {
  readonly customer: string;
  readonly time?: string;
  readonly until?: string;
}

const COLUMNS = {
  customer: { en: 'column with the customer', ja: '顧客の列' },
  time: { en: 'column with the day of the purchase', ja: '購入日の列' },
  amount: { en: 'column with the amount of money', ja: '金額の列' },
  item: { en: 'column with the item', ja: '商品の列' },
  quantity: {
    en: 'column with the quantity (0 or less: a return); an amount is the price of one then',
    ja: '数量の列（0 以下は返品）。金額は単価とみなす',
  },
  order: {
    en: 'column with the order, for what is bought together; default: customer and day',
    ja: '注文番号の列（併売の集計用。既定は顧客と購入日）',
  },
} as const satisfies Readonly<Record<string, Text>>;
type Column = keyof typeof COLUMNS;

/** The columns that make purchases, --until, and how the file is written; the last is found where it is not said. */
export function addPurchaseOptions(
  context: Context,
  command: Command,
  columns: { readonly required: readonly Column[]; readonly optional: readonly Column[] },
): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  for (const name of columns.required) {
    command.requiredOption(`--${name} <column>`, say(context, COLUMNS[name]));
  }
  for (const name of columns.optional) {
    command.option(`--${name} <column>`, say(context, COLUMNS[name]));
  }
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
