import { openDatabase } from '../../../core/db/open-database.ts';
import { createLogger } from '../../../core/log.ts';
import { deleteImportErrors } from '../store/imports.ts';
import { deleteLastLines } from '../store/lines.ts';
import { salesQuery } from '../store/tables.ts';

/** Rows in one statement: the write lock is held for about ten milliseconds. */
const ROWS_AT_ONCE = 4000;

export interface RemoveTask {
  readonly databaseUrl: string;
  readonly importNumber: number;
  /** Errors of a rejected import are what its reader wants to see. */
  readonly keepErrors: boolean;
}

/** Deletes the lines of an import from the end, in small steps, in a worker thread. May be repeated. */
export async function run({ databaseUrl, importNumber, keepErrors }: RemoveTask): Promise<void> {
  const db = await openDatabase({
    url: databaseUrl,
    poolSize: 1,
    log: createLogger({ level: 'silent' }),
  });
  try {
    const query = salesQuery(db);
    while (await deleteLastLines(query, importNumber, ROWS_AT_ONCE));
    if (!keepErrors) await deleteImportErrors(query, importNumber);
  } finally {
    await db.stop();
  }
}
