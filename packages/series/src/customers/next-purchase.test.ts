import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { gammaDraw } from '../testing/simulated-customers.ts';
import { endsAfter, endsWithin, fitGapModel, gapLaw } from './gap-model.ts';
import { nextPurchases } from './next-purchase.ts';
import { purchaseLog } from './purchase-log.ts';
import { returnCurve, returnPosition, returnShare } from './return-curve.ts';

/** Customers with a habit of their own, of whom every fourth leaves at some day; 360 days. */
function habits(n: number, seed = 1) {
  const random = createRandom(seed);
  const rows: [number, number][] = [];
  for (let c = 0; c < n; c++) {
    const usual = 8 + 60 * random();
    const end = random() < 0.25 ? 360 * random() : 360;
    let day = Math.floor(180 * random());
    while (day <= end) {
      rows.push([c, day]);
      day += Math.max(1, Math.round((usual * gammaDraw(6, random)) / 6));
    }
  }
  return logOf(rows, n);
}

function logOf(rows: readonly (readonly [number, number])[], customers: number, until = 360) {
  return purchaseLog(
    {
      customer: Int32Array.from(rows, ([c]) => c),
      day: Int32Array.from(rows, ([, day]) => day),
      amount: new Float64Array(rows.length).fill(10),
      customers,
    },
    until,
  );
}

describe('the model of gaps', () => {
  const log = habits(300);
  const model = fitGapModel(log)!;

  it('draws a customer’s habit towards everybody’s, the more the fewer gaps are known', () => {
    const rows = (gap: number, times: number, c: number) =>
      Array.from({ length: times }, (_, k) => [c, 10 + gap * k] as const);
    const others = logOf([...rows(7, 2, 0), ...rows(7, 40, 1)], 3);
    const few = gapLaw(model, others, 0).median;
    const many = gapLaw(model, others, 1).median;
    const none = gapLaw(model, others, 2).median;
    expect(many).toBeGreaterThan(7);
    expect(many).toBeLessThan(7.5);
    expect(few).toBeGreaterThan(many);
    expect(none).toBeGreaterThan(few);
  });

  it('knows that regular customers are more regular', () => {
    const regular = Array.from({ length: 20 }, (_, k) => [0, 10 + 14 * k] as const);
    const erratic = [0, 3, 5, 60, 61, 100, 190, 200].map((day) => [1, day] as const);
    const two = logOf([...regular, ...erratic], 2);
    expect(gapLaw(model, two, 0).shape).toBeGreaterThan(gapLaw(model, two, 1).shape);
  });

  it('has inverse functions', () => {
    const law = { median: 30, shape: 2.4 };
    expect(endsWithin(law, 0, 30)).toBeCloseTo(0.5, 12);
    for (const elapsed of [0, 10, 400]) {
      expect(endsWithin(law, elapsed, endsAfter(law, elapsed, 0.3))).toBeCloseTo(0.3, 10);
    }
    expect(endsWithin({ median: 1e-3, shape: 400 }, 1000, 5)).toBe(1);
  });

  it('is not made from fewer than 20 gaps', () => {
    expect(
      fitGapModel(
        logOf(
          [
            [0, 1],
            [0, 5],
          ],
          1,
        ),
      ),
    ).toBeNull();
  });
});

describe('the curve of returns', () => {
  it('is Kaplan and Meier’s: those last seen without a return count as long as they were seen', () => {
    const curve = returnCurve([
      { position: 0.1, returned: true },
      { position: 0.2, returned: false },
      { position: 0.3, returned: true },
      { position: 0.4, returned: false },
    ]);
    expect(returnShare(curve, 0.1)).toBeCloseTo(0.25, 12);
    expect(returnShare(curve, 0.9)).toBeCloseTo(1 - 0.75 / 2, 12);
    expect(returnPosition(curve, 0.25)).toBeCloseTo(0.1, 12);
    expect(returnShare(curve, 0.2)).toBeGreaterThan(0.25);
  });
});

describe('next purchases', () => {
  const forecast = nextPurchases(habits(800));

  it('hold in their interval what the level promises, measured on the past', () => {
    const { customers, returned, expected, coverage } = forecast.measured!;
    expect(customers).toBeGreaterThan(700);
    expect(Math.abs(coverage! - 0.8)).toBeLessThan(0.05);
    expect(Math.abs(expected / returned - 1)).toBeLessThan(0.1);
  });

  it('come after the end, in order, and surer for those not overdue', () => {
    const sums = { late: 0, lates: 0, early: 0, earlies: 0 };
    forecast.customer.forEach((_, i) => {
      expect(forecast.lower[i]).toBeGreaterThan(360);
      expect(forecast.lower[i]).toBeLessThanOrEqual(forecast.day[i]!);
      expect(forecast.day[i]).toBeLessThanOrEqual(forecast.upper[i]!);
      expect(forecast.upper[i]).toBeLessThanOrEqual(360 + forecast.horizonDays);
      if (forecast.lateness[i]! > 0.95) {
        sums.late += forecast.probability[i]!;
        sums.lates++;
      } else if (forecast.lateness[i]! < 0.5) {
        sums.early += forecast.probability[i]!;
        sums.earlies++;
      }
    });
    expect(sums.early / sums.earlies).toBeGreaterThan(0.8);
    expect(sums.late / sums.lates).toBeLessThan(0.3);
  });

  it.each([
    ['nobody', []],
    ['one customer', [[0, 5]]],
    ['one day', Array.from({ length: 99 }, (_, c) => [c, 360])],
    ['one purchase each', Array.from({ length: 99 }, (_, c) => [c, c])],
  ])('of %s say that there is too little', (_, rows) => {
    const { status, customer } = nextPurchases(logOf(rows as [number, number][], 100));
    expect([status, customer.length]).toEqual(['too-short', 0]);
  });

  it('of identical customers are finite', () => {
    const rows = Array.from({ length: 600 }, (_, k) => [k % 60, 30 * Math.floor(k / 60)] as const);
    const { status, probability, upper } = nextPurchases(logOf(rows, 60));
    expect(status).toBe('ok');
    expect(probability.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(upper.every((day) => day > 360 && day <= 480)).toBe(true);
  });
});
