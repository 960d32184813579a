import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../testing/random.ts';
import { stockChoicesSchema } from './contract.ts';
import { type FileStock, stockFile } from './stock-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-stock-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DAYS = 210;
const day = (i: number) => new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
const random = createRandom(3);
/** Two items: about ten a day with 40 left, and twice that with 900; a third has nothing in the column. */
const lines = ['item,day,sold,stock,lead'];
for (let i = 0; i < DAYS; i++) {
  const noise = Math.round(4 * random());
  lines.push(`tea,${day(i)},${8 + noise},${DAYS - i + 39},7`);
  lines.push(`ink,${day(i)},${16 + 2 * noise},900,21`);
  lines.push(`pen,${day(i)},${5 + noise},,7`);
}
const file = join(folder, 'items.csv');
writeFileSync(file, lines.join('\n'));

async function stockOf(choices: object, locale: 'en' | 'ja' = 'en') {
  const found: Record<string, FileStock> = {};
  await stockFile({
    file,
    layout: { timeZone: 'UTC', id: 'item', time: 'day', y: 'sold' },
    choices: stockChoicesSchema.parse(choices),
    forecast: { model: 'ses' },
    onSeries: (id, tell) => {
      found[id] = tell(locale);
    },
  });
  return found;
}

describe('the stock of a file of demand', () => {
  it('is what lasts until the order after this one arrives, and beyond it', async () => {
    const { tea } = await stockOf({ leadTime: 7, reviewPeriod: 7, onHand: 40, lotSize: 12 });
    const { stock, t } = tea!;
    expect(t).toHaveLength(14);
    expect(stock).toMatchObject({ status: 'order', onHand: 40, leadTime: 7 });
    expect(stock!.demand).toBeGreaterThan(14 * 9);
    expect(stock!.demand).toBeLessThan(14 * 11.5);
    expect(stock!.leadTimeDemand).toBeCloseTo(stock!.demand / 2, 6);
    expect(stock!.safetyStock).toBeGreaterThan(0);
    expect(stock!.orderUpTo).toBeCloseTo(stock!.demand + stock!.safetyStock, 9);
    expect(stock!.orderQuantity % 12).toBe(0);
    expect(stock!.orderQuantity).toBeGreaterThanOrEqual(stock!.orderUpTo - 40);
  });

  it('asks for more the surer it must be and the longer it takes', async () => {
    const of = async (choices: object) => (await stockOf(choices)).tea!.stock!;
    const usual = await of({ leadTime: 7 });
    expect((await of({ leadTime: 7, serviceLevel: 0.99 })).safetyStock).toBeGreaterThan(
      usual.safetyStock,
    );
    expect((await of({ leadTime: 14 })).reorderPoint).toBeGreaterThan(usual.reorderPoint);
  });

  it('takes last values of columns for each series, and says where there is none', async () => {
    const found = await stockOf({ leadTime: 'lead', onHand: 'stock' }, 'ja');
    expect(found.tea!.stock).toMatchObject({ status: 'order', onHand: 40, leadTime: 7 });
    expect(found.ink!.stock).toMatchObject({ status: 'enough', onHand: 900, leadTime: 21 });
    expect(found.pen!.stock).toMatchObject({ onHand: 0 });
    expect(found.pen!.warnings.at(-1)!.message).toContain('0（発注単位は 1）とみなしました');
    expect(found.tea!.warnings.map(({ code }) => code)).not.toContain('columns-unused');
  });

  it('refuses a column that is not there', async () => {
    await expect(stockOf({ leadTime: 'nowhere' })).rejects.toMatchObject({
      code: 'SERIES_COLUMN_UNKNOWN',
    });
  });
});
