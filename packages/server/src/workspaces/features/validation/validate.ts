import type { Locale } from '../../../core/errors.ts';
import type { SeriesLayout } from '../../../core/series-source/contract.ts';
import { withJoinedTime } from '../../../core/series-source/joined-time.ts';
import { columnsOf } from '../../../core/series-source/layout.ts';
import { openFile } from '../../../core/series-source/open-file.ts';
import { readSeries } from '../../../core/series-source/read-series.ts';
import type { ValidationReport } from '../contract.ts';
import { validationReport } from '../validation/report.ts';

/** What is found in a file; nothing is stored anywhere. @throws SERIES_… */
export async function validateFile(
  file: string,
  layout: SeriesLayout,
  locale: Locale,
): Promise<ValidationReport> {
  const source = await openFile(file, layout);
  try {
    const table = withJoinedTime(source, layout);
    const columns = columnsOf(table, layout);
    const read = await readSeries(table, columns);
    try {
      return validationReport(table, columns, read, locale);
    } finally {
      read.spool.close();
    }
  } finally {
    await source.close();
  }
}
