import { rowErrorTexts } from '../../../core/csv/row-error-text.ts';
import { fromJson } from '../../../core/db/columns.ts';
import type { Locale } from '../../../core/errors.ts';
import type { FeaturesImport, ValidationReport } from '../contract.ts';
import type { ImportRow } from '../store/tables.ts';

export function toFeaturesImport(row: ImportRow, locale: Locale): FeaturesImport {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    source: row.source,
    sizeBytes: row.size_bytes,
    report: row.report === null ? null : inLanguage(fromJson(row.report), locale),
    progress: row.progress,
    error: row.error === null ? null : fromJson(row.error)[locale],
    createdBy: row.created_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

/** Stored reports speak the language of who uploaded. */
function inLanguage(report: ValidationReport, locale: Locale): ValidationReport {
  const texts: Readonly<Record<string, { en: string; ja: string }>> = rowErrorTexts;
  const rejected = report.rejected.map((row) => ({
    ...row,
    message: texts[row.code]?.[locale] ?? row.message,
  }));
  return { ...report, rejected };
}
