import { afterAll, expect, it } from 'vitest';
import { Api, setUp, until } from './support/api.ts';
import { figures, imports, salesCsv, startImport } from './support/imports.ts';
import { type Product, startProduct, temporaryFolder } from './support/product.ts';
import { seeded } from './support/random.ts';

const KILLS = 20;
const ROWS = 150_000;
const settings = { KIZASHI_DEMO: 'off', KIZASHI_JOB_TAKEOVER_SECONDS: '0.4' };

let product: Product | undefined;
afterAll(() => product?.kill());

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
    if ((await imports(api)).every(({ state }) => state === 'done')) {
      const units = ++files;
      await startImport(api, `file-${units}.csv`, salesCsv(ROWS, units));
    }
    await new Promise((done) => setTimeout(done, random() * 1_500));
    if ((await imports(api)).some(({ state }) => state !== 'done')) interrupted++;
    await current.kill();
    current = await startProduct(data, settings);
    product = current;
    await api.signIn();
  }
  // A kill between imports would prove nothing.
  expect(interrupted).toBeGreaterThan(KILLS / 2);

  const items = await until(
    () => imports(api),
    (all) => all.every(({ state }) => state === 'done'),
  );
  expect(items).toHaveLength(files);
  expect(items.map(({ rowsStored }) => rowsStored)).toEqual(items.map(() => ROWS));

  const { lines } = await until(
    () => api.get<{ lines: number }>('/api/sales/range'),
    (range) => range.lines === files * ROWS,
  );
  expect(lines).toBe(files * ROWS);
  const revenue = ((files * (files + 1)) / 2) * ROWS;
  expect(await figures(api)).toEqual({ revenue, orders: (files * ROWS) / 4 });
  expect(await current.stop(), current.log()).toBe(0);
});
