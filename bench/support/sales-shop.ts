/**
 * Not a benchmark: the part of the product that the sales benchmarks drive (`sales-import`, `sales-queries`), on SQLite
 * and in one folder, without HTTP and jobs.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { Analytics } from '../../packages/server/src/core/analytics/analytics.ts';
import { createAnalytics } from '../../packages/server/src/core/analytics/create-analytics.ts';
import { createCompute } from '../../packages/server/src/core/compute/worker-pool.ts';
import { loadConfig } from '../../packages/server/src/core/config/config.ts';
import { toJson } from '../../packages/server/src/core/db/columns.ts';
import { migrate } from '../../packages/server/src/core/db/migrate.ts';
import { openDatabase } from '../../packages/server/src/core/db/open-database.ts';
import { createLogger } from '../../packages/server/src/core/log.ts';
import type { ImportMapping } from '../../packages/server/src/workspaces/sales/contract.ts';
import type { ImportTask } from '../../packages/server/src/workspaces/sales/import/import-task.ts';
import { salesMigrations } from '../../packages/server/src/workspaces/sales/migrations/index.ts';
import {
  insertImport,
  moveImport,
  nextImportNumber,
} from '../../packages/server/src/workspaces/sales/store/imports.ts';
import { salesQuery } from '../../packages/server/src/workspaces/sales/store/tables.ts';

const source = new URL('../../packages/server/src/workspaces/sales/', import.meta.url);

export async function openShop(folder: string) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'kizashi.db');
  const filled = existsSync(path);
  const databaseUrl = `sqlite:${path}`;
  const log = createLogger({ level: 'warn' });
  const db = await openDatabase({ url: databaseUrl, poolSize: 1, log });
  await migrate(db, salesMigrations);
  const query = salesQuery(db);
  const compute = createCompute({ threads: 1 });
  const openAnalytics = (): Analytics =>
    createAnalytics({
      folder: join(folder, 'cache'),
      databaseUrl,
      memoryMb: loadConfig({ KIZASHI_DATA: folder }).analyticsMemoryMb,
      factSources: [new URL('facts.ts', source)],
      timeZone: async () => 'Europe/London',
      log,
    });

  return {
    filled,
    folder,
    openAnalytics,
    /** Reads, checks and stores a file in a worker thread, as the product does. */
    async importFile(file: string, mapping: ImportMapping): Promise<void> {
      const number = await nextImportNumber(query);
      const id = `bench-${number}`;
      await insertImport(query, {
        ...{ id, number, name: file, state: 'running', mode: 'good-rows', demo: 0, sha256: id },
        ...{ mapping: toJson(mapping), currency: 'GBP', size_bytes: statSync(file).size },
        ...{ upload_id: id, job_id: null, created_by: 'bench', created_at: 0, finished_at: null },
        ...{ last_line: 0, rows_read: 0, rows_stored: 0, rows_rejected: 0, rows_adjustment: 0 },
        ...{ rejects_bytes: 0, progress: 0, error: null },
      });
      const { port1, port2 } = new MessageChannel();
      const rejectsFile = join(folder, 'rejected.csv');
      const task: ImportTask = {
        ...{ databaseUrl, importId: id, file, rejectsFile, locale: 'en', port: port2 },
      };
      const module = new URL('import/import-task.ts', source);
      const outcome = await compute.run(module, task, { transfer: [port2] });
      port1.close();
      if (outcome !== 'stored') throw new Error(`the import ended as ${outcome}`);
      await moveImport(query, id, ['running'], { state: 'done' });
    },
    async close(): Promise<void> {
      await compute.stop();
      await db.stop();
    },
  };
}

/** A mapping for `sales-generate.ts`. */
export const generatedMapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  columns: [
    { field: 'order', type: 'text' },
    { field: 'time', type: 'datetime' },
    { field: 'product', type: 'text' },
    { field: 'quantity', type: 'integer' },
    { field: 'unitPrice', type: 'currency' },
    { field: 'customer', type: 'text' },
    { field: 'country', type: 'text' },
  ],
  dateOrder: 'unambiguous',
  decimalMark: '.',
  timeZone: 'Europe/London',
  currency: 'GBP',
};

export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Highest resident memory of this process, all threads, in MiB, since the start. */
export function peakMemoryMib(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
