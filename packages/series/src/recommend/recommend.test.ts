import { describe, expect, it } from 'vitest';
import { solveByElimination } from '../math/linear-system.ts';
import { createRandom } from '../math/random.ts';
import { fitAls } from './als.ts';
import { fitEase } from './ease.ts';
import { interactions } from './interactions.ts';
import { fitItemKnn } from './item-knn.ts';
import { rankingAccuracy } from './ranking-accuracy.ts';
import { best, recommendations } from './recommendations.ts';

/** Customer, item, day. */
function linesOf(rows: readonly (readonly number[])[], customers: number, items: number) {
  return {
    customer: Int32Array.from(rows, (row) => row[0]!),
    item: Int32Array.from(rows, (row) => row[1]!),
    day: Int32Array.from(rows, (row) => row[2] ?? 0),
    customers,
    items,
  };
}

/** Two tastes: items 0–9 and 10–19; every customer buys six of one of them, and the even ones item 20. */
function tastes(customers = 200) {
  const random = createRandom(3);
  const rows: number[][] = [];
  for (let c = 0; c < customers; c++) {
    const first = c % 2 === 0 ? 0 : 10;
    const own = Array.from({ length: 10 }, (_, i) => first + i).sort(() => random() - 0.5);
    for (const item of own.slice(0, 6)) rows.push([c, item, 100]);
    if (c % 4 === 0) rows.push([c, 20, 100]);
  }
  return interactions(linesOf(rows, customers, 22));
}

describe('interactions', () => {
  const data = interactions(
    linesOf(
      [
        [1, 2, 100],
        [0, 1, 0],
        [0, 1, 365],
        [0, 1, 365],
        [0, 0, 365],
      ],
      3,
      3,
    ),
  );

  it('count days, and older ones less', () => {
    expect([...data.offsets]).toEqual([0, 2, 3, 3]);
    expect([...data.item]).toEqual([0, 1, 2]);
    expect([...data.times]).toEqual([1, 2, 1]);
    expect([...data.weight.subarray(0, 2)]).toEqual([1, 1.5]);
    expect([...data.last]).toEqual([365, 365, 100]);
    expect([...data.buyers]).toEqual([1, 1, 1]);
  });

  it('know what is in demand now', () => {
    expect(data.demand[0]).toBeGreaterThan(1);
    expect(data.demand[2]).toBeLessThan(1);
  });

  it('leave out returns and what is later, and need no days', () => {
    const lines = {
      ...linesOf(
        [
          [0, 0, 1],
          [0, 1, 9],
          [0, 2, 2],
        ],
        1,
        3,
      ),
      quantity: Float64Array.of(1, 5, -1),
    };
    expect(interactions(lines, { until: 5 }).leftOut).toEqual({ returns: 1, later: 1 });
    const { day: _, ...dayless } = linesOf(
      [
        [0, 0],
        [0, 0],
      ],
      1,
      1,
    );
    const undated = interactions(dayless);
    expect([undated.until, undated.times[0], undated.demand[0]]).toEqual([null, 2, 1]);
  });

  it('refuse codes out of range', () => {
    expect(() => interactions(linesOf([[0, 5, 1]], 1, 3))).toThrow(
      'item: must be from 0 to 2, got 5',
    );
    expect(() => interactions(linesOf([], 0, 0), { halfLifeDays: 0 })).toThrow('halfLifeDays');
  });
});

describe('EASE', () => {
  it('has the weights of a ridge regression of each item on the others', () => {
    const data = tastes(40);
    const penalty = 7;
    const model = fitEase(data, { penalty });
    const bought = Array.from({ length: 40 }, (_, c) => {
      const row = new Float64Array(22);
      for (let k = data.offsets[c]!; k < data.offsets[c + 1]!; k++) row[data.item[k]!] = 1;
      return row;
    });
    for (const target of [0, 13, 20]) {
      const others = Array.from({ length: 22 }, (_, i) => i).filter((i) => i !== target);
      const product = (a: number, b: number) =>
        bought.reduce((sum, row) => sum + row[a]! * row[b]!, 0);
      const weights = solveByElimination(
        others.map((a) =>
          Float64Array.from(others, (b) => product(a, b) + (a === b ? penalty : 0)),
        ),
        Float64Array.from(others, (a) => product(a, target)),
      )!;
      others.forEach((item, k) => {
        expect(model.score([item])[target]).toBeCloseTo(weights[k]!, 10);
      });
    }
  });

  it('keeps the items that are bought most when there are too many', () => {
    const model = fitEase(tastes(), { maxItems: 20 });
    expect(model.ignored).toBe(2);
    expect(model.score([0])[20]).toBe(0);
  });
});

