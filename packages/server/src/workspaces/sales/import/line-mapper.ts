import type { ColumnRuleInput } from '../../../core/csv/contract.ts';
import type { CellValue } from '../../../core/csv/value/cell.ts';
import { type Field, fitsField, type ImportMapping } from '../contract.ts';
import { LINE_KIND } from '../store/tables.ts';
import { cellRule, createConversions } from './read-as.ts';

/** Why an import cannot be started with a mapping; told by `mappingProblemText`. */
export type MappingProblem =
  | 'no-order'
  | 'no-time'
  | 'no-product'
  | 'no-price'
  | 'field-twice'
  | 'type-unfit';

/** A row as it is stored, without the import's number and the line. The name is kept beside the lines. */
export interface MappedRow {
  readonly order: string;
  /** UTC epoch milliseconds. */
  readonly orderedAt: number;
  readonly product: string;
  readonly productName: string | null;
  readonly customer: string | null;
  readonly country: string;
  readonly quantity: number;
  /** e4 */
  readonly unitPrice: number;
  /** e4 */
  readonly amount: number;
  readonly kind: 1 | 2 | 3;
}

export interface LineMapper {
  /** One rule per column in use, for the row reader. */
  readonly rules: readonly ColumnRuleInput[];
  /** @param read values as read, one per rule; null when quantity × price is beyond what is kept exactly */
  map(read: readonly CellValue[]): MappedRow | null;
}

export function mappingProblems(mapping: ImportMapping): MappingProblem[] {
  const fields = mapping.columns.map(({ field }) => field).filter((field) => field !== 'ignore');
  const has = (...names: (typeof fields)[number][]): boolean =>
    names.some((name) => fields.includes(name));
  const problems: MappingProblem[] = [];
  if (!has('order')) problems.push('no-order');
  if (!has('time')) problems.push('no-time');
  if (!has('product', 'productName')) problems.push('no-product');
  if (!has('unitPrice', 'amount')) problems.push('no-price');
  if (new Set(fields).size < fields.length) problems.push('field-twice');
  if (!mapping.columns.every(({ field, type }) => fitsField(field, type))) {
    problems.push('type-unfit');
  }
  return problems;
}

/**
 * From a file's columns to sales lines.
 *
 * Sale: quantity and price above 0. Return: quantity below 0, price above 0 (a cancellation). Anything else is an
 * adjustment: kept, not counted. Without a quantity column each row is one piece, and a total below 0 is a return;
 * without a price column the price is total ÷ quantity. A total in the file wins over quantity × price.
 */
export function createLineMapper(mapping: ImportMapping, names: readonly string[]): LineMapper {
  const used = mapping.columns
    .map((column, index) => ({ ...column, index }))
    .filter((column): column is typeof column & { field: Exclude<Field, 'ignore'> } => {
      return column.field !== 'ignore';
    });
  const convert = createConversions(used, mapping.timeZone);
  const at = (field: Field): number => used.findIndex((column) => column.field === field);
  const order = at('order');
  const time = at('time');
  const product = at('product');
  const productName = at('productName');
  const customer = at('customer');
  const country = at('country');
  const quantityAt = at('quantity');
  const priceAt = at('unitPrice');
  const amountAt = at('amount');

  return {
    rules: used.map(({ field, type, index }) => ({
      // Where the name stands in for the code it must be there, and fit as one.
      ...cellRule(field === 'productName' && product === -1 ? 'product' : field, type),
      name: names[index] ?? `column ${index + 1}`,
      index,
    })),
    map(read) {
      const values = convert(read);
      const total = amountAt === -1 ? null : (values[amountAt] as number);
      const quantity =
        quantityAt === -1 ? (total !== null && total < 0 ? -1 : 1) : (values[quantityAt] as number);
      const price = priceAt === -1 ? priceOf(total!, quantity) : (values[priceAt] as number);
      const amount = total ?? Math.round(quantity * price);
      if (!Number.isSafeInteger(amount) || !Number.isSafeInteger(price)) return null;
      const name = productName === -1 ? null : (values[productName] as string | null);
      return {
        order: values[order] as string,
        orderedAt: values[time] as number,
        product: product === -1 ? name! : (values[product] as string),
        productName: product === -1 ? null : name,
        customer: customer === -1 ? null : (values[customer] as string | null),
        country: country === -1 ? '' : ((values[country] as string | null) ?? ''),
        quantity,
        unitPrice: price,
        amount,
        kind: kindOf(quantity, price),
      };
    },
  };
}

function priceOf(total: number, quantity: number): number {
  return quantity === 0 ? total : Math.round(total / quantity);
}

function kindOf(quantity: number, price: number): MappedRow['kind'] {
  if (price <= 0 || quantity === 0) return LINE_KIND.adjustment;
  return quantity > 0 ? LINE_KIND.sale : LINE_KIND.return;
}
