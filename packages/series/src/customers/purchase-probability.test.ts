import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { customerFeatures } from './customer-features.ts';
import { purchaseProbabilities } from './purchase-probability.ts';

const END = 400;

/** Customers who buy at a rate of their own, some of whom leave; `returns` of every tenth line. */
function shop(n: number, leaving = 0.4, seed = 5) {
  const random = createRandom(seed);
  const rows: [number, number, number, number][] = [];
  for (let c = 0; c < n; c++) {
    const rate = 0.003 + 0.06 * random() ** 2;
    const gone = random() < leaving ? 50 + 350 * random() : END;
    let day = Math.floor(250 * random());
    while (day <= Math.min(gone, END)) {
      rows.push([c, Math.floor(day), 5 + 20 * random(), Math.floor(30 * random())]);
      if (random() < 0.1) rows.push([c, Math.floor(day), -4, 1]);
      day += 1 - Math.log(1 - random()) / rate;
    }
  }
  return linesOf(rows, n);
}

function linesOf(rows: readonly (readonly number[])[], customers: number) {
  return {
    customer: Int32Array.from(rows, (row) => row[0]!),
    day: Int32Array.from(rows, (row) => row[1]!),
    amount: Float64Array.from(rows, (row) => row[2]!),
    item: Int32Array.from(rows, (row) => row[3] ?? 0),
    customers,
  };
}

describe('features of customers', () => {
  const lines = linesOf(
    [
      [0, 10, 30, 1],
      [0, 40, 10, 2],
      [0, 40, 5, 2],
      [0, 41, -5, 2],
      [1, 95, 8, 1],
      [0, 101, 99, 3],
    ],
    2,
  );
  const { customer, names, columns } = customerFeatures(lines, 100);
  const feature = (name: string, i: number) => columns[names.indexOf(name)]![i]!;

  it('are what was known at the end of the day', () => {
    expect([...customer]).toEqual([0, 1]);
    expect(feature('recency', 0)).toBeCloseTo(Math.log1p(60), 12);
    expect(feature('purchases', 0)).toBeCloseTo(Math.log1p(2), 12);
    expect(feature('spent', 0)).toBeCloseTo(Math.log1p(45), 12);
    expect(feature('purchases in 90 days', 0)).toBeCloseTo(Math.log1p(1), 12);
    expect(feature('returns', 0)).toBeCloseTo(Math.log1p(1), 12);
    expect(feature('items', 0)).toBeCloseTo(Math.log1p(2), 12);
    expect(feature('last gap', 0)).toBeCloseTo(Math.log1p(30), 12);
    expect(feature('last gap', 1)).toBeNaN();
    expect(feature('bought once', 1)).toBe(1);
  });

  it('do not change with what comes later', () => {
    const all = shop(120);
    const kept = Array.from(all.day.keys()).filter((i) => all.day[i]! <= 200);
    const early = {
      ...{ customers: all.customers, customer: all.customer.filter((_, i) => all.day[i]! <= 200) },
      day: all.day.filter((day) => day <= 200),
      amount: Float64Array.from(kept, (i) => all.amount[i]!),
      item: Int32Array.from(kept, (i) => all.item[i]!),
    };
    expect(customerFeatures(all, 200)).toEqual(customerFeatures(early, 200));
  });

  it('have the same names whatever is known', () => {
    const one = customerFeatures(linesOf([[0, 1, 2, 3]], 1), 5);
    expect(one.names).toEqual(names);
    expect(one.columns.flatMap((column) => [...column]).some((value) => value === Infinity)).toBe(
      false,
    );
  });
});

describe('probabilities of a purchase', () => {
  const lines = shop(700);
  const forecast = purchaseProbabilities(lines, { until: 310, horizonDays: 90 });

  it('tell buyers from others, at about the right level', () => {
    const bought = new Set<number>();
    lines.day.forEach((day, i) => {
      if (lines.amount[i]! > 0 && day > 310) bought.add(lines.customer[i]!);
    });
    const yes = forecast.probability.filter((_, i) => bought.has(forecast.customer[i]!));
    const no = forecast.probability.filter((_, i) => !bought.has(forecast.customer[i]!));
    const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(yes)).toBeGreaterThan(mean(no) + 0.2);
    const share = yes.length / (yes.length + no.length);
    expect(Math.abs(mean(forecast.probability) - share)).toBeLessThan(0.12);
  });

  it('are measured one horizon earlier, and say what they rest on', () => {
    expect(forecast.snapshots).toEqual([220, 190, 160, 130, 100, 70]);
    const { at, auc, aucError, brier } = forecast.measured!;
    expect(at).toBe(220);
    expect(auc).toBeGreaterThan(0.7);
    expect(aucError).toBeLessThan(0.05);
    expect(brier).toBeLessThan(0.25);
    for (const reasons of forecast.reasons) {
      expect(reasons).toHaveLength(3);
      for (const { contribution } of reasons) expect(Number.isFinite(contribution)).toBe(true);
    }
  });

  it('are the same each time', () => {
    const small = shop(150);
    const run = () => purchaseProbabilities(small, { until: 310, horizonDays: 60 });
    expect(run()).toEqual(run());
  });

  it.each([
    ['nobody', linesOf([], 0), 'too-short'],
    ['one customer', linesOf([[0, 1, 5, 1]], 1), 'too-short'],
    [
      'one day',
      linesOf(
        Array.from({ length: 80 }, (_, c) => [c, 9, 5, 1]),
        80,
      ),
      'too-short',
    ],
    [
      'identical customers',
      linesOf(
        Array.from({ length: 1600 }, (_, k) => [k % 80, 20 * Math.floor(k / 80), 5, 1]),
        80,
      ),
      'one-class',
    ],
    [
      'one purchase each',
      linesOf(
        Array.from({ length: 300 }, (_, c) => [c, c, 5, 1]),
        300,
      ),
      'one-class',
    ],
  ] as const)('of %s say that there is nothing to learn', (_, lines, status) => {
    expect(purchaseProbabilities(lines)).toMatchObject({ status, measured: null });
  });

  it('refuse items of another length', () => {
    const short = { ...shop(60), item: new Int32Array(3) };
    expect(() => purchaseProbabilities(short)).toThrow('item: must have');
  });
});
