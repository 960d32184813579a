import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../../testing/databases.ts';
import { openTestHttp, type TestHttp } from '../../testing/http.ts';
import type { Upload } from './contract.ts';
import { figureRoutes } from './figure-routes.ts';
import { importRoutes } from './import-routes.ts';
import { salesPermissions } from './permissions.ts';
import { openSalesWorld, type SalesWorld } from './testing/sales-world.ts';

const CSV = `order_id,ordered_at,sku,qty,price,customer_id,country
A1,2025-04-01 23:30,p1,2,10.50,c1,Germany
A2,2025-04-02 10:00,=p2,1,4,c2,France
A3,2025-04-03 10:00,p1,-1,10.50,c1,Germany
A4,2025-04-31 10:00,p1,1,1,c1,Germany
`;

describeDatabases('sales over HTTP', (databases) => {
  let world: SalesWorld;
  let http: TestHttp;
  beforeAll(async () => {
    world = await openSalesWorld(databases);
    await world.start();
    http = await openTestHttp({
      permissions: salesPermissions,
      routes: [figureRoutes(world), importRoutes(world)],
    });
  });
  afterAll(async () => {
    await http.close();
    await world.close();
  });

  const upload = (body: string | Readable, name = 'orders.csv') =>
    http
      .as('analyst')
      .post(`/api/sales/uploads?name=${name}`, body, { 'content-type': 'text/csv' });
  const mappingFor = (file: Upload) => ({
    encoding: file.encoding,
    delimiter: file.delimiter,
    hasHeader: file.hasHeader,
    columns: file.columns.map(({ field, type }) => ({ field, type })),
    dateOrder: file.dateOrder,
    timeZone: 'Europe/London',
    currency: 'GBP',
  });

  it('says that there is nothing yet', async () => {
    const range = await http.as('viewer').get('/api/sales/range');
    expect(range.body).toEqual({ range: null, lines: 0, demo: false });
    const overview = await http
      .as('viewer')
      .get('/api/sales/overview?from=2025-04-01&to=2025-04-30');
    expect(overview.body.kpis[3]).toMatchObject({ id: 'average-order', value: null, change: null });
  });

  it('takes a file from upload to figures', async () => {
    const file = await upload(CSV);
    expect(file.status).toBe(201);
    expect(file.body.columns.map(({ field }: { field: string }) => field)).toEqual([
      ...['order', 'time', 'product', 'quantity', 'unitPrice', 'customer', 'country'],
    ]);
    const mapping = mappingFor(file.body);

    const preview = await http
      .as('analyst')
      .post(`/api/sales/uploads/${file.body.id}/preview`, mapping);
    expect(preview.body.problems).toEqual([]);
    expect(preview.body.rows[0]).toEqual({
      line: 2,
      values: ['A1', '2025-04-01T22:30:00.000Z', 'p1', 2, 10.5, 'c1', 'Germany'],
      errors: [],
    });
    expect(preview.body.rows[3].errors[0]).toMatchObject({ code: 'invalid-date' });

    const started = await http.as('analyst').post('/api/sales/imports', {
      uploadId: file.body.id,
      mapping,
      mode: 'good-rows',
    });
    expect(started.status).toBe(201);
    await world.queue.finished(started.body.jobId);
    const { id } = started.body;
    const ended = await http.as('viewer').get(`/api/sales/imports/${id}`);
    expect(ended.body).toMatchObject({ state: 'done', rowsStored: 3, rowsRejected: 1 });
    const list = await http.as('viewer').get('/api/sales/imports?limit=1');
    expect(list.body).toMatchObject({ items: [{ id }], nextCursor: null });

    const errors = await http.as('viewer').get(`/api/sales/imports/${id}/errors`);
    expect(errors.body.items).toMatchObject([
      { line: 5, column: 'ordered_at', code: 'invalid-date' },
    ]);
    const rejected = await http.as('viewer').get(`/api/sales/imports/${id}/rejected.csv`);
    expect(rejected.body).toContain('A4,2025-04-31 10:00');
    expect(rejected.headers['content-disposition']).toContain('attachment');
  });

  it('reads columns as a person chose: the preview shows it, and the import does it', async () => {
    const csv = `order_id,ordered_at,sku,qty,price,customer_id
B1,2024-04-01,p1,2,10.50,17850.0
B2,2024-04-01 10:00,p1,1.5,£4,x9
`;
    const file: Upload = (await upload(csv)).body;
    const guessed = mappingFor(file);
    expect(guessed.columns.map(({ type }) => type)).toEqual([
      ...['text', 'datetime', 'text', 'number', 'currency', 'text'],
    ]);
    const types = ['text', 'date', 'text', 'integer', 'number', 'integer'] as const;
    const columns = guessed.columns.map(({ field }, i) => ({ field, type: types[i] }));
    const mapping = { ...guessed, columns };
    const preview = (body: object) =>
      http.as('analyst').post(`/api/sales/uploads/${file.id}/preview`, body);
    expect((await preview(guessed)).body.rows).toMatchObject([
      { values: ['B1', '2024-03-31T23:00:00.000Z', 'p1', 2, 10.5, '17850.0'], errors: [] },
      { values: ['B2', '2024-04-01T09:00:00.000Z', 'p1', 1.5, 4, 'x9'], errors: [] },
    ]);
    const codes = ['invalid-date', 'not-an-integer', 'not-a-number', 'not-a-number'];
    expect((await preview(mapping)).body.rows).toMatchObject([
      { values: ['B1', '2024-04-01', 'p1', 2, 10.5, '17850'], errors: [] },
      { line: 3, errors: codes.map((code) => ({ code })) },
    ]);
    const start = (body: object) =>
      http.as('analyst').post('/api/sales/imports', { uploadId: file.id, ...body });
    const unfit = {
      ...guessed,
      columns: guessed.columns.with(1, { field: 'time', type: 'empty' }),
    };
    const told = await preview(unfit);
    expect(told.body).toMatchObject({
      rows: [{ line: 2 }, { line: 3 }],
      problems: [expect.any(String)],
    });
    const refused = await start({ mapping: unfit, mode: 'good-rows' });
    expect(refused.body.code).toBe('SALES_MAPPING_INVALID');

    const started = await start({ mapping, mode: 'good-rows' });
    await world.queue.finished(started.body.jobId);
    const row = await world.imports.require(started.body.id);
    expect(row).toMatchObject({ state: 'done', rows_stored: 1, rows_rejected: 1 });
    expect(await world.storedLines(row)).toMatchObject([
      { customer_code: '17850', ordered_at: Date.UTC(2024, 2, 31, 23), unit_price: 105_000 },
    ]);
  });

  it('finds the encoding of a file whose first text that is not ASCII comes late', async () => {
    const digits = Array.from({ length: 40_000 }, (_, i) => `D${i},2023-04-01,p1,1,1,c1,UK\n`);
    const late = Buffer.concat([
      Buffer.from(`order_id,ordered_at,sku,qty,price,customer_id,country\n${digits.join('')}`),
      Buffer.from('E1,2023-04-02,p1,1,1,', 'latin1'),
      // 髙橋商店, 日本 in Shift_JIS.
      Buffer.from('fbfc8bb48fa493582c93fa967b0a', 'hex'),
    ]);
    expect(late.length).toBeGreaterThan(1 << 20);
    const file: Upload = (await upload(Readable.from([late]))).body;
    expect(file.encoding).toBe('shift_jis');
    const started = await http.as('analyst').post('/api/sales/imports', {
      uploadId: file.id,
      mapping: mappingFor(file),
      mode: 'all-or-nothing',
    });
    await world.queue.finished(started.body.jobId);
    const row = await world.imports.require(started.body.id);
    expect(row).toMatchObject({ state: 'done', rows_stored: 40_001 });
    expect((await world.storedLines(row)).at(-1)).toMatchObject({
      customer_code: '髙橋商店',
      country: '日本',
    });
  });

  it('answers with the figures, and with the same ones under an ETag', async () => {
    const url = '/api/sales/overview?from=2025-04-01&to=2025-04-30&filter=country:Germany';
    const first = await http.as('viewer').get(url);
    const of = (id: string) => first.body.kpis.find((kpi: { id: string }) => kpi.id === id).value;
    expect([of('revenue'), of('orders'), of('returns-rate')]).toEqual([21, 1, 0.5]);
    const etag = String(first.headers.etag);
    expect((await http.as('viewer').get(url, { 'if-none-match': etag })).status).toBe(304);
  });

  it('breaks down, and finds values to filter by', async () => {
    const breakdown = await http
      .as('viewer')
      .get('/api/sales/breakdown?by=country&from=2025-04-01&to=2025-04-30');
    expect(breakdown.body.items.map(({ key }: { key: string }) => key)).toEqual([
      'Germany',
      'France',
    ]);
    const values = await http.as('viewer').get('/api/sales/values?dimension=product&search=P1');
    expect(values.body.items).toEqual([{ value: 'p1', label: 'p1' }]);
    const injection = encodeURIComponent("x' OR 1=1; DROP TABLE sales_lines --");
    const none = await http
      .as('viewer')
      .get(`/api/sales/values?dimension=product&search=${injection}`);
    expect(none.body.items).toEqual([]);
    const filtered = await http
      .as('viewer')
      .get(
        `/api/sales/breakdown?by=hour&from=2025-04-01&to=2025-04-30&filter=country:${injection}`,
      );
    expect(filtered.body.total).toEqual({ revenue: 0, count: 0 });
  });

  it('exports lines that a spreadsheet does not run', async () => {
    const url = '/api/sales/export.csv?from=2025-04-01&to=2025-04-02';
    const csv = await http.as('analyst').get(url);
    expect(csv.body.replace('\uFEFF', '').split('\r\n')).toEqual([
      'order_id,ordered_at,product_code,customer_id,country,quantity,unit_price,amount,kind',
      'A1,2025-04-01T22:30:00.000Z,p1,c1,Germany,2,10.5,21,sale',
      "A2,2025-04-02T09:00:00.000Z,'=p2,c2,France,1,4,4,sale",
      '',
    ]);
    const filtered = await http.as('analyst').get(`${url}&filter=product:p1&encoding=shift_jis`);
    expect(filtered.body.split('\r\n').length).toBe(3);
  });

  it.each([
    ['viewer', 'post', '/api/sales/uploads?name=x.csv'],
    ['viewer', 'post', '/api/sales/imports'],
    ['viewer', 'post', '/api/sales/imports/x/undo'],
    ['viewer', 'get', '/api/sales/export.csv?from=2025-04-01&to=2025-04-02'],
    ['operator', 'get', '/api/sales/range'],
  ] as const)('does not let a %s %s %s', async (role, method, url) => {
    expect((await http.as(role)[method](url)).status).toBe(403);
    expect((await http.as('outsider')[method](url)).status).toBe(401);
  });

  it.each([
    [
      'a filter it does not know',
      '/api/sales/overview?from=2025-04-01&to=2025-04-30&filter=colour:red',
    ],
    ['a period that ends before it begins', '/api/sales/overview?from=2025-04-30&to=2025-04-01'],
    ['a day that does not exist', '/api/sales/overview?from=2025-02-30&to=2025-04-01'],
    ['an encoding it does not know', '/api/sales/uploads/x?encoding=klingon'],
    ['a cursor it did not give', '/api/sales/imports?cursor=abc'],
  ])('refuses %s', async (_what, url) => {
    expect((await http.as('analyst').get(url)).status).toBe(400);
  });

  it('keeps nothing of an empty, binary or broken upload', async () => {
    expect((await upload('')).body.code).toBe('UPLOAD_EMPTY');
    const zip = Readable.from([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100)]);
    expect((await upload(zip)).body.code).toBe('SALES_UPLOAD_BINARY');
    const broken = new Readable({ read() {} });
    broken.push('order_id\n');
    const received = world.uploads.receive(broken, { name: 'x.csv', createdBy: 'ann' });
    broken.destroy();
    await expect(received).rejects.toMatchObject({ code: 'UPLOAD_INTERRUPTED' });
  });

  it('says which upload or import is not there', async () => {
    expect((await http.as('analyst').get('/api/sales/uploads/none')).body.code).toBe(
      'SALES_UPLOAD_NOT_FOUND',
    );
    expect((await http.as('viewer').get('/api/sales/imports/none')).body.code).toBe(
      'SALES_IMPORT_NOT_FOUND',
    );
  });
});
