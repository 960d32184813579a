import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { createRowReader } from '../../core/csv/read-rows.ts';
import type { Database } from '../../core/db/database.ts';
import { AppError } from '../../core/errors.ts';
import type { OrganisationSettings } from '../../core/settings/settings.ts';
import type { ImportMapping } from './contract.ts';
import type { Imports } from './import/imports.ts';
import type { Uploads } from './import/uploads.ts';
import { countImports } from './store/imports.ts';
import { saveProductNames } from './store/lines.ts';
import { salesQuery } from './store/tables.ts';

const folder = new URL('./demo/', import.meta.url);

/** How the demo's file is read; the shop was in London. */
export const demoMapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  columns: [
    { field: 'order', type: 'text' },
    { field: 'product', type: 'text' },
    { field: 'quantity', type: 'integer' },
    { field: 'time', type: 'datetime' },
    { field: 'unitPrice', type: 'currency' },
    { field: 'customer', type: 'text' },
    { field: 'country', type: 'text' },
  ],
  dateOrder: 'unambiguous',
  decimalMark: '.',
  timeZone: 'Europe/London',
  currency: 'GBP',
};

/**
 * UCI Online Retail, through the same way as any file (demo/ATTRIBUTION.md). Only into a product that never had an
 * import, so that a demo once removed stays away.
 *
 * @returns true when the import was started
 */
export async function loadDemo(deps: {
  db: Database;
  uploads: Uploads;
  imports: Imports;
  settings: OrganisationSettings;
}): Promise<boolean> {
  const query = salesQuery(deps.db);
  if ((await countImports(query)) > 0) return false;
  await deps.settings.set({
    timeZone: demoMapping.timeZone,
    currency: demoMapping.currency,
  });
  await saveProductNames(query, await readProductNames());
  const file = createReadStream(new URL('online_retail.csv.gz', folder)).pipe(createGunzip());
  const upload = await deps.uploads.receive(file, {
    name: 'online_retail.csv',
    createdBy: 'system',
  });
  try {
    await deps.imports.submit({
      upload,
      mapping: demoMapping,
      mode: 'good-rows',
      allowDuplicate: false,
      demo: true,
      createdBy: 'system',
      locale: 'en',
    });
  } catch (error) {
    await deps.uploads.remove(upload.id);
    // Another process that was started on the same database was a moment earlier.
    if (error instanceof AppError && error.code === 'SALES_DUPLICATE_FILE') return false;
    throw error;
  }
  return true;
}

async function readProductNames(): Promise<Map<string, string>> {
  const bytes = await promisify(gunzip)(await readFile(new URL('products.csv.gz', folder)));
  const reader = createRowReader({
    encoding: 'utf-8',
    delimiter: ',',
    hasHeader: true,
    width: 2,
    rules: [
      { name: 'code', index: 0, type: 'text', required: true },
      { name: 'name', index: 1, type: 'text', required: true },
    ],
    format: { timeZone: 'UTC', dateOrder: 'unambiguous', decimalMark: '.', backslashIsYen: false },
  });
  const batches = [reader.write(bytes), reader.end()];
  const rows = batches.flatMap((batch) => batch?.rows ?? []) as [string, string][];
  return new Map(rows);
}
