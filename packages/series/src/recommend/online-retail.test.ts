/**
 * Online Retail (Chen 2015, doi 10.24432/C5BW33): rankings of November 2011 beside recorded ones, and the goals of the two lists.
 * Runs where the reference folder is at hand (KIZASHI_REFERENCE, or `../shared/reference` beside the repository).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseIsoDate } from '../calendar/day.ts';
import { interactions } from './interactions.ts';
import { fitItemKnn } from './item-knn.ts';
import { rankingAccuracy } from './ranking-accuracy.ts';
import { best, buyAgainScores, discoverScores } from './recommendations.ts';

const root =
  process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../../../../shared/reference');
const folder = join(root, 'forecast');
const present = existsSync(folder);
if (!present) console.info(`skipped: rankings need the reference data (${folder})`);

function load() {
  const packed = readFileSync(join(folder, 'sales/online_retail.csv.gz'));
  const cut = parseIsoDate('2011-11-01');
  const codes = { customer: new Map<string, number>(), item: new Map<string, number>() };
  const code = (kind: 'customer' | 'item', name: string) => {
    if (!codes[kind].has(name)) codes[kind].set(name, codes[kind].size);
    return codes[kind].get(name)!;
  };
  const before: [number, number, number][] = [];
  const after: [string, string][] = [];
  for (const line of gunzipSync(packed).toString().split('\n').slice(1)) {
    const [invoice, stock, quantity, time, price, customer] = line.split(',');
    if (!customer || invoice!.startsWith('C') || !/^\d{5}/.test(stock!)) continue;
    if (!(Number(quantity) > 0 && Number(price) > 0)) continue;
    const day = parseIsoDate(time!.slice(0, 10));
    if (day < cut) before.push([code('customer', customer), code('item', stock!), day]);
    else after.push([customer, stock!]);
  }
  const wanted = new Map<number, Set<number>>();
  for (const [customer, stock] of after) {
    const user = codes.customer.get(customer);
    const item = codes.item.get(stock);
    if (user === undefined || item === undefined) continue;
    wanted.set(user, (wanted.get(user) ?? new Set()).add(item));
  }
  const data = interactions(
    {
      customer: Int32Array.from(before, ([customer]) => customer),
      item: Int32Array.from(before, ([, item]) => item),
      day: Int32Array.from(before, ([, , day]) => day),
      customers: codes.customer.size,
      items: codes.item.size,
    },
    { until: cut - 1 },
  );
  return { data, wanted };
}

describe.skipIf(!present)('1,538 customers of Online Retail in November 2011', () => {
  const { data, wanted } = present ? load() : { data: undefined!, wanted: undefined! };

  it('are those of the recorded protocol', () => {
    expect([data.customers, data.items, wanted.size]).toEqual([3970, 3607, 1538]);
  });

  it('are ranked by item-kNN as well as by the peer; the two lists reach their goals', () => {
    const model = fitItemKnn(data);
    const sums = { plain: 0, again: 0, discover: 0, newcomers: 0 };
    for (const [user, bought] of wanted) {
      const owned = data.item.subarray(data.offsets[user]!, data.offsets[user + 1]!);
      const affinity = model.score(owned);
      sums.plain += rankingAccuracy(best(affinity, 10), bought, 10)!.ndcg;
      const again = best(buyAgainScores(data, user, affinity), 10).map((k) => owned[k]!);
      sums.again += rankingAccuracy(again, bought, 10)!.ndcg;
      const known = new Set(owned);
      const fresh = new Set([...bought].filter((item) => !known.has(item)));
      const found = rankingAccuracy(best(discoverScores(data, user, affinity), 10), fresh, 10);
      if (found === null) continue;
      sums.discover += found.ndcg;
      sums.newcomers++;
    }
    // The peer's recorded value is .2083.
    expect(Math.abs(sums.plain / wanted.size - 0.2083)).toBeLessThan(0.002);
    expect(sums.newcomers).toBe(1440);
    expect(sums.again / wanted.size).toBeGreaterThan(0.35);
    expect(sums.discover / sums.newcomers).toBeGreaterThan(0.105);
  });
});
