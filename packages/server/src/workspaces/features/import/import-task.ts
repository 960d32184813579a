import { createHash } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';
import { fromJson, toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { openDatabase } from '../../../core/db/open-database.ts';
import { bulkInsert, insertIgnore, upsert, type Value } from '../../../core/db/write.ts';
import type { Locale } from '../../../core/errors.ts';
import { createLogger } from '../../../core/log.ts';
import { withJoinedTime } from '../../../core/series-source/joined-time.ts';
import { type Columns, columnsOf } from '../../../core/series-source/layout.ts';
import { openFile } from '../../../core/series-source/open-file.ts';
import { type ReadSeries, readSeries } from '../../../core/series-source/read-series.ts';
import type { SpooledSeries } from '../../../core/series-source/series-spool.ts';
import type { Source } from '../../../core/series-source/source.ts';
import { openTable } from '../../../core/series-source/table-source.ts';
import { findImport, moveImport } from '../store/imports.ts';
import { pointColumns, seriesColumns } from '../store/series.ts';
import { featuresQuery, type ImportRow, type SeriesRow } from '../store/tables.ts';
import { validationReport } from '../validation/report.ts';
import { factsOf } from '../validation/series-facts.ts';

/** Points in one transaction: the write lock is held for about ten milliseconds. */
const ROWS_AT_ONCE = 2000;
/** Share of the progress that reading takes. */
const READING = 0.5;

export interface ImportTask {
  readonly databaseUrl: string;
  readonly importId: string;
  readonly file: string;
  readonly tables: readonly string[];
  readonly locale: Locale;
  readonly now: number;
  /** An earlier attempt may have stored a part. */
  readonly again: boolean;
  /** Gets the progress, 0..1. */
  readonly port: MessagePort;
}

/** `stopped`: it was removed meanwhile, or another run is at it. */
export type ImportOutcome = 'checked' | 'stored' | 'stopped';

/**
 * Reads a source into series, reports what is wrong with it, and stores it where that was asked for. Stored points are
 * seen by nobody until the last transaction, which makes all series of the import point at them.
 */
export async function run(task: ImportTask): Promise<ImportOutcome> {
  const db = await openDatabase({
    url: task.databaseUrl,
    poolSize: 1,
    log: createLogger({ level: 'silent' }),
  });
  try {
    const record = await findImport(featuresQuery(db), task.importId);
    if (record === undefined || !['checking', 'storing'].includes(record.state)) return 'stopped';
    return await importSource(db, record, task);
  } finally {
    task.port.close();
    await db.stop();
  }
}

async function importSource(
  db: Database,
  record: ImportRow,
  task: ImportTask,
): Promise<ImportOutcome> {
  const layout = fromJson(record.layout);
  const source =
    record.source === 'table'
      ? await openTable(db, record.name, task.tables)
      : await openFile(task.file, layout, record.name);
  try {
    const table = withJoinedTime(source, layout);
    const columns = columnsOf(table, layout);
    const read = await readSeries(table, columns, {
      progress: (fraction) => task.port.postMessage(fraction * READING),
    });
    try {
      if (record.state === 'checking' && !(await report(db, record, task, table, columns, read))) {
        return 'checked';
      }
      await storePoints(db, record, task, columns, read);
      const isStored = await showSeries(db, record, task, columns, read);
      return isStored ? 'stored' : 'stopped';
    } finally {
      read.spool.close();
    }
  } finally {
    await source.close();
  }
}

/** Writes the report; true when storing goes on at once. */
async function report(
  db: Database,
  record: ImportRow,
  task: ImportTask,
  source: Source,
  columns: Columns,
  read: ReadSeries,
): Promise<boolean> {
  const found = validationReport(source, columns, read, task.locale);
  const goesOn =
    record.store === 'good-rows' || (record.store === 'true' && found.rowsRejected === 0);
  const change = goesOn
    ? ({ state: 'storing' } as const)
    : ({ state: 'checked', progress: 1, finished_at: task.now } as const);
  const moved = await moveImport(featuresQuery(db), record.id, ['checking'], {
    ...change,
    report: toJson(found),
  });
  return moved && goesOn;
}

async function storePoints(
  db: Database,
  { number }: ImportRow,
  task: ImportTask,
  columns: Columns,
  read: ReadSeries,
): Promise<void> {
  const total = Math.max(1, read.rowsRead);
  let stored = 0;
  let rows: Value[][] = [];
  const flush = async (): Promise<void> => {
    if (task.again) {
      await insertIgnore(db.query as never, {
        table: 'features_points',
        rows: rows.map((row) => Object.fromEntries(pointColumns.map((name, i) => [name, row[i]!]))),
      });
    } else {
      await bulkInsert(db.query as never, {
        table: 'features_points',
        columns: pointColumns,
        rows,
      });
    }
    stored += rows.length;
    rows = [];
    task.port.postMessage(READING + (1 - READING) * Math.min(1, stored / total));
  };
  for (const series of read.spool.drain()) {
    for (let i = 0; i < series.t.length; i++) {
      const x =
        columns.exogenous.length === 0 ? null : toJson(series.x.map((of) => finite(of[i]!)));
      rows.push([number, series.series, series.t[i]!, finite(series.y[i]!), x]);
      if (rows.length === ROWS_AT_ONCE) await flush();
    }
  }
  if (rows.length > 0) await flush();
}

/** Makes the import what its series are, all at once; false when it was removed meanwhile. */
async function showSeries(
  db: Database,
  record: ImportRow,
  task: ImportTask,
  columns: Columns,
  read: ReadSeries,
): Promise<boolean> {
  const exogenous = toJson(columns.exogenous.map(({ name }) => name));
  return db.transaction(async (trx) => {
    const query = featuresQuery(trx);
    const change = { state: 'stored', progress: 1, finished_at: task.now } as const;
    if (!(await moveImport(query, record.id, ['storing'], change))) return false;
    let rows: SeriesRow[] = [];
    const flush = async (): Promise<void> => {
      await upsert(trx, {
        table: 'features_series',
        rows: rows as unknown as Record<string, Value>[],
        key: ['loto', 'unique_id'],
        update: seriesColumns,
      });
      rows = [];
    };
    for (const series of read.spool.drain()) {
      const name = read.names[series.series]!;
      const facts = factsOf(name, series, columns.timeKind);
      rows.push({
        loto: name.loto,
        unique_id: name.uniqueId,
        import_number: record.number,
        position: series.series,
        time_kind: columns.timeKind,
        n: series.t.length,
        first_ds: facts.first,
        last_ds: facts.last,
        hash: hashOf(series, exogenous),
        exogenous,
        facts: toJson(facts),
        imported_at: task.now,
      });
      if (rows.length === ROWS_AT_ONCE) await flush();
    }
    if (rows.length > 0) await flush();
    return true;
  });
}

/** Of what is stored: two files that hold the same series give the same. */
function hashOf(series: SpooledSeries, exogenous: string): string {
  const hash = createHash('sha256').update(exogenous);
  for (const values of [series.t, series.y, ...series.x]) {
    hash.update(Float64Array.from(values, (value) => finite(value) ?? Number.NaN));
  }
  return hash.digest('hex');
}

/** Infinities are counted in the report and stored as missing: no engine's number column takes them. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
