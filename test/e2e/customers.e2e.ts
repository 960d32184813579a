import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kizashi, root, temporaryFolder } from './support/product.ts';
import { seeded } from './support/random.ts';

const JAPANESE = { LANG: 'ja_JP.UTF-8' };
const reference = process.env.KIZASHI_REFERENCE ?? resolve(root, '../shared/reference');
const CDNOW = join(reference, 'forecast/customers/cdnow_sample_transactions.csv');
const COLUMNS = ['--customer', 'customer', '--time', 'day', '--amount', 'amount'];

/** Three hundred customers over two years, most of whom leave some day; two tastes. */
function shop(): string {
  const random = seeded(11);
  const rows = ['order,customer,day,item,quantity,amount'];
  let order = 0;
  for (let c = 0; c < 300; c++) {
    const rate = 0.005 + 0.04 * random() ** 2;
    const leaving = 0.6 * random() ** 3;
    let day = Math.floor(360 * random());
    do {
      order++;
      const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      for (let k = 0; k < 3; k++) {
        const item = `${c % 2 === 0 ? 'tea' : 'ink'} ${Math.floor(12 * random())}`;
        rows.push(`${order},客${c},${date},${item},1,${(5 + 40 * random()).toFixed(2)}`);
      }
      day += 1 + Math.floor(-Math.log(1 - random()) / rate);
    } while (day < 730 && random() > leaving);
  }
  const file = join(temporaryFolder(), 'shop.csv');
  writeFileSync(file, `${rows.join('\n')}\n`);
  return file;
}

const file = shop();

describe('kizashi customers', () => {
  it('gives models and a forecast for each customer, without server or database', async () => {
    const { code, stdout, stderr } = await kizashi(['customers', file, ...COLUMNS, '--json'], {});
    expect([code, stderr]).toEqual([0, '']);
    const reply = JSON.parse(stdout);
    expect(reply.bgnbd).toMatchObject({ status: 'ok' });
    for (const name of ['r', 'alpha', 'a', 'b']) expect(reply.bgnbd[name]).toBeGreaterThan(0);
    for (const name of ['p', 'q', 'v']) expect(reply.gammaGamma[name]).not.toBeUndefined();
    expect(reply.customers).toHaveLength(300);
    for (const one of reply.customers) {
      expect(one.id).toMatch(/^客\d+$/);
      expect(one.pAlive).toBeGreaterThanOrEqual(0);
      expect(one.expected).toBeGreaterThan(0);
      expect(one.value).toBeGreaterThan(0);
      if (one.purchases === 1) expect(one.pAliveStatus).toBe('one-purchase');
    }
  });

  it('shows tables in both languages', async () => {
    const english = await kizashi(['customers', file, ...COLUMNS, '--rows', '3'], {});
    expect(english.stdout).toContain('next purchase');
    expect(english.stdout).toContain('… and 297 more');
    const japanese = await kizashi(['customers', file, ...COLUMNS, '--rows', '3'], JAPANESE);
    expect(japanese.stdout).toContain('次回購入日');
    expect(japanese.stdout).toContain('ほか 297 人');
  });

  it.each([
    [['--until', '2024-02-30'], 'DATE_INVALID'],
    [['--until', '2001-01-01'], 'CUSTOMERS_NO_PURCHASES'],
    [['--months', '0'], 'NUMBER_INVALID'],
  ])('refuses %j as wrong usage', async (more, wanted) => {
    const { code, stdout, stderr } = await kizashi(
      ['customers', file, ...COLUMNS, '--json', ...more],
      {},
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(JSON.parse(stderr).error.code).toBe(wanted);
  });

  it('refuses a column that is not there, in the reader’s language', async () => {
    const wrong = ['--customer', 'who', '--time', 'day', '--amount', 'amount'];
    const { code, stderr } = await kizashi(['customers', file, ...wrong], JAPANESE);
    expect(code).toBe(2);
    expect(stderr).toContain('列「who」はありません');
  });

  it.skipIf(!existsSync(CDNOW))('has the published estimates on CDNOW', async () => {
    const columns = ['--customer', 'id', '--time', 'date', '--amount', 'dollars'];
    const until = ['--until', '1997-09-30', '--json'];
    const { stdout } = await kizashi(['customers', CDNOW, ...columns, ...until], {});
    const { bgnbd, gammaGamma, customers } = JSON.parse(stdout);
    const near = (value: number, wanted: number) =>
      expect(Math.abs(value / wanted - 1)).toBeLessThan(0.005);
    near(bgnbd.r, 0.2426);
    near(bgnbd.alpha, 4.414);
    near(bgnbd.a, 0.793);
    near(bgnbd.b, 2.426);
    near(gammaGamma.p, 6.25);
    near(gammaGamma.q, 3.745);
    near(gammaGamma.v, 15.448);
    const expected = readFileSync(join(CDNOW, '../cdnow_expected.csv'), 'utf8').split('\n')[1]!;
    near(customers[0].pAlive, Number(expected.split(',')[6]));
  });
});

describe('kizashi recommend', () => {
  const columns = ['--customer', 'customer', '--item', 'item', '--time', 'day'];
  const more = ['--quantity', 'quantity', '--order', 'order', '--support', '0.005'];

  it('gives two lists for each customer, and rules', async () => {
    const { code, stdout, stderr } = await kizashi(
      ['recommend', file, ...columns, ...more, '--json'],
      {},
    );
    expect([code, stderr]).toEqual([0, '']);
    const { customers, rules } = JSON.parse(stdout);
    expect(customers).toHaveLength(300);
    for (const { id, discover } of customers) {
      const taste = Number(id.slice(1)) % 2 === 0 ? 'tea' : 'ink';
      if (discover.length > 0) expect(discover[0].item).toContain(taste);
    }
    expect(rules.length).toBeGreaterThan(0);
    for (const { antecedent, consequent, confidence, lift } of rules) {
      expect(antecedent).not.toContain(consequent);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(lift).toBeGreaterThanOrEqual(1);
    }
  });

  it('shows the customers asked for in both languages', async () => {
    const ask = ['recommend', file, ...columns, '--for', '客7'];
    expect((await kizashi(ask, {})).stdout).toContain('buy again');
    expect((await kizashi(ask, JAPANESE)).stdout).toContain('また買う');
    const nobody = await kizashi(['recommend', file, ...columns, '--for', 'Nobody', '--json'], {});
    expect(nobody.code).toBe(2);
    expect(JSON.parse(nobody.stderr).error.code).toBe('CUSTOMERS_UNKNOWN');
  });
});
