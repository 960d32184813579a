import type { ColumnRuleInput, ColumnType } from '../../../core/csv/contract.ts';
import type { CellValue } from '../../../core/csv/value/cell.ts';
import { createLocalTime } from '../../../core/csv/value/local-time.ts';
import type { Field } from '../contract.ts';

// What the type that was chosen for a column does: which cells are refused, and how the others become what is stored.

type UsedField = Exclude<Field, 'ignore'>;

const MS_PER_DAY = 86_400_000;
const E4 = 10_000;
/** A typing error in the year would stretch every chart to it. */
const FIRST_DAY = '1970-01-01';
const LAST_DAY = '2100-12-31';

const RULES: Readonly<Record<UsedField, Omit<ColumnRuleInput, 'name' | 'index' | 'type'>>> = {
  order: { required: true, maxChars: 100 },
  time: { required: true },
  product: { required: true, maxChars: 200 },
  productName: { maxChars: 400 },
  customer: { maxChars: 200 },
  country: { maxChars: 100 },
  quantity: { required: true },
  unitPrice: { required: true, round: true },
  amount: { required: true, round: true },
};

/** What a cell of a field must hold when it is read as `type`. */
export function cellRule(
  field: UsedField,
  type: ColumnType,
): Omit<ColumnRuleInput, 'name' | 'index'> {
  const rule = { ...RULES[field], type };
  if (field !== 'time') return rule;
  return type === 'date'
    ? { ...rule, min: FIRST_DAY, max: LAST_DAY }
    : { ...rule, min: 0, max: Date.parse(LAST_DAY) + MS_PER_DAY };
}

/** What is stored of a cell that was read: codes as text, times as UTC epoch ms, money × 10,000. */
function conversionOf(
  field: UsedField,
  type: ColumnType,
  timeZone: string,
): ((value: string | number) => CellValue) | undefined {
  switch (field) {
    case 'order':
    case 'product':
    case 'productName':
    case 'customer':
    case 'country':
      return type === 'integer' ? String : undefined;
    case 'time': {
      if (type !== 'date') return undefined;
      const toEpochMs = createLocalTime(timeZone);
      return (day) => toEpochMs(Date.parse(day as string) / MS_PER_DAY, 0);
    }
    case 'unitPrice':
    case 'amount':
      return type === 'currency' ? undefined : (value) => Math.round((value as number) * E4);
    case 'quantity':
      return undefined;
  }
}

/** Turns the values of a row as read, one per column, into those that are stored. */
export function createConversions(
  columns: readonly { readonly field: UsedField; readonly type: ColumnType }[],
  timeZone: string,
): (read: readonly CellValue[]) => readonly CellValue[] {
  const conversions = columns.flatMap(({ field, type }, at) => {
    const convert = conversionOf(field, type, timeZone);
    return convert === undefined ? [] : [{ at, convert }];
  });
  // Most files need none: their rows go through untouched.
  if (conversions.length === 0) return (read) => read;
  return (read) => {
    const values = [...read];
    for (const { at, convert } of conversions) {
      const value = values[at];
      if (typeof value === 'string' || typeof value === 'number') values[at] = convert(value);
    }
    return values;
  };
}
