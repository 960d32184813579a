import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { simulatedBgNbd } from '../testing/simulated-customers.ts';
import { customersOutlook } from './outlook.ts';
import { purchaseLog } from './purchase-log.ts';
import { type RetentionFacts, retention } from './retention.ts';
import { rankScores, rfm } from './rfm.ts';

const END = 15_000;

/** Lines of n customers drawn from BG/NBD over `weeks`; amounts differ between and within customers. */
function lines(n: number, a = 0.8, weeks = 60) {
  const random = createRandom(2);
  const { frequency, recency, age } = simulatedBgNbd(n, { r: 0.5, alpha: 5, a, b: 2.5 }, weeks, 30);
  const rows: [number, number, number][] = [];
  for (let c = 0; c < n; c++) {
    const first = END - Math.round(7 * age[c]!);
    const usual = 20 + 60 * random();
    rows.push([c, first, usual]);
    for (let k = 1; k <= frequency[c]!; k++) {
      const at = k === frequency[c] ? recency[c]! : (recency[c]! * k) / frequency[c]!;
      rows.push([c, first + Math.max(k, Math.round(7 * at)), usual * (0.5 + random())]);
    }
  }
  return linesOf(rows, n);
}

function linesOf(rows: readonly (readonly [number, number, number])[], customers: number) {
  return {
    customer: Int32Array.from(rows, (row) => row[0]),
    day: Int32Array.from(rows, (row) => row[1]),
    amount: Float64Array.from(rows, (row) => row[2]),
    customers,
  };
}

/** Every number of a result, wherever it lies. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

describe('RFM', () => {
  it('scores by rank, equal values alike', () => {
    expect([...rankScores([10, 20, 30, 40, 50])]).toEqual([1, 2, 3, 4, 5]);
    expect([...rankScores([1, 1, 1, 9])]).toEqual([2, 2, 2, 5]);
    expect([...rankScores([7, 7])]).toEqual([3, 3]);
    expect(rankScores([])).toHaveLength(0);
  });

  it('counts purchase days, money and days since the last', () => {
    const log = purchaseLog(
      linesOf(
        [
          [1, 10, 5],
          [1, 12, 6],
          [0, 11, 3],
        ],
        3,
      ),
      15,
    );
    const { customer, recencyDays, frequency, monetary } = rfm(log);
    expect([...customer]).toEqual([0, 1]);
    expect([...recencyDays]).toEqual([4, 3]);
    expect([...frequency]).toEqual([1, 2]);
    expect([...monetary]).toEqual([3, 11]);
  });

  it('calls no customer with one purchase loyal', () => {
    const log = purchaseLog(lines(500), END);
    const { frequency, segment } = rfm(log);
    const once = new Set(segment.filter((_, i) => frequency[i] === 1));
    for (const wrong of ['loyal', 'potential-loyal', 'at-risk']) expect(once).not.toContain(wrong);
  });
});

describe('retention', () => {
  const facts: RetentionFacts = {
    ...{ purchases: 6, daysSinceLast: 20, usualGapDays: 30, lateness: 0.3, probability: 0.9 },
    ...{ horizonDays: 90, value: 50, frequencyRank: 0.6, valueRank: 0.6 },
  };

  it.each([
    ['wait', {}],
    ['reward', { frequencyRank: 0.9, valueRank: 0.9 }],
    ['remind', { lateness: 0.6 }],
    ['win-back', { lateness: 0.97, probability: 0.3 }],
    ['let-go', { lateness: 0.97, probability: 0.3, valueRank: 0.2 }],
    ['remind', { lateness: 0.97 }],
    ['second-purchase', { purchases: 1 }],
  ])('is to %s, with reasons and their numbers', (action, change) => {
    const found = retention({ ...facts, ...change });
    expect(found.action).toBe(action);
    expect(found.reasons.length).toBeGreaterThan(0);
    expect(numbersOf(found).every((value) => Number.isFinite(value))).toBe(true);
  });

  it('puts at stake what a year of buying is worth, times the chance of losing it', () => {
    expect(retention(facts).atStake).toBeCloseTo(((50 * 365) / 30) * 0.1, 10);
  });
});

describe('the outlook of customers', () => {
  it('has models, and for each customer a finite forecast', () => {
    const outlook = customersOutlook(lines(600), { until: END });
    expect([outlook.model, outlook.valueModel]).toEqual(['bg-nbd', 'gamma-gamma']);
    expect(outlook.horizonDays).toBe(365);
    expect(outlook.customers).toHaveLength(600);
    expect(numbersOf(outlook).every((value) => Number.isFinite(value))).toBe(true);
    for (const one of outlook.customers) {
      expect(one.pAliveStatus).toBe(one.purchases === 1 ? 'one-purchase' : 'ok');
      if (one.purchases === 1) expect(one.pAliveParetoNbd).toBeLessThan(1);
      expect(one.next).not.toBeNull();
    }
  });

  it('falls back on the model without leaving where nobody leaves, and says so', () => {
    const outlook = customersOutlook(lines(600, 1e-9), { until: END, horizonDays: 28 });
    expect(outlook.bgNbd.problems.map(({ code }) => code)).toContain('no-dropout');
    expect(['nbd', 'pareto-nbd']).toContain(outlook.model);
    const { pAliveStatus, expected } = outlook.customers[0]!;
    expect(pAliveStatus).toBe(outlook.model === 'nbd' ? 'no-dropout-model' : 'ok');
    expect(expected).toBeGreaterThan(0);
  });

  it.each([
    ['nobody', [], 0],
    ['one customer', [[0, END, 5]], 1],
    ['one purchase each', Array.from({ length: 40 }, (_, c) => [c, END - c, 9]), 40],
    [
      'identical customers',
      Array.from({ length: 90 }, (_, k) => [k % 30, END - 30 * (k % 3), 9]),
      30,
    ],
    ['returns only', [[0, END, -5]], 0],
    ['purchases after the end only', [[0, END + 5, 5]], 0],
    ['huge amounts', Array.from({ length: 40 }, (_, c) => [c, END - c, 1e15]), 40],
  ] as [string, [number, number, number][], number][])(
    'of %s has no number that is none',
    (_, rows, n) => {
      const outlook = customersOutlook(linesOf(rows, 40), { until: END });
      expect(outlook.customers).toHaveLength(n);
      expect(outlook.bgNbd.status).toBe('none');
      expect(numbersOf(outlook).every((value) => Number.isFinite(value))).toBe(true);
      for (const one of outlook.customers) expect(one.pAliveStatus).toBe('no-dropout-model');
    },
  );

  it('refuses a horizon of 0', () => {
    expect(() => customersOutlook(lines(20), { horizonDays: 0 })).toThrow('horizonDays');
  });
});
