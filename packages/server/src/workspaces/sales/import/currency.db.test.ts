import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeDatabases } from '../../../testing/databases.ts';
import { mappingOf, openSalesWorld, type SalesWorld } from '../testing/sales-world.ts';

const mapping = mappingOf(['order', 'time', 'product', 'unitPrice']);
const fileOf = (order: string): string => `order,time,product,price\n${order},2025-04-01,p,1.5\n`;

describeDatabases('the currency of imports', (databases) => {
  let world: SalesWorld;
  beforeEach(async () => {
    world = await openSalesWorld(databases);
    await world.start();
  });
  afterEach(() => world.close());

  it('reads a Japanese file, discounts becoming adjustments', async () => {
    const file = readFileSync(
      new URL('../../../core/csv/fixtures/orders-cp932.csv', import.meta.url),
    );
    const row = await world.finished(
      file,
      mappingOf(
        [
          ...(['order', 'time', 'customer', 'productName', 'quantity', 'unitPrice'] as const),
          ...(['amount', 'ignore'] as const),
        ],
        { encoding: 'shift_jis', timeZone: 'Asia/Tokyo', currency: 'JPY' },
      ),
    );
    expect(row).toMatchObject({ state: 'done', rows_stored: 5, rows_adjustment: 1 });
    const lines = await world.storedLines(row);
    expect(lines.map(({ amount }) => amount / 10_000)).toEqual([1200, 2940, 900, -1500, 1500]);
    expect(lines[0]).toMatchObject({ customer_code: '髙橋商店', product_code: 'ﾐﾙｸ①' });
    expect(lines[2]!.ordered_at).toBe(Date.parse('2025-04-02T15:00Z'));
    expect((await world.settings.get()).currency).toBe('JPY');
  });

  it('refuses a second currency, and offers to remove the demo', async () => {
    const demo = await world.finished(fileOf('A1'), mapping, { demo: true, name: 'demo.csv' });
    const yen = { ...mapping, currency: 'JPY' };
    await expect(world.submit(fileOf('A2'), yen)).rejects.toMatchObject({
      code: 'SALES_CURRENCY_DIFFERS_DEMO',
      params: { name: 'demo.csv', stored: 'GBP' },
    });
    await world.finished(fileOf('A3'), mapping);
    await expect(world.submit(fileOf('A2'), yen)).rejects.toMatchObject({
      code: 'SALES_CURRENCY_DIFFERS',
    });
    expect((await world.imports.require(demo.id)).state).toBe('done');
  });
});
