import type { FileColumns } from './file-columns.ts';

/** What a column of a file can be to an analysis. */
export interface ColumnRole<Name extends string> {
  readonly name: Name;
  readonly required: boolean;
  /** What such a column is usually called. */
  readonly called: RegExp;
}

export type ColumnNames<Name extends string> = Readonly<Record<Name, string>>;

/** Columns of a file for the roles that nobody has spoken for; each column is taken once. */
export function guessColumns<Name extends string>(
  roles: readonly ColumnRole<Name>[],
  chosen: ColumnNames<Name>,
  { columns }: FileColumns,
): ColumnNames<Name> {
  const names = { ...chosen } as Record<Name, string>;
  for (const { name } of roles) {
    // One of another file.
    if (columns.length > 0 && !columns.includes(names[name].trim())) names[name] = '';
  }
  for (const { name, called } of roles) {
    if (names[name] !== '') continue;
    const taken = new Set(Object.values(names));
    names[name] = columns.find((column) => called.test(column) && !taken.has(column)) ?? '';
  }
  return names;
}

/** Required ones that are not named. */
export function missingColumns<Name extends string>(
  roles: readonly ColumnRole<Name>[],
  chosen: ColumnNames<Name>,
): readonly Name[] {
  return roles
    .filter(({ name, required }) => required && chosen[name].trim() === '')
    .map(({ name }) => name);
}

/** As options: those that are named. */
export function namedColumns<Name extends string>(
  chosen: ColumnNames<Name>,
): Partial<Record<Name, string>> {
  return Object.fromEntries(
    Object.entries<string>(chosen)
      .map(([name, column]) => [name, column.trim()])
      .filter(([, column]) => column !== ''),
  ) as Partial<Record<Name, string>>;
}

const CUSTOMER =
  /^(?:(?:customer|user|client|member|buyer)(?:[ _-]?(?:id|no|code|name))?|who|顧客(?:名|id|番号|コード)?|会員(?:番号|id)?)$/i;
const DATE =
  /(?:^|[ _-])(?:date|day|time|datetime|timestamp|ordered_?at|ds)$|InvoiceDate|(?:購入|注文|売上)?日(?:付|時)?$/i;
const ITEM =
  /^(?:(?:item|product|sku|stock)(?:[ _-]?(?:id|code|name))?|description|商品(?:名|コード|id)?|品目)$/i;
const QUANTITY = /^(?:quantity|qty|count|units|数量|個数)$/i;
const AMOUNT =
  /^(?:amount|total|sales|revenue|paid|spent|dollars|price|unit[ _-]?price|金額|売上(?:金額)?|価格|単価)$/i;
const ORDER =
  /^(?:(?:order|invoice|receipt|basket)(?:[ _-]?(?:id|no|number))?|注文(?:番号|id)?|伝票(?:番号)?)$/i;

/** Usual names of the columns of purchases. */
export const purchaseNames = {
  customer: CUSTOMER,
  time: DATE,
  amount: AMOUNT,
  item: ITEM,
  quantity: QUANTITY,
  order: ORDER,
} as const;
