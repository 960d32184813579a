import { afterEach, expect, it } from 'vitest';
import {
  type CuttableProxy,
  openCuttableProxy,
} from '../../packages/server/src/testing/cuttable-proxy.ts';
import { describeDatabases } from '../../packages/server/src/testing/databases.ts';
import { describeRedis } from '../../packages/server/src/testing/redis.ts';
import { type Api, setUp, until } from './support/api.ts';
import { figures, salesCsv, startImport, untilImport } from './support/imports.ts';
import { type Live, listen } from './support/live.ts';
import { type Product, startProduct, temporaryFolder } from './support/product.ts';

const ROWS = 60_000;
const EXPECTED = { revenue: 3 * ROWS, orders: ROWS / 4 };

const running: Product[] = [];
let live: Live | undefined;
afterEach(async () => {
  live?.close();
  // Together: a worker may have to wait for what its other half does.
  await Promise.all(running.splice(0).map((product) => product.stop()));
});

async function start(settings: Record<string, string>, data = temporaryFolder()): Promise<Product> {
  const product = await startProduct(data, { KIZASHI_DEMO: 'off', ...settings });
  running.push(product);
  return product;
}

/** Imports a file and waits until it is told live and shown. */
async function importsAndShows(product: Product, api: Api): Promise<void> {
  live = await listen(product, api, 'sales.data');
  await startImport(api, 'sales.csv', salesCsv(ROWS, 3));
  expect(await untilImport(api, ({ state }) => state === 'done')).toMatchObject({
    rowsStored: ROWS,
  });
  await expect
    .poll(() => live?.messages)
    .toContainEqual(expect.objectContaining({ lines: ROWS, reason: 'import' }));
  expect(await figures(api)).toEqual(EXPECTED);
}

describeDatabases('the product', ({ create, engine }) => {
  it('imports a file and shows it live', async () => {
    const product = await start({ KIZASHI_DATABASE_URL: await create() });
    const api = await setUp(product);
    expect(await api.get('/api/about')).toMatchObject({ queue: 'embedded' });
    await importsAndShows(product, api);
    expect(await product.stop(), product.log()).toBe(0);
    if (engine === 'sqlite') return;
    expect(product.log()).not.toContain('"level":50');
  });
});

describeDatabases(
  'the product',
  ({ create }) => {
    let proxy: CuttableProxy;
    it('says that it is not ready while the database is away, and goes on when it is back', async () => {
      proxy = await openCuttableProxy(await create());
      const product = await start({ KIZASHI_DATABASE_URL: proxy.url });
      const api = await setUp(product);
      const health = async (kind: string) => (await fetch(`${product.url}/health/${kind}`)).status;
      expect(await health('ready')).toBe(200);
      await startImport(api, 'sales.csv', salesCsv(ROWS, 3));
      await untilImport(api, ({ rowsRead }) => rowsRead > 0);

      proxy.cut();
      await until(
        () => health('ready'),
        (status) => status === 503,
      );
      expect(await health('live')).toBe(200);
      const refused = await api.ask('GET', '/api/sales/imports');
      expect(refused.status).toBe(503);
      expect(JSON.parse(refused.text)).toMatchObject({ code: 'UNAVAILABLE' });

      proxy.mend();
      await until(
        () => health('ready'),
        (status) => status === 200,
      );
      await untilImport(api, ({ state, rowsStored }) => state === 'done' && rowsStored === ROWS);
      expect(await figures(api)).toEqual(EXPECTED);
      expect(await product.stop(), product.log()).toBe(0);
      await proxy.close();
    });

    it.each(['cut', 'hold'] as const)(
      'ends when it is asked to while its database is away: %s',
      async (how) => {
        proxy = await openCuttableProxy(await create());
        const product = await start({ KIZASHI_DATABASE_URL: proxy.url, KIZASHI_STOP_SECONDS: '6' });
        proxy[how]();
        await product.stop();
        if (how === 'hold') expect(product.log()).toContain('KIZASHI_STOP_SECONDS');
        await proxy.close();
      },
    );
  },
  { engines: ['postgres', 'mysql'] },
);

describeRedis('web and worker as two processes on Redis', (redis) => {
  describeDatabases(
    'with their data',
    ({ create }) => {
      it('import what one of them was given, and show it live there', async () => {
        const data = temporaryFolder();
        const shared = {
          KIZASHI_DATABASE_URL: await create(),
          KIZASHI_REDIS_URL: redis.url,
          KIZASHI_REDIS_PREFIX: redis.prefix(),
        };
        const web = await start({ ...shared, KIZASHI_ROLES: 'web' }, data);
        const api = await setUp(web);
        await start({ ...shared, KIZASHI_ROLES: 'worker' }, data);
        expect(await api.get('/api/about')).toMatchObject({ queue: 'redis' });
        await importsAndShows(web, api);
      });
    },
    { engines: ['postgres'] },
  );
});
