import type { RejectedRow } from '../../../core/csv/read-rows.ts';
import type { Database } from '../../../core/db/database.ts';
import { bulkInsert, type Value } from '../../../core/db/write.ts';
import { updateRunningImport } from '../store/imports.ts';
import { lineColumns } from '../store/lines.ts';
import type { ImportRow, SalesQuery } from '../store/tables.ts';

/** Rejected rows that are listed on the page; the file holds all of them. */
export const LISTED_ERRORS = 10_000;

export type Checkpoint = Pick<
  ImportRow,
  | 'last_line'
  | 'rows_read'
  | 'rows_stored'
  | 'rows_rejected'
  | 'rows_adjustment'
  | 'rejects_bytes'
  | 'progress'
>;

export interface CheckpointBatch {
  readonly number: number;
  /** Values in the order of `lineColumns`. */
  readonly lines: readonly (readonly Value[])[];
  readonly rejected: readonly RejectedRow[];
  /** Position of the first of `rejected` among the import's errors. */
  readonly errorsBefore: number;
}

/**
 * Stores a batch and how far the import has come, together or not at all: after a crash it goes on behind the last
 * batch that is complete.
 *
 * @returns false when the import is no longer running (cancelled meanwhile); nothing is stored then.
 */
export async function saveCheckpoint(
  db: Database,
  id: string,
  batch: CheckpointBatch,
  checkpoint: Checkpoint,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const query = trx.withTables() as unknown as SalesQuery;
    if (!(await updateRunningImport(query, id, checkpoint))) return false;
    await bulkInsert(trx, { table: 'sales_lines', columns: lineColumns, rows: batch.lines });
    await bulkInsert(trx, {
      table: 'sales_import_errors',
      columns: ['import_number', 'position', 'line', 'column_name', 'code', 'value'],
      rows: errorRows(batch),
    });
    return true;
  });
}

function errorRows({ number, rejected, errorsBefore }: CheckpointBatch): Value[][] {
  const rows: Value[][] = [];
  for (const { errors } of rejected) {
    for (const { line, column, code, value } of errors) {
      const position = errorsBefore + rows.length;
      if (position >= LISTED_ERRORS) return rows;
      rows.push([number, position, line, column, code, value]);
    }
  }
  return rows;
}
