import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseIsoDate } from '@kizashi/series';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createId } from '../../../core/ids.ts';
import { describeDatabases } from '../../../testing/databases.ts';
import { totalFigures } from '../figures.ts';
import { noFilters } from '../filters.ts';
import { listImportErrors } from '../store/imports.ts';
import { salesQuery } from '../store/tables.ts';
import { mappingOf, openSalesWorld, type SalesWorld } from '../testing/sales-world.ts';

const mapping = mappingOf(['order', 'time', 'product', 'quantity', 'unitPrice', 'customer']);
const HEADER = 'order,time,product,quantity,price,customer\n';
describeDatabases('imports', (databases) => {
  let world: SalesWorld;
  // Each test has a year of its own, so that they can share one world.
  let year = 2014;
  beforeAll(async () => {
    world = await openSalesWorld(databases);
    await world.start();
  });
  beforeEach(() => {
    year++;
  });
  afterAll(() => world.close());

  const good = (n: number): string =>
    `A${n},${year}-04-0${1 + (n % 9)} 10:00,p${n % 3},2,1.5,c${n % 5}\n`;
  const goodFile = (rows: number): string =>
    HEADER + Array.from({ length: rows }, (_, i) => good(i)).join('');
  const revenue = async () => {
    const span = { from: parseIsoDate(`${year}-01-01`), to: parseIsoDate(`${year}-12-31`) };
    return (await totalFigures(world.analytics, span, noFilters)).revenue / 10_000;
  };

  it('stores every row with its own line, and shows them', async () => {
    const row = await world.finished(goodFile(5), mapping);
    expect(row).toMatchObject({ state: 'done', rows_read: 5, rows_stored: 5, progress: 1 });
    const lines = await world.storedLines(row);
    expect(lines[1]).toEqual({
      import_number: row.number,
      line: 3,
      order_code: 'A1',
      // British summer time.
      ordered_at: Date.parse(`${year}-04-02T09:00Z`),
      product_code: 'p1',
      customer_code: 'c1',
      country: '',
      quantity: 2,
      unit_price: 15_000,
      amount: 30_000,
      kind: 1,
    });
    expect(lines.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
    expect(await revenue()).toBe(15);
  });

  it('keeps good rows, lists the bad ones and writes them to a file without formulas', async () => {
    const bad =
      'B1,2025-02-30,=SUM(A1),2,1.5,c1\nB2,2025-04-03,p1,two,,c1\nB3,2205-04-03,p1,1,1,c1\n';
    const row = await world.finished(HEADER + good(1) + bad + good(2), mapping);
    expect(row).toMatchObject({ state: 'done', rows_stored: 2, rows_rejected: 3 });
    const errors = await listImportErrors(salesQuery(world.db), row.number, {
      after: -1,
      limit: 10,
    });
    expect(errors.map(({ line, column_name, code }) => [line, column_name, code])).toEqual([
      [3, 'time', 'invalid-date'],
      [4, 'quantity', 'not-a-number'],
      [4, 'price', 'required'],
      [5, 'time', 'above-maximum'],
    ]);
    const file = readFileSync(world.imports.rejectsPath(row.id), 'utf8');
    expect(file).toContain("B1,2025-02-30,'=SUM(A1),2,1.5,c1");
    expect(file.split('\r\n').length).toBe(5);
    expect(row.rejects_bytes).toBe(Buffer.byteLength(file));
  });

  it('stores nothing of an all-or-nothing file with one bad row, and still tells all errors', async () => {
    const content = `${goodFile(3000)}B1,never,p,1,1,c\n${good(1)}B2,never,p,1,1,c\n`;
    const row = await world.finished(content, mapping, { mode: 'all-or-nothing' });
    expect(row).toMatchObject({ state: 'rejected', rows_rejected: 2, rows_read: 3003 });
    // Its lines are removed by a job of their own.
    const [removal] = await world.queue.list({ name: 'sales.remove-lines', limit: 1 });
    await world.queue.finished(removal!.id);
    expect(await world.storedLines(row)).toEqual([]);
    expect(await revenue()).toBe(0);
    const errors = await listImportErrors(salesQuery(world.db), row.number, {
      after: -1,
      limit: 10,
    });
    expect(errors.map(({ line }) => line)).toEqual([3002, 3004]);
  });

  it('undoes a whole import at once, and lets the same file in again', async () => {
    const row = await world.finished(goodFile(10), mapping);
    await expect(world.submit(goodFile(10), mapping)).rejects.toMatchObject({
      code: 'SALES_DUPLICATE_FILE',
    });
    const undone = world.reached(row.id, ['undone']);
    expect((await world.imports.undo(row.id, 'ann@example.org')).state).toBe('undoing');
    await undone;
    expect(await world.storedLines(row)).toEqual([]);
    expect(await revenue()).toBe(0);
    await expect(world.imports.undo(row.id, 'ann@example.org')).rejects.toMatchObject({
      code: 'SALES_IMPORT_NOT_UNDOABLE',
      params: { state: { ja: '取り消し済み' } },
    });
    expect(await world.finished(goodFile(10), mapping)).toMatchObject({ state: 'done' });
    expect(await revenue()).toBe(30);
  });

  it('refuses a mapping that cannot work, in words', async () => {
    const useless = mappingOf(['order', 'ignore', 'product', 'quantity', 'ignore', 'ignore']);
    await expect(world.submit(goodFile(1), useless, { locale: 'ja' })).rejects.toMatchObject({
      code: 'SALES_MAPPING_INVALID',
      params: {
        problems: '受注日 (日時) の列を選んでください。 単価または金額の列を選んでください。',
      },
    });
  });

  it('forgets files that nobody imported, and those of uploads that broke off', async () => {
    const { uploads, folder, clock } = world;
    const receive = (name: string) =>
      uploads.receive(Readable.from([HEADER]), { name, createdBy: 'ann@example.org' });
    const old = await receive('old.csv');
    const stray = join(folder, 'uploads', `${createId()}.upload.part`);
    writeFileSync(stray, 'half');
    const week = 7 * 86_400_000;
    const weekAgo = (clock.now() - week) / 1000 - 1;
    utimesSync(stray, weekAgo, weekAgo);
    expect(await uploads.prune.remove(clock.now(), 100)).toBe(1);
    expect(existsSync(stray)).toBe(false);
    expect(existsSync(uploads.path(old.id))).toBe(true);
    await uploads.prune.remove(clock.now() + week + 1, 100);
    expect(existsSync(uploads.path(old.id))).toBe(false);
    await expect(uploads.find(old.id)).rejects.toMatchObject({ code: 'SALES_UPLOAD_NOT_FOUND' });
  });
});
