import type { Delimiter, Encoding } from '../../../core/csv/contract.ts';
import type { ReadRowsOptions } from '../../../core/csv/read-rows.ts';
import type { ImportMapping } from '../contract.ts';
import type { LineMapper } from './line-mapper.ts';

/** What a person chose about a file, as choices for the detection of the rest. */
export function chosenLayout(mapping: ImportMapping) {
  return {
    encoding: mapping.encoding as Encoding,
    delimiter: mapping.delimiter as Delimiter,
    hasHeader: mapping.hasHeader,
  };
}

/** How a file is read under a mapping. */
export function readOptions(
  mapping: ImportMapping,
  mapper: LineMapper,
  decimalMark: '.' | ',',
): ReadRowsOptions {
  return {
    ...chosenLayout(mapping),
    width: mapping.columns.length,
    rules: mapper.rules,
    format: {
      timeZone: mapping.timeZone,
      dateOrder: mapping.dateOrder,
      decimalMark: mapping.decimalMark ?? decimalMark,
      // In a Shift_JIS file the yen sign is the byte of the backslash.
      backslashIsYen: mapping.encoding === 'shift_jis',
    },
  };
}
