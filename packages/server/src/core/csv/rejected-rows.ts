import type { RowError } from './contract.ts';
import type { RejectedRow } from './read-rows.ts';
import { rowErrorTexts } from './row-error-text.ts';
import { type CsvWriterOptions, createCsvWriter } from './write.ts';

const LABELS = {
  en: { line: 'line', reason: 'reason', between: ': ' },
  ja: { line: '行', reason: '理由', between: '：' },
} as const;

/** A file of the rows that were not imported, to be mended and imported again. */
export interface RejectedRowsWriter {
  /** The next bytes of the file; the first call begins with the header. */
  write(rejected: readonly RejectedRow[]): Uint8Array;
}

/**
 * Columns: the physical line, what is wrong in words, then those of the original file in their order: in front, so that
 * rows with too many or too few cells do not displace them. Cells are as they were read, quoted anew; what a spreadsheet
 * would run as a formula is neutralised.
 *
 * @param columnNames the file's columns. Rows with more cells than these keep them all, so that nothing is lost.
 */
export function createRejectedRowsWriter(
  columnNames: readonly string[],
  locale: 'en' | 'ja',
  options: Pick<CsvWriterOptions, 'delimiter' | 'encoding'> = {},
): RejectedRowsWriter {
  const csv = createCsvWriter(options);
  const labels = LABELS[locale];
  let headerPending = true;

  function reason({ column, code }: RowError): string {
    const text = rowErrorTexts[code][locale];
    return column === null ? text : `${column}${labels.between}${text}`;
  }

  function* lines(rejected: readonly RejectedRow[]): Generator<(string | number)[]> {
    if (headerPending) yield [labels.line, labels.reason, ...columnNames];
    headerPending = false;
    for (const { line, cells, errors } of rejected) {
      yield [line, errors.map(reason).join(' / '), ...cells];
    }
  }

  return { write: (rejected) => csv.write(lines(rejected)) };
}
