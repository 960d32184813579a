import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseIsoDate } from '@kizashi/series';
import { afterAll, describe, expect, it } from 'vitest';
import { customersReply } from './outlook-reply.ts';
import { readPurchases } from './read-purchases.ts';
import { recommendReply } from './recommend-reply.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-customers-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(text: string): string {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, text);
  return path;
}

const COLUMNS = { customer: 'who', time: 'day', amount: 'yen' };
const RECOMMEND = {
  ...{ count: 3, model: 'ease' as const, customers: [], maxItems: 100 },
  ...{ minSupport: 0.1, minConfidence: 0.2, maxRules: 50 },
};

/** Sixty customers who buy every `c mod 9 + 3` weeks until they leave; items a–f by taste. */
function shop(): string {
  const rows = ['order,who,day,item,count,yen'];
  let order = 1;
  for (let c = 0; c < 60; c++) {
    const purchases = 1 + ((c * 7) % 11);
    for (let k = 0; k < purchases; k++) {
      const day = new Date(Date.UTC(2024, 0, 5 + c + 7 * k * ((c % 9) + 3))).toISOString();
      if (day > '2025-01-01') break;
      for (const item of c % 2 === 0 ? 'abc' : 'def') {
        if ((c + k + item.charCodeAt(0)) % 4 === 0) continue;
        rows.push(`${order},顧客${c},${day.slice(0, 10)},${item},1,${500 + 100 * ((c + k) % 7)}`);
      }
      order++;
    }
  }
  return rows.join('\n');
}

const code = async (work: Promise<unknown>) => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

describe('a file of purchases', () => {
  it('is read with its names, days and amounts', async () => {
    const file = await readPurchases(
      fileOf('who,day,yen\n佐藤,2024/4/1,"￥1,200"\n鈴木,2024年4月2日,△300\n佐藤,2024-04-03,\n'),
      COLUMNS,
    );
    expect(file.customers).toEqual(['佐藤', '鈴木']);
    expect([...file.customer]).toEqual([0, 1]);
    expect([...file.day!]).toEqual([parseIsoDate('2024-04-01'), parseIsoDate('2024-04-02')]);
    expect([...file.amount!]).toEqual([1200, -300]);
    expect([file.rowsRead, file.rowsRejected]).toEqual([3, 1]);
    expect(file.rejected).toEqual({ line: 4, column: 'yen', code: 'required' });
    expect([file.item, file.quantity, file.order]).toEqual([null, null, null]);
  });

  it.each([
    ['a column that is not there', 'who,day\na,2024-01-01\n', 'SERIES_COLUMN_UNKNOWN'],
    ['no rows', 'who,day,yen\n', 'SERIES_FILE_EMPTY'],
    ['a time that is no date', 'who,day,yen\na,Monday,1\n', 'CUSTOMERS_TIME_UNREADABLE'],
    ['dates of two meanings', 'who,day,yen\na,04/11/2025,1\n', 'CUSTOMERS_NO_DATES'],
    ['amounts that are no numbers', 'who,day,yen\na,2024-01-01,much\n', 'CUSTOMERS_NO_NUMBERS'],
    ['no customers', 'who,day,yen\n,2024-01-01,1\n', 'CUSTOMERS_ROWS_UNREADABLE'],
  ])('with %s is refused', async (_, text, wanted) => {
    expect(await code(readPurchases(fileOf(text), COLUMNS))).toBe(wanted);
  });

  it('is refused when one column is used twice', async () => {
    const work = readPurchases(fileOf(shop()), { customer: 'who', item: 'who' });
    expect(await code(work)).toBe('SERIES_COLUMN_TWICE');
  });

  it('reads 20240131 as a day', async () => {
    const file = await readPurchases(fileOf('who,day,yen\na,20240131,1\nb,20240201,1\n'), COLUMNS);
    expect(file.day![0]).toBe(parseIsoDate('2024-01-31'));
  });

  it('takes the order of day and month that was chosen', async () => {
    const file = fileOf('who,day,yen\na,04/11/2025,1\n');
    const read = await readPurchases(file, COLUMNS, { dateOrder: 'day-first' });
    expect(read.day![0]).toBe(parseIsoDate('2025-11-04'));
  });
});

