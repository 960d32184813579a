import type { Kysely } from 'kysely';
import type { Flag, Json } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import type { ErrorParams } from '../../../core/errors.ts';
import type { ImportMapping } from '../contract.ts';

export type ImportState =
  | 'waiting'
  | 'running'
  | 'done'
  | 'rejected'
  | 'failed'
  | 'cancelled'
  | 'undoing'
  | 'undone';

/** What a line is. Only sales make revenue; returns are shown beside it; adjustments are kept and not counted. */
export const LINE_KIND = { sale: 1, return: 2, adjustment: 3 } as const;

export interface ImportRow {
  id: string;
  number: number;
  name: string;
  state: ImportState;
  mode: 'all-or-nothing' | 'good-rows';
  mapping: Json<ImportMapping>;
  currency: string;
  demo: Flag;
  sha256: string;
  size_bytes: number;
  upload_id: string;
  job_id: string | null;
  created_by: string;
  created_at: number;
  finished_at: number | null;
  /** Physical line of the last row that is stored or rejected for good. */
  last_line: number;
  rows_read: number;
  rows_stored: number;
  rows_rejected: number;
  rows_adjustment: number;
  /** Length of the file of rejected rows at the checkpoint. */
  rejects_bytes: number;
  progress: number;
  error: Json<ImportFailure> | null;
}

/** Why an import ended badly; told in the reader's language by `importFailureText`. */
export interface ImportFailure {
  readonly code: string;
  readonly params: ErrorParams;
}

export interface LineRow {
  import_number: number;
  line: number;
  order_code: string;
  /** UTC epoch milliseconds. */
  ordered_at: number;
  product_code: string;
  customer_code: string | null;
  country: string;
  quantity: number;
  /** e4 */
  unit_price: number;
  /** e4, signed like the quantity. */
  amount: number;
  kind: 1 | 2 | 3;
}

export interface ImportErrorRow {
  import_number: number;
  position: number;
  line: number;
  column_name: string | null;
  code: string;
  value: string | null;
}

export interface UploadRow {
  id: string;
  name: string;
  size_bytes: number;
  sha256: string;
  created_by: string;
  created_at: number;
}

export type SalesTables = {
  sales_uploads: UploadRow;
  sales_imports: ImportRow;
  sales_lines: LineRow;
  sales_import_errors: ImportErrorRow;
  sales_products: { code: string; name: string };
};

export type SalesQuery = Kysely<SalesTables>;

export function salesQuery(db: Database): SalesQuery {
  return db.query.withTables<SalesTables>() as unknown as SalesQuery;
}
