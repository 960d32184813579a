import type { Locale } from '../../../core/errors.ts';
import type { SeriesLayout, ValidationReport } from '../contract.ts';
import { columnsOf } from '../source/layout.ts';
import { readSeries } from '../source/read-series.ts';
import { validationReport } from '../source/report.ts';
import { openFile } from './extract.ts';

/** What is found in a file; nothing is stored anywhere. @throws FEATURES_FILE_…, FEATURES_COLUMN_…, FEATURES_NO_… */
export async function validateFile(
  file: string,
  layout: SeriesLayout,
  locale: Locale,
): Promise<ValidationReport> {
  const source = await openFile(file, layout);
  try {
    const columns = columnsOf(source, layout);
    const read = await readSeries(source, columns);
    try {
      return validationReport(source, columns, read, locale);
    } finally {
      read.spool.close();
    }
  } finally {
    await source.close();
  }
}