describe.each([
  ['EASE', (data: ReturnType<typeof tastes>) => fitEase(data, { penalty: 20 })],
  ['ALS', (data: ReturnType<typeof tastes>) => fitAls(data, { factors: 4 })],
  ['item-kNN', (data: ReturnType<typeof tastes>) => fitItemKnn(data)],
  ['item-kNN, BM25', (data: ReturnType<typeof tastes>) => fitItemKnn(data, { similarity: 'bm25' })],
] as const)('%s', (_, fit) => {
  it('finds what goes with a taste', () => {
    const scores = fit(tastes()).score([0, 1, 2]);
    const [first] = best(Float64Array.from(scores).fill(-1, 0, 3), 1);
    expect(first).toBeGreaterThanOrEqual(3);
    const mean = (from: number, to: number) =>
      scores.subarray(from, to).reduce((sum, score) => sum + score, 0) / (to - from);
    expect(mean(3, 10)).toBeGreaterThan(4 * mean(10, 20));
  });

  it('gives the same each time', () => {
    expect(fit(tastes()).score([4])).toEqual(fit(tastes()).score([4]));
  });

  it('has finite scores for no items, unknown items, one customer, equal customers and nobody', () => {
    const one = interactions(linesOf([[0, 0, 1]], 1, 1));
    const equal = interactions(
      linesOf(
        Array.from({ length: 60 }, (_, k) => [Math.floor(k / 3), k % 3, 1]),
        20,
        3,
      ),
    );
    const none = interactions(linesOf([], 0, 0));
    for (const data of [tastes(), one, equal, none]) {
      const model = fit(data);
      for (const owned of [[], [0], [99_999], [-1]]) {
        const scores = model.score(owned);
        expect(scores).toHaveLength(data.items);
        expect(scores.every((score) => Number.isFinite(score))).toBe(true);
      }
    }
  });

  it('has parts that add up to the score, or none', () => {
    const model = fit(tastes());
    if (model.parts === null) return;
    const owned = [0, 3, 7];
    const parts = model.parts(owned, 5);
    expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(model.score(owned)[5]!, 12);
  });
});

describe('recommendations', () => {
  const data = tastes();
  const model = fitEase(data, { penalty: 20 });

  it('are two lists without a common item, with what they rest on', () => {
    const { status, buyAgain, discover } = recommendations(data, model, 0);
    expect(status).toBe('ok');
    const own = new Set(data.item.subarray(0, data.offsets[1]!));
    expect(new Set(buyAgain.map(({ item }) => item))).toEqual(own);
    expect(discover.length).toBeGreaterThan(0);
    for (const one of discover) {
      expect(own.has(one.item)).toBe(false);
      expect(own.has(one.because!)).toBe(true);
      expect(one.item).toBeLessThan(10);
    }
    expect(buyAgain[0]).toMatchObject({ times: 1, lastDay: 100 });
  });

  it('rank what is bought often and lately first', () => {
    const habits = interactions(
      linesOf(
        [
          ...[1, 2, 3].map((day) => [0, 0, day]),
          ...[301, 302, 303].map((day) => [0, 1, day]),
          [0, 2, 303],
        ],
        1,
        3,
      ),
    );
    const { buyAgain } = recommendations(habits, fitItemKnn(habits), 0);
    expect(buyAgain.map(({ item }) => item)).toEqual([1, 0, 2]);
  });

  it('are what sells now for a customer of whom nothing is known', () => {
    for (const customer of [data.customers, 10_000]) {
      const { status, buyAgain, discover } = recommendations(data, model, customer, { count: 3 });
      expect([status, buyAgain.length, discover.length]).toEqual(['popular', 0, 3]);
    }
    const nothing = interactions(linesOf([], 0, 0));
    expect(recommendations(nothing, fitEase(nothing), 0).discover).toEqual([]);
  });

  it('refuse a length of 0', () => {
    expect(() => recommendations(data, model, 0, { count: 0 })).toThrow('count: must be a whole');
  });
});

describe('the best scores', () => {
  it('are those that sorting finds', () => {
    const random = createRandom(9);
    const scores = Float64Array.from({ length: 300 }, () => Math.floor(40 * random()));
    scores.fill(Number.NEGATIVE_INFINITY, 20, 40);
    const sorted = Array.from(scores.keys())
      .filter((i) => scores[i] !== Number.NEGATIVE_INFINITY)
      .sort((a, b) => scores[b]! - scores[a]! || a - b);
    for (const count of [1, 7, 500]) expect(best(scores, count)).toEqual(sorted.slice(0, count));
  });
});

describe('the accuracy of a ranking', () => {
  it('is 1 for a perfect list and 0 without a hit', () => {
    expect(rankingAccuracy([3, 1], new Set([1, 3]), 10)).toEqual({ ndcg: 1, recall: 1, hit: 1 });
    expect(rankingAccuracy([4], new Set([1]), 10)).toEqual({ ndcg: 0, recall: 0, hit: 0 });
  });

  it('counts later places less', () => {
    const { ndcg, recall } = rankingAccuracy([9, 1], new Set([1, 2]), 2)!;
    expect(ndcg).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12);
    expect(recall).toBe(0.5);
  });

  it('is null where nothing was relevant', () => {
    expect(rankingAccuracy([1], new Set(), 10)).toBeNull();
  });
});
