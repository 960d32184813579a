import { open } from 'node:fs/promises';
import { createCsvWriter } from '../../../core/csv/write.ts';
import { fromJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { openDatabase } from '../../../core/db/open-database.ts';
import { createLogger } from '../../../core/log.ts';
import type { TimeKind } from '../../../core/series-source/contract.ts';
import { timeText } from '../../../core/series-source/time-text.ts';
import type { FeatureTable } from '../contract.ts';
import { featuresErrors } from '../errors.ts';
import { listSeries } from '../store/series.ts';
import { featuresQuery } from '../store/tables.ts';
import { readValues, type ValuesKey } from '../store/values.ts';
import { type CellOut, cellOf, type TableColumn, tableColumns } from './table-columns.ts';

/** Rows read at once; they are of kilobytes. */
const PAGE_ROWS = 250;
const PAGE_SERIES = 2000;

export interface ExportTask {
  readonly databaseUrl: string;
  readonly table: FeatureTable;
  readonly format: 'csv' | 'parquet';
  readonly loto?: string | undefined;
  /** The file to write; it must not exist. */
  readonly file: string;
}

/** Rows of an exported table, with their keys as people read them. */
export interface ExportedRows {
  readonly keys: readonly string[];
  /** Kind of the times when all are of one; else null, and times are texts. */
  readonly timeKind: TimeKind | null;
  readonly columns: readonly TableColumn[];
  pages(): AsyncGenerator<readonly (readonly CellOut[])[]>;
}

/** Writes a table to a file, in a worker thread with flat memory. @throws FEATURES_TABLE_EMPTY */
export async function run(task: ExportTask): Promise<void> {
  const db = await openDatabase({
    url: task.databaseUrl,
    poolSize: 1,
    log: createLogger({ level: 'silent' }),
  });
  try {
    const rows = await exportedRows(db, task);
    if (task.format === 'csv') return await writeCsv(rows, task.file);
    const { writeParquet } = await import('./write-parquet.ts');
    await writeParquet(rows, task.file);
  } finally {
    await db.stop();
  }
}

async function exportedRows(db: Database, { table, loto }: ExportTask): Promise<ExportedRows> {
  const columns = await tableColumns(db, table, loto);
  if (columns.length === 0) {
    throw featuresErrors.FEATURES_TABLE_EMPTY({ table: `features_${table}` });
  }
  const kinds = await timeKinds(db, loto);
  const different = new Set(kinds.values());
  return {
    keys: table === 'stat' ? ['loto', 'unique_id'] : ['loto', 'unique_id', 'ds'],
    timeKind: different.size === 1 ? [...different][0]! : null,
    columns,
    async *pages() {
      let after: ValuesKey | undefined;
      for (;;) {
        const page = await readValues(db, table, { loto, after, limit: PAGE_ROWS });
        yield page.map((row) => {
          const values = fromJson(row.feature_values);
          const key: CellOut[] = [row.loto, row.unique_id];
          const kind = kinds.get(keyText(row)) ?? 'index';
          if (row.ds !== undefined) key.push(timeText(row.ds, kind));
          return [...key, ...columns.map((column) => cellOf(values, column))];
        });
        if (page.length < PAGE_ROWS) return;
        const last = page.at(-1)!;
        after = { loto: last.loto, uniqueId: last.unique_id, ds: last.ds ?? 0 };
      }
    },
  };
}

async function timeKinds(
  db: Database,
  loto: string | undefined,
): Promise<ReadonlyMap<string, TimeKind>> {
  const kinds = new Map<string, TimeKind>();
  let after: { loto: string; uniqueId: string } | undefined;
  for (;;) {
    const page = await listSeries(featuresQuery(db), { loto, after, limit: PAGE_SERIES });
    for (const row of page) kinds.set(keyText(row), row.time_kind);
    if (page.length < PAGE_SERIES) return kinds;
    const last = page.at(-1)!;
    after = { loto: last.loto, uniqueId: last.unique_id };
  }
}

function keyText({ loto, unique_id }: { loto: string; unique_id: string }): string {
  return JSON.stringify([loto, unique_id]);
}

async function writeCsv({ keys, columns, pages }: ExportedRows, path: string): Promise<void> {
  const csv = createCsvWriter({ encoding: 'utf-8-bom' });
  const file = await open(path, 'wx');
  try {
    await file.appendFile(csv.write([[...keys, ...columns.map(({ name }) => name)]]));
    for await (const page of pages()) await file.appendFile(csv.write(page));
  } finally {
    await file.close();
  }
}
