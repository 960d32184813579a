import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createZoneCalendar } from '@kizashi/series';
import { createCsvWriter } from '../../core/csv/write.ts';
import type { Database } from '../../core/db/database.ts';
import type { SalesFilters } from './filters.ts';
import { finishedImportNumbers } from './store/imports.ts';
import { exportedLines, lastLine } from './store/lines.ts';
import type { DaySpan } from './store/statement.ts';
import { salesQuery } from './store/tables.ts';

/** Line numbers looked at in one statement: some milliseconds of a synchronous engine. */
const LINES_AT_ONCE = 4000;

/** Names that an import recognises again. */
const HEADER = [
  'order_id',
  'ordered_at',
  'product_code',
  'customer_id',
  'country',
  'quantity',
  'unit_price',
  'amount',
  'kind',
];
const KIND_NAMES = { 1: 'sale', 2: 'return', 3: 'adjustment' } as const;

/**
 * The stored lines of a period as CSV, read from the database import by import in small steps; a slow reader holds
 * the reading back.
 */
export function exportSales(options: {
  db: Database;
  span: DaySpan;
  filters: SalesFilters;
  timeZone: string;
  encoding: 'utf-8' | 'shift_jis';
}): Readable {
  const { db, span, filters, timeZone } = options;
  const query = salesQuery(db);
  const calendar = createZoneCalendar(timeZone);
  const from = calendar.startOf(span.from);
  const before = calendar.startOf(span.to + 1);
  const csv = createCsvWriter({
    encoding: options.encoding === 'utf-8' ? 'utf-8-bom' : 'shift_jis',
  });

  async function* rows(): AsyncGenerator<Uint8Array> {
    yield csv.write([HEADER]);
    for (const number of await finishedImportNumbers(query)) {
      const last = await lastLine(query, number);
      for (let after = 0; after < last; after += LINES_AT_ONCE) {
        const lines = await exportedLines(query, {
          number,
          after,
          upTo: after + LINES_AT_ONCE,
          from,
          before,
          filters,
        });
        if (lines.length > 0) yield csv.write(lines.map(toCells));
        await setImmediate();
      }
    }
  }
  return Readable.from(rows());
}

function toCells(line: Awaited<ReturnType<typeof exportedLines>>[number]) {
  return [
    line.order_code,
    new Date(line.ordered_at).toISOString(),
    line.product_code,
    line.customer_code,
    line.country,
    line.quantity,
    line.unit_price / 10_000,
    line.amount / 10_000,
    KIND_NAMES[line.kind],
  ];
}
