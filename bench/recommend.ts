/**
 * Recommenders on Online Retail beside the peers of the same protocol: everything before a day is known, what customers buy from
 * that day on is to be ranked in the first ten of all items ("any"), or of those that are new to them ("new").
 *
 *   node bench/recommend.ts [ease] [als] [knn] [--cut 2011-11-01] [--end 2012-01-01]
 *
 * The constants of the lists were chosen with `--cut 2011-10-01 --end 2011-11-01`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  buyAgainScores,
  discoverScores,
  fitAls,
  fitEase,
  fitItemKnn,
  type Interactions,
  interactions,
  parseIsoDate,
  type Recommender,
  rankingAccuracy,
} from '../packages/series/src/index.ts';
import { coder, readOnlineRetail, referenceFolder } from './support/online-retail.ts';

interface Peer {
  readonly any: { readonly ndcg10: number; readonly recall10: number; readonly hr10: number };
  readonly new_items_only: Peer['any'];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cut: { type: 'string', default: '2011-11-01' },
    end: { type: 'string', default: '2012-01-01' },
  },
});
const MODELS: Readonly<Record<string, (data: Interactions) => Recommender>> = {
  knn: (data) => fitItemKnn(data),
  bm25: (data) => fitItemKnn(data, { similarity: 'bm25' }),
  als: (data) => fitAls(data),
  ease: (data) => fitEase(data),
};

const folder = referenceFolder();
if (folder !== null) run(folder);

function run(folder: string): void {
  const { data, wanted } = split(folder, parseIsoDate(values.cut), parseIsoDate(values.end));
  const users = [...wanted.keys()];
  console.log(
    `Online Retail before ${values.cut}: ${data.customers} customers, ${data.items} items, ` +
      `${data.item.length} pairs; ${users.length} customers bought from then to ${values.end}`,
  );
  console.log(row(['', 'NDCG@10', 'recall', 'hit rate', 'NDCG@10', 'recall', 'hit rate', 'CPU s']));
  console.log(row(['', 'any', '', '', 'new', '', '', 'fit']));

  report('popularity', 0, () => Float64Array.from(data.buyers));
  report('personal frequency', 0, (user) => {
    const top = Math.max(...data.buyers);
    const scores = Float64Array.from(data.buyers, (buyers) => buyers / (2 * top));
    each(user, (item, k) => {
      scores[item]! += data.times[k]!;
    });
    return scores;
  });
  lists('habits alone', 0, null);
  for (const [name, train] of Object.entries(MODELS)) {
    if (positionals.length > 0 && !positionals.some((word) => name.startsWith(word))) continue;
    const start = process.cpuUsage();
    const model = train(data);
    const seconds = process.cpuUsage(start).user / 1e6;
    report(name, seconds, (user) => model.score(owned(user)));
    lists(`lists with ${name}`, seconds, model);
  }
  peers(folder);

  function owned(user: number): Int32Array {
    return data.item.subarray(data.offsets[user]!, data.offsets[user + 1]!);
  }

  function each(user: number, work: (item: number, k: number) => void): void {
    for (let k = data.offsets[user]!; k < data.offsets[user + 1]!; k++) work(data.item[k]!, k);
  }

  /** One ranking of all items, and of those new to the customer. */
  function report(name: string, seconds: number, score: (user: number) => Float64Array): void {
    const any = users.map((user) => rankingAccuracy(ranked(score(user)), wanted.get(user)!, 10));
    const fresh = users.map((user) => {
      const scores = score(user);
      each(user, (item) => {
        scores[item] = Number.NEGATIVE_INFINITY;
      });
      return rankingAccuracy(ranked(scores), unseen(user), 10);
    });
    console.log(row([name, ...means(any), ...means(fresh), seconds]));
  }

  /** The two lists: the own items in the order of "buy again" and behind them "discover"; "discover" alone. */
  function lists(name: string, seconds: number, model: Recommender | null): void {
    const again: ReturnType<typeof rankingAccuracy>[] = [];
    const filled: typeof again = [];
    const fresh: typeof again = [];
    for (const user of users) {
      const own = owned(user);
      const affinity = model === null ? null : model.score(own);
      const scores = buyAgainScores(data, user, affinity);
      const list = ranked(scores).map((k) => own[k]!);
      again.push(rankingAccuracy(list, wanted.get(user)!, 10));
      if (affinity === null) continue;
      const other = ranked(discoverScores(data, user, affinity));
      filled.push(rankingAccuracy([...list, ...other].slice(0, 10), wanted.get(user)!, 10));
      fresh.push(rankingAccuracy(other, unseen(user), 10));
    }
    console.log(row([name, ...means(again), ...means(fresh), seconds]));
    if (filled.length > 0)
      console.log(row(['  filled up', ...means(filled), null, null, null, null]));
  }

  function unseen(user: number): Set<number> {
    const known = new Set(owned(user));
    return new Set([...wanted.get(user)!].filter((item) => !known.has(item)));
  }
}

function split(folder: string, cut: number, end: number) {
  // Products have five digits; the rest is postage, fees and corrections.
  const lines = readOnlineRetail(folder).filter(({ stock }) => /^\d{5}/.test(stock));
  const before = lines.filter(({ day }) => day < cut);
  const customers = coder();
  const items = coder();
  const data = interactions(
    {
      customer: Int32Array.from(before, ({ customer }) => customers.code(customer)),
      item: Int32Array.from(before, ({ stock }) => items.code(stock)),
      day: Int32Array.from(before, ({ day }) => day),
      customers: new Set(before.map(({ customer }) => customer)).size,
      items: new Set(before.map(({ stock }) => stock)).size,
    },
    { until: cut - 1 },
  );
  const wanted = new Map<number, Set<number>>();
  for (const { day, customer, stock } of lines) {
    if (day < cut || day >= end) continue;
    const user = customers.code(customer);
    const item = items.code(stock);
    if (user >= data.customers || item >= data.items) continue;
    wanted.set(user, (wanted.get(user) ?? new Set()).add(item));
  }
  return { data, wanted };
}

function ranked(scores: Float64Array): number[] {
  return Array.from(scores.keys())
    .filter((i) => scores[i] !== Number.NEGATIVE_INFINITY)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, 10);
}

function means(results: readonly ReturnType<typeof rankingAccuracy>[]): (number | null)[] {
  const known = results.filter((one) => one !== null);
  if (known.length === 0) return [null, null, null];
  return (['ndcg', 'recall', 'hit'] as const).map(
    (name) => known.reduce((sum, one) => sum + one[name], 0) / known.length,
  );
}

function peers(folder: string): void {
  const all: Record<string, Peer> = JSON.parse(
    readFileSync(join(folder, 'recsys/baseline_results.json'), 'utf8'),
  ).online_retail_temporal;
  console.log('Peers, cut 2011-11-01:');
  for (const [name, { any, new_items_only: fresh }] of Object.entries(all)) {
    const cells = [any, fresh].flatMap(({ ndcg10, recall10, hr10 }) => [ndcg10, recall10, hr10]);
    console.log(row([name.slice(0, 24), ...cells, null]));
  }
}

function row(cells: readonly (string | number | null)[]): string {
  return cells
    .map((cell, i) => {
      const text = typeof cell === 'number' ? cell.toFixed(i === 7 ? 1 : 4) : (cell ?? '–');
      return i === 0 ? text.padEnd(26) : text.padStart(9);
    })
    .join('');
}