describe('the customers of a file', () => {
  it('have a reply that is JSON through and through', async () => {
    const reply = customersReply(await readPurchases(fileOf(shop()), COLUMNS), {});
    expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
    expect(reply.customers).toHaveLength(60);
    expect(reply.customers[1]).toMatchObject({ id: '顧客1', firstDate: '2024-01-06' });
    expect(reply.bgnbd).toHaveProperty('logLikelihood');
    for (const one of reply.customers) {
      if (one.purchases === 1) expect(one.pAliveStatus).not.toBe('ok');
    }
  });

  it('have no parameters where the model means nothing, and a reason instead', async () => {
    const text = `who,day,yen\n${Array.from({ length: 30 }, (_, c) => `c${c},2024-02-0${1 + (c % 9)},5`).join('\n')}`;
    const reply = customersReply(await readPurchases(fileOf(text), COLUMNS), {});
    expect(reply.bgnbd).toMatchObject({ status: 'none', r: null, logLikelihood: null });
    expect(reply.bgnbd.problems[0]!.code).toBe('no-repeat-purchases');
    expect(reply.customers[0]!.pAlive).toBeNull();
  });

  it('spent price times quantity where there is a quantity', async () => {
    const text = 'who,day,yen,count\na,2024-01-01,100,3\na,2024-01-02,50,2\na,2024-01-03,9,-1\n';
    const file = await readPurchases(fileOf(text), { ...COLUMNS, quantity: 'count' });
    const reply = customersReply(file, {});
    expect(reply.customers[0]).toMatchObject({ purchases: 2, spent: 400 });
    expect(reply.rows).toEqual({ read: 3, rejected: 0, returns: 1, later: 0 });
  });

  it('tell how far they are, never backwards', async () => {
    const told: number[] = [];
    const read: number[] = [];
    const file = await readPurchases(fileOf(shop()), COLUMNS, {}, (done) => read.push(done));
    expect(read.at(-1)).toBe(1);
    customersReply(file, { withinDays: 30, onProgress: (done) => told.push(done) });
    expect(told.length).toBeGreaterThan(3);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it('are refused when nobody bought until then', async () => {
    const file = await readPurchases(fileOf(shop()), COLUMNS);
    const early = async () => customersReply(file, { until: parseIsoDate('2020-01-01') });
    expect(await code(early())).toBe('CUSTOMERS_NO_PURCHASES');
  });

  it.each([
    ['-5', 'up to 2024-04-03', 'returns: 2'],
    ['1e300', 'up to 2024-04-03', 'quadrillion: 2'],
  ])('are refused where all amounts are %s, with the reason', async (amount, ...parts) => {
    const rows = ['who,day,yen', `a,2024-04-01,${amount}`, `b,2024-04-03,${amount}`];
    const file = await readPurchases(fileOf(rows.join('\n')), COLUMNS);
    for (const part of parts) expect(() => customersReply(file, {})).toThrow(part);
  });
});

describe('the recommendations of a file', () => {
  const columns = { customer: 'who', item: 'item', time: 'day', quantity: 'count', order: 'order' };

  it.each(['ease', 'als', 'item-knn'] as const)(
    'by %s are two lists and rules, as JSON',
    async (model) => {
      const file = await readPurchases(fileOf(shop()), columns);
      const reply = recommendReply(file, { ...RECOMMEND, model });
      expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
      expect(reply.customers).toHaveLength(60);
      for (const { buyAgain, discover } of reply.customers) {
        const again = new Set(buyAgain.map(({ item }) => item));
        expect(discover.every(({ item }) => !again.has(item))).toBe(true);
      }
      expect(reply.rules.length).toBeGreaterThan(0);
      expect(reply.baskets).toBe(file.orders);
    },
  );

  it('are for the customers asked for', async () => {
    const file = await readPurchases(fileOf(shop()), columns);
    const reply = recommendReply(file, { ...RECOMMEND, customers: ['顧客7'] });
    expect(reply.customers.map(({ id }) => id)).toEqual(['顧客7']);
    const unknown = async () => recommendReply(file, { ...RECOMMEND, customers: ['Nobody'] });
    expect(await code(unknown())).toBe('CUSTOMERS_UNKNOWN');
  });

  it('tell how far they are, never backwards', async () => {
    const told: number[] = [];
    const file = await readPurchases(fileOf(shop()), columns);
    recommendReply(file, { ...RECOMMEND, model: 'als', onProgress: (done) => told.push(done) });
    expect(told.length).toBeGreaterThan(10);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(1);
  });

  it('need no dates', async () => {
    const file = await readPurchases(fileOf(shop()), { customer: 'who', item: 'item' });
    expect(recommendReply(file, RECOMMEND).until).toBeNull();
  });
});
