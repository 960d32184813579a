import { fromJson } from '../../../core/db/columns.ts';
import type { Locale } from '../../../core/errors.ts';
import type { FeaturesImport } from '../contract.ts';
import type { ImportRow } from '../store/tables.ts';

export function toFeaturesImport(row: ImportRow, locale: Locale): FeaturesImport {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    source: row.source,
    sizeBytes: row.size_bytes,
    report: row.report === null ? null : fromJson(row.report),
    progress: row.progress,
    error: row.error === null ? null : fromJson(row.error)[locale],
    createdBy: row.created_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
