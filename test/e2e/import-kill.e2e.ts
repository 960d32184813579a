import { afterAll, expect, it } from 'vitest';
import { Api, setUp, until } from './support/api.ts';
import { type Product, startProduct, temporaryFolder } from './support/product.ts';
import { seeded } from './support/random.ts';

const KILLS = 20;
const ROWS = 150_000;
const settings = { KIZASHI_DEMO: 'off', KIZASHI_JOB_TAKEOVER_SECONDS: '0.4' };

interface ImportState {
  readonly id: string;
  readonly state: string;
  readonly rowsStored: number;
}

let product: Product | undefined;
afterAll(() => product?.kill());

/** One file per number, each different from the others; every row sells `file` + 1 units at 1.00. */
function csv(file: number): Uint8Array {
  const lines = ['order,ordered_at,product,quantity,unit_price'];
  for (let i = 0; i < ROWS; i++) {
    lines.push(
      `F${file}-${i >> 2},2026-01-${String(1 + (i % 28)).padStart(2, '0')} 10:00,P${i % 97},${file + 1},1.00`,
    );
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

async function startImport(api: Api, file: number): Promise<void> {
  const upload = await api.call<Record<string, unknown> & { id: string; columns: object[] }>(
    'POST',
    `/api/sales/uploads?name=file-${file}.csv`,
    csv(file),
  );
  const { encoding, delimiter, hasHeader, columns, dateOrder } = upload;
  await api.post('/api/sales/imports', {
    uploadId: upload.id,
    mode: 'all-or-nothing',
    mapping: {
      encoding,
      delimiter,
      hasHeader,
      columns: (columns as { field: string; type: string }[]).map(({ field, type }) => ({
        field,
        type,
      })),
      dateOrder,
      timeZone: 'Asia/Tokyo',
      currency: 'USD',
    },
  });
}

it(`stores every accepted row once, killed ${KILLS} times in the middle`, {
  timeout: 600_000,
}, async () => {
  const data = temporaryFolder();
  const random = seeded(20_261_122);
  let current = await startProduct(data, settings);
  product = current;
  await setUp(current);
  const api = new Api(() => current.url);
  await api.signIn();

  let files = 0;
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const { items } = await api.get<{ items: ImportState[] }>('/api/sales/imports');
    if (items.every(({ state }) => state === 'done')) await startImport(api, files++);
    await new Promise((done) => setTimeout(done, random() * 1_500));
    const { items: before } = await api.get<{ items: ImportState[] }>('/api/sales/imports');
    if (before.some(({ state }) => state !== 'done')) interrupted++;
    await current.kill();
    current = await startProduct(data, settings);
    product = current;
    await api.signIn();
  }
  // A kill between imports would prove nothing.
  expect(interrupted).toBeGreaterThan(KILLS / 2);

  const { items } = await until(
    () => api.get<{ items: ImportState[] }>('/api/sales/imports'),
    (page) => page.items.every(({ state }) => state === 'done'),
  );
  expect(items).toHaveLength(files);
  expect(items.map(({ rowsStored }) => rowsStored)).toEqual(items.map(() => ROWS));

  const { lines } = await until(
    () => api.get<{ lines: number }>('/api/sales/range'),
    (range) => range.lines === files * ROWS,
  );
  expect(lines).toBe(files * ROWS);
  const overview = await api.get<{ kpis: { id: string; value: number }[] }>(
    '/api/sales/overview?from=2026-01-01&to=2026-01-31',
  );
  const units = ((files * (files + 1)) / 2) * ROWS;
  expect(overview.kpis.find(({ id }) => id === 'revenue')?.value).toBe(units);
  expect(overview.kpis.find(({ id }) => id === 'orders')?.value).toBe((files * ROWS) / 4);
  expect(await current.stop()).toBe(0);
});
