import { createReadStream } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { inspectFile } from '../../../core/csv/inspect-file.ts';
import { type RejectedRow, type RowBatch, readRows } from '../../../core/csv/read-rows.ts';
import { fromJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { openDatabase } from '../../../core/db/open-database.ts';
import type { Value } from '../../../core/db/write.ts';
import { createLogger } from '../../../core/log.ts';
import { countImportErrors, findImport } from '../store/imports.ts';
import { saveProductNames } from '../store/lines.ts';
import { type ImportRow, salesQuery } from '../store/tables.ts';
import { type Checkpoint, saveCheckpoint } from './checkpoint.ts';
import { chosenLayout, readOptions } from './file-layout.ts';
import { createLineMapper, type LineMapper } from './line-mapper.ts';
import { openRejectsFile, type RejectsFile } from './rejects-file.ts';

/** Rows in one transaction: the write lock is held for about ten milliseconds. */
const ROWS_AT_ONCE = 2000;
/** Names kept before they are written. */
const MOST_NAMES = 50_000;

export interface ImportTask {
  readonly databaseUrl: string;
  readonly importId: string;
  readonly file: string;
  readonly rejectsFile: string;
  /** Language of the reasons in the file of rejected rows. */
  readonly locale: 'en' | 'ja';
  /** Gets each checkpoint. */
  readonly port: MessagePort;
}

/** `stopped`: it was cancelled meanwhile, or another run is at it. */
export type ImportOutcome = 'stored' | 'rejected' | 'stopped' | 'file-unreadable';

/** Reads, checks and stores a whole file in a worker thread, going on behind the last checkpoint. */
export async function run(task: ImportTask): Promise<ImportOutcome> {
  const db = await openDatabase({
    url: task.databaseUrl,
    poolSize: 1,
    log: createLogger({ level: 'silent' }),
  });
  try {
    const record = await findImport(salesQuery(db), task.importId);
    return record?.state === 'running' ? await importFile(db, record, task) : 'stopped';
  } finally {
    task.port.close();
    await db.stop();
  }
}

async function importFile(
  db: Database,
  record: ImportRow,
  task: ImportTask,
): Promise<ImportOutcome> {
  const mapping = fromJson(record.mapping);
  const layout = await inspectFile(task.file, chosenLayout(mapping));
  if (layout === undefined || 'binary' in layout) return 'file-unreadable';
  const names = layout.columns.map(({ name }) => name);
  const mapper = createLineMapper(mapping, names);
  const rejects = await openRejectsFile(task.rejectsFile, names, task.locale, record.rejects_bytes);
  const productNames = createNameBuffer(db);
  try {
    const writer = await openWriter(db, record, rejects, task.port);
    const source = createReadStream(task.file, { highWaterMark: 1 << 18 });
    for await (const batch of readRows(source, readOptions(mapping, mapper, layout.decimalMark))) {
      const good = mapRows(batch, mapper, record.number);
      await productNames.add(good.names);
      if (!(await writer.write(good, batch.bytesRead))) return 'stopped';
    }
    await productNames.save();
    return record.mode === 'all-or-nothing' && writer.rejected() > 0 ? 'rejected' : 'stored';
  } finally {
    await rejects.close();
  }
}

interface MappedBatch {
  /** Values in the order of `lineColumns`; the second is the physical line. */
  readonly lines: Value[][];
  readonly rejected: readonly RejectedRow[];
  readonly names: Map<string, string>;
}

function mapRows(batch: RowBatch, mapper: LineMapper, number: number): MappedBatch {
  const lines: Value[][] = [];
  const tooLarge: RejectedRow[] = [];
  const names = new Map<string, string>();
  for (const [i, values] of batch.rows.entries()) {
    const line = batch.lines[i]!;
    const row = mapper.map(values);
    if (row === null) {
      const errors = [{ line, column: null, code: 'out-of-range', value: null } as const];
      tooLarge.push({ line, cells: values.map((value) => String(value ?? '')), errors });
      continue;
    }
    if (row.productName !== null) names.set(row.product, row.productName);
    lines.push([
      number,
      line,
      row.order,
      row.orderedAt,
      row.product,
      row.customer,
      row.country,
      row.quantity,
      row.unitPrice,
      row.amount,
      row.kind,
    ]);
  }
  const rejected =
    tooLarge.length === 0
      ? batch.rejected
      : [...batch.rejected, ...tooLarge].sort((a, b) => a.line - b.line);
  return { lines, rejected, names };
}

/** Cuts batches into transactions, and knows what of the file is already stored. */
async function openWriter(
  db: Database,
  record: ImportRow,
  rejects: RejectsFile,
  port: MessagePort,
) {
  const storedUpTo = record.last_line;
  let errorsBefore = await countImportErrors(salesQuery(db), record.number);
  let checkpoint: Checkpoint = {
    last_line: record.last_line,
    rows_read: record.rows_read,
    rows_stored: record.rows_stored,
    rows_rejected: record.rows_rejected,
    rows_adjustment: record.rows_adjustment,
    rejects_bytes: record.rejects_bytes,
    progress: record.progress,
  };

  async function save(
    lines: Value[][],
    rejected: readonly RejectedRow[],
    bytesRead: number,
  ): Promise<boolean> {
    await rejects.append(rejected);
    const rowsRejected = checkpoint.rows_rejected + rejected.length;
    // Nothing more needs to be stored once all of it will be thrown away; the other errors are still told.
    const stored = record.mode === 'all-or-nothing' && rowsRejected > 0 ? [] : lines;
    const last = Math.max(Number(lines.at(-1)?.[1] ?? 0), rejected.at(-1)?.line ?? 0);
    checkpoint = {
      last_line: last,
      rows_read: checkpoint.rows_read + lines.length + rejected.length,
      rows_stored: checkpoint.rows_stored + stored.length,
      rows_rejected: rowsRejected,
      rows_adjustment:
        checkpoint.rows_adjustment + stored.filter((line) => line.at(-1) === 3).length,
      rejects_bytes: rejects.bytes,
      progress: Math.min(1, bytesRead / Math.max(1, record.size_bytes)),
    };
    const { number } = record;
    const batch = { number, lines: stored, rejected, errorsBefore };
    if (!(await saveCheckpoint(db, record.id, batch, checkpoint))) return false;
    for (const { errors } of rejected) errorsBefore += errors.length;
    port.postMessage(checkpoint);
    return true;
  }

  return {
    rejected: () => checkpoint.rows_rejected,
    /** False when the import was stopped from outside. */
    async write(batch: MappedBatch, bytesRead: number): Promise<boolean> {
      const lines = batch.lines.filter((line) => Number(line[1]) > storedUpTo);
      let rejected = batch.rejected.filter(({ line }) => line > storedUpTo);
      for (let start = 0; start < lines.length || rejected.length > 0; start += ROWS_AT_ONCE) {
        const chunk = lines.slice(start, start + ROWS_AT_ONCE);
        const isLast = start + ROWS_AT_ONCE >= lines.length;
        // A checkpoint covers everything up to its line, rejected rows included.
        const upTo = isLast ? Number.POSITIVE_INFINITY : Number(chunk.at(-1)![1]);
        const now = rejected.filter(({ line }) => line < upTo);
        rejected = rejected.slice(now.length);
        if (!(await save(chunk, now, bytesRead))) return false;
      }
      return true;
    },
  };
}

/** Product names seen, the last one of each code, written now and then. */
function createNameBuffer(db: Database) {
  const names = new Map<string, string>();
  async function save(): Promise<void> {
    if (names.size > 0) await saveProductNames(salesQuery(db), names);
    names.clear();
  }
  return {
    async add(more: ReadonlyMap<string, string>): Promise<void> {
      for (const [code, name] of more)
        if (names.get(code) !== name) names.set(copy(code), copy(name));
      if (names.size > MOST_NAMES) await save();
    },
    save,
  };
}

/** A cell is a slice that keeps its whole block of the file in memory: what is kept longer is copied. */
function copy(text: string): string {
  return Buffer.from(text).toString();
}
