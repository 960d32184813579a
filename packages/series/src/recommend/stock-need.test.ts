import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../math/normal.ts';
import { createRandom } from '../math/random.ts';
import { stockNeed } from './stock-need.ts';

/** A forecast of equal steps with the given deviation. */
function flat(h: number, mean: number, deviation: number) {
  const half = normalQuantile(0.975) * deviation;
  return {
    mean: new Float64Array(h).fill(mean),
    intervals: [
      {
        level: 0.95,
        lower: new Float64Array(h).fill(mean - half),
        upper: new Float64Array(h).fill(mean + half),
      },
    ],
  };
}

describe('stock need', () => {
  it('covers lead time and review period', () => {
    const need = stockNeed(flat(20, 10, 3), {
      leadTime: 3,
      reviewPeriod: 1,
      onHand: 12,
      onOrder: 5,
    });
    expect(need.demand).toBe(40);
    expect(need.deviation).toBeCloseTo(6, 12);
    expect(need.safetyStock).toBeCloseTo(1.6448536 * 6, 5);
    expect(need.reorderPoint).toBeCloseTo(30 + 1.6448536 * 3 * Math.sqrt(3), 5);
    expect(need.orderQuantity).toBe(Math.ceil(49.87 - 17));
    expect(need.shortageWithoutOrder).toBe(23);
    expect(need.warnings).toEqual([]);
  });

  it('keeps the service level when errors are as told', () => {
    const random = createRandom(1);
    const normal = () => normalQuantile(random() || 0.5);
    for (const errorCorrelation of [0, 0.6]) {
      const { orderUpTo } = stockNeed(flat(9, 10, 3), {
        ...{ leadTime: 3, reviewPeriod: 2, serviceLevel: 0.9, errorCorrelation },
      });
      let enough = 0;
      for (let trial = 0; trial < 4000; trial++) {
        const common = normal();
        let demand = 0;
        for (let step = 0; step < 5; step++) {
          const own = Math.sqrt(1 - errorCorrelation) * normal();
          demand += 10 + 3 * (Math.sqrt(errorCorrelation) * common + own);
        }
        if (demand <= orderUpTo) enough++;
      }
      expect(Math.abs(enough / 4000 - 0.9)).toBeLessThan(0.02);
    }
  });

  it('takes parts of steps, an uncertain lead time and lots', () => {
    const certain = stockNeed(flat(9, 10, 0), { leadTime: 1.5, reviewPeriod: 1, lotSize: 12 });
    expect(certain.demand).toBe(25);
    expect(certain.orderQuantity).toBe(36);
    const uncertain = stockNeed(flat(9, 10, 0), { leadTime: 1.5, leadTimeDeviation: 0.5 });
    expect(uncertain.deviation).toBeCloseTo(5, 12);
  });

  it('orders nothing where there is enough, and never a negative quantity', () => {
    const need = stockNeed(flat(5, -4, 1), { leadTime: 1, onHand: 50 });
    expect([need.status, need.orderQuantity, need.demand]).toEqual(['enough', 0, 0]);
  });

  it('says that the forecast is too short, or has no interval', () => {
    expect(stockNeed(flat(2, 1, 1), { leadTime: 5 }).warnings).toEqual(['forecast-too-short']);
    const need = stockNeed({ mean: Float64Array.of(4, 4), intervals: [] }, { leadTime: 1 });
    expect([need.warnings, need.safetyStock, need.orderQuantity]).toEqual([['no-interval'], 0, 8]);
  });

  it('refuses what cannot be', () => {
    const forecast = flat(3, 1, 1);
    expect(() => stockNeed(forecast, { leadTime: -1 })).toThrow(
      'leadTime: must be a finite number >= 0',
    );
    expect(() => stockNeed(forecast, { leadTime: 1, serviceLevel: 1 })).toThrow('serviceLevel');
    expect(() => stockNeed({ mean: new Float64Array(0), intervals: [] }, { leadTime: 1 })).toThrow(
      'forecast',
    );
  });
});
