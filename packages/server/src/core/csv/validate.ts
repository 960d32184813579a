import {
  type ColumnRule,
  type ColumnRuleInput,
  columnRuleSchema,
  type RowError,
  type RowErrorCode,
  type ValueFormat,
} from './contract.ts';
import { createUniqueValues, type UniqueValues } from './unique-values.ts';
import { CellFault, type CellParser, type CellValue } from './value/cell.ts';
import { createCellParser } from './value/cell-parser.ts';
import { CURRENCY_DECIMALS } from './value/number.ts';

const MAX_VALUE_REPORTED = 200;

/** Turns the cells of one row into values. */
export interface RowValidator {
  /**
   * @param suspect the batch's flag: cells may hold NUL or U+FFFD and are searched for them.
   * @param errors  gets one entry for each thing wrong, in the order of the rules.
   * @returns one value per rule, in the order of the rules; null when the row is rejected.
   */
  validate(
    cells: readonly string[],
    line: number,
    suspect: boolean,
    errors: RowError[],
  ): CellValue[] | null;
}

interface Column {
  readonly name: string;
  readonly index: number;
  readonly parse: CellParser;
  readonly required: boolean;
  readonly seen: UniqueValues | null;
  readonly bounded: boolean;
  readonly min: number | string;
  readonly max: number | string;
}

/**
 * Compiles column rules.
 *
 * @param width number of columns every row must have.
 * @throws ZodError for a rule of the wrong shape; RangeError for a column outside `width` or a bound that does not fit its
 *         column's type.
 */
export function createRowValidator(
  width: number,
  rules: readonly ColumnRuleInput[],
  format: ValueFormat,
): RowValidator {
  const columns = rules.map((rule) => compile(columnRuleSchema.parse(rule), width, format));
  return {
    validate(cells, line, suspect, errors) {
      if (cells.length !== width) {
        const code = cells.length < width ? 'too-few-columns' : 'too-many-columns';
        errors.push({ line, column: null, code, value: null });
        return null;
      }
      const errorsBefore = errors.length;
      const values: CellValue[] = [];
      for (const column of columns) {
        const text = cells[column.index]!;
        const value = check(column, text, suspect);
        if (value instanceof CellFault) errors.push(report(column, text, line, value.code));
        else values.push(value);
      }
      return errors.length === errorsBefore ? values : null;
    },
  };
}

const REQUIRED = new CellFault('required');
const DUPLICATE = new CellFault('duplicate');
const BELOW_MINIMUM = new CellFault('below-minimum');
const ABOVE_MAXIMUM = new CellFault('above-maximum');
const INVALID_CHARACTERS = new CellFault('invalid-characters');

function check(column: Column, text: string, suspect: boolean): CellValue | CellFault {
  if (suspect && (text.includes('\0') || text.includes('\uFFFD'))) return INVALID_CHARACTERS;
  const value = text === '' ? null : column.parse(text);
  if (value === null) return column.required ? REQUIRED : null;
  if (value instanceof CellFault) return value;
  if (column.bounded) {
    if (value < column.min) return BELOW_MINIMUM;
    if (value > column.max) return ABOVE_MAXIMUM;
  }
  if (column.seen !== null && typeof value !== 'boolean' && !column.seen.add(value)) {
    return DUPLICATE;
  }
  return value;
}

function report(column: Column, text: string, line: number, code: RowErrorCode): RowError {
  return { line, column: column.name, code, value: text.slice(0, MAX_VALUE_REPORTED) };
}

function compile(rule: ColumnRule, width: number, format: ValueFormat): Column {
  if (rule.index >= width) {
    throw new RangeError(`${rule.name}: column ${rule.index} is outside a file of ${width}`);
  }
  const [lowest, highest] = rule.type === 'date' ? ['0', '~'] : [-Infinity, Infinity];
  return {
    name: rule.name,
    index: rule.index,
    parse: createCellParser(rule, format),
    required: rule.required,
    seen: rule.unique ? createUniqueValues() : null,
    bounded: rule.min !== undefined || rule.max !== undefined,
    min: rule.min === undefined ? lowest! : bound(rule, rule.min),
    max: rule.max === undefined ? highest! : bound(rule, rule.max),
  };
}

/** A bound in the unit of the parsed value. */
function bound(rule: ColumnRule, limit: number | string): number | string {
  const { type, name } = rule;
  if (type === 'text' || type === 'empty' || type === 'boolean') {
    throw new RangeError(`${name}: min and max have no meaning for ${type}`);
  }
  if ((typeof limit === 'string') !== (type === 'date')) {
    const wanted = type === 'date' ? 'a date as YYYY-MM-DD' : 'a number';
    throw new RangeError(`${name}: bound must be ${wanted}, got ${JSON.stringify(limit)}`);
  }
  return type === 'currency' && typeof limit === 'number'
    ? Math.round(limit * 10 ** CURRENCY_DECIMALS)
    : limit;
}
