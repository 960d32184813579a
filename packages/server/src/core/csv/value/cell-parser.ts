import type { ColumnRule, ValueFormat } from '../contract.ts';
import { createBooleanParser } from './boolean.ts';
import type { CellParser } from './cell.ts';
import { createDateParser, createDatetimeParser } from './date.ts';
import {
  createCurrencyParser,
  createIntegerParser,
  createNumberParser,
  createPercentParser,
} from './number.ts';
import { createTextParser } from './text.ts';

/** The parser of a column's cells: type and notation; `required`, `unique` and bounds are the row validator's. */
export function createCellParser(
  rule: Pick<ColumnRule, 'type' | 'formats' | 'format' | 'maxChars' | 'round'>,
  format: ValueFormat,
): CellParser {
  switch (rule.type) {
    case 'text':
    case 'empty':
      return createTextParser(rule.maxChars, rule.format);
    case 'integer':
      return createIntegerParser(format);
    case 'number':
      return createNumberParser(format);
    case 'currency':
      return createCurrencyParser(format, rule.round);
    case 'percent':
      return createPercentParser(format);
    case 'boolean':
      return createBooleanParser(true);
    case 'date':
      return createDateParser(format, rule.formats);
    case 'datetime':
      return createDatetimeParser(format, rule.formats);
  }
}
