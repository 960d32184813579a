import { fromJson } from '../../../core/db/columns.ts';
import type { Locale } from '../../../core/errors.ts';
import type { SalesImport } from '../contract.ts';
import type { ImportRow } from '../store/tables.ts';
import { importFailureText } from './texts.ts';

export function toSalesImport(row: ImportRow, locale: Locale): SalesImport {
  return {
    id: row.id,
    name: row.name,
    // Done for a reader means: in the figures.
    state: row.state === 'done' && row.finished_at === null ? 'running' : row.state,
    mode: row.mode,
    mapping: fromJson(row.mapping),
    demo: row.demo === 1,
    jobId: row.job_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    rowsRead: row.rows_read,
    rowsStored: row.rows_stored,
    rowsRejected: row.rows_rejected,
    rowsAdjustment: row.rows_adjustment,
    progress: row.progress,
    error: row.error === null ? null : importFailureText(fromJson(row.error), locale),
  };
}
