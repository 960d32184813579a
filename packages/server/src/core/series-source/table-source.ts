import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { type AnyQuery, dialectOf } from '../db/dialects/dialect.ts';
import { seriesSourceErrors } from './errors.ts';
import type { Source, SourceBatch, SourceCell } from './source.ts';

const SAMPLE_ROWS = 200;

/**
 * A table of the product's own database that an administrator has allowed to be read.
 * @throws SERIES_TABLE_REFUSED, SERIES_FILE_EMPTY
 */
export async function openTable(
  db: Database,
  table: string,
  allowed: readonly string[],
): Promise<Source> {
  const query = db.query as AnyQuery;
  const dialect = dialectOf(query);
  const columns = allowed.includes(table)
    ? (await dialect.listColumns(query))
        .filter((column) => column.table_name === table)
        .map((column) => column.column_name)
    : [];
  if (columns.length === 0) throw seriesSourceErrors.SERIES_TABLE_REFUSED({ table });
  const first = await sql<Record<string, unknown>>`
    select * from ${sql.table(table)} limit ${sql.lit(SAMPLE_ROWS)}
  `.execute(query);
  if (first.rows.length === 0) throw seriesSourceErrors.SERIES_FILE_EMPTY({ name: table });
  const counted = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)}
  `.execute(query);
  const total = Number(counted.rows[0]!.n);

  return {
    name: table,
    columns,
    samples: columns.map((name) => first.rows.map((row) => String(toCell(row[name]) ?? ''))),
    text: null,
    async *read(wanted) {
      const names = wanted.map((index) => columns[index]!);
      const select = `select ${names.map(dialect.quote).join(', ')} from ${dialect.quote(table)}`;
      let line = 0;
      // PostgreSQL knows cursors only within a transaction; one that only reads takes no lock from writers.
      const reading = await db.query.startTransaction().setAccessMode('read only').execute();
      try {
        for await (const page of dialect.readRows(reading as AnyQuery, select)) {
          const rows = page.map((row) => names.map((name) => toCell(row[name])));
          const lines = rows.map(() => ++line);
          const fraction = Math.min(1, line / total);
          yield { rows, lines, rejected: [], fraction } satisfies SourceBatch;
        }
      } finally {
        await reading.rollback().execute();
      }
    },
    close: async () => {},
  };
}

/** Drivers give dates as such and large numbers as text. */
function toCell(value: unknown): SourceCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  return value instanceof Date ? value.toISOString() : String(value);
}
