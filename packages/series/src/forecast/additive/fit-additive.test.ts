import { describe, expect, it } from 'vitest';
import airpassengers from '../../../fixtures/airpassengers.json' with { type: 'json' };
import { dayNumber } from '../../calendar/day.ts';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { additiveFit } from './additive-fit.ts';
import { fitAdditive } from './fit-additive.ts';
import type { AdditiveOptions } from './options.ts';

const DAY = 86_400_000;
const START = dayNumber(2022, 1, 3);

function days(n: number, from = START): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (from + i) * DAY);
}

/** Trend with one bend, a week, a year, noise: seeded. */
function shop(n: number, noise = 1): { t: Float64Array; y: Float64Array } {
  const random = createRandom(7);
  const t = days(n);
  const y = t.map((_, i) => {
    const trend = 100 + 0.1 * i + (i > 400 ? 0.2 * (i - 400) : 0);
    const week = i % 7 >= 5 ? 12 : 0;
    const year = 10 * Math.sin((2 * Math.PI * (START + i)) / 365.25);
    const normal = random() + random() + random() + random() - 2;
    return trend + week + year + noise * Math.sqrt(3) * normal;
  });
  return { t, y };
}

const sum = (values: readonly Float64Array[], i: number) =>
  values.reduce((total, value) => total + value[i]!, 0);

describe('fitAdditive', () => {
  const series = shop(1000);
  const model = fitAdditive(series);
  const future = days(200, START + 1000);
  const truth = shop(1200, 0).y.subarray(1000);

  it('carries on a bent trend with its seasons', () => {
    const { mean } = model.predict({ t: future });
    const worst = mean.reduce((most, value, i) => Math.max(most, Math.abs(value - truth[i]!)), 0);
    expect(worst).toBeLessThan(4);
    expect(model.warnings).toEqual([]);
    expect(model.parameters.sigma! * model.parameters.yScale!).toBeCloseTo(1, 0);
    const steepest = model.changepoints.reduce((a, b) => (b.change > a.change ? b : a));
    expect(Math.abs(steepest.t / DAY - START - 400)).toBeLessThan(40);
  });

  it.each(['additive', 'multiplicative'] as const)('adds up from its components: %s', (mode) => {
    const options: AdditiveOptions = {
      mode,
      events: [{ name: 'sale', days: [START + 100, START + 465], before: 1, after: 2 }],
    };
    const { mean, trend, components } = fitAdditive(series, options).predict({ t: future });
    expect(components.map(({ name }) => name)).toEqual(['yearly', 'weekly', 'sale']);
    const parts = components.map(({ contribution }) => contribution);
    for (let i = 0; i < future.length; i++)
      expect(trend[i]! + sum(parts, i)).toBeCloseTo(mean[i]!, 9);
    if (mode === 'multiplicative') {
      const shares = components.map(({ values }) => values);
      for (let i = 0; i < future.length; i++) {
        expect(trend[i]! * (1 + sum(shares, i))).toBeCloseTo(mean[i]!, 9);
      }
    }
  });

  it('does not care for the order of the points, nor for missing values among them', () => {
    const order = [...series.t.keys()].sort((i, j) => ((i * 611) % 1000) - ((j * 611) % 1000));
    const shuffled = {
      t: Float64Array.from([...order.map((i) => series.t[i]!), (START + 3000) * DAY]),
      y: Float64Array.from([...order.map((i) => series.y[i]!), Number.NaN]),
    };
    const again = fitAdditive(shuffled);
    const expected = model.predict({ t: future }).mean;
    again.predict({ t: future }).mean.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 9);
    });
    expect(again.residuals[1000]).toBeNaN();
  });

  it('learns an event with its window and repeats it in the future', () => {
    const past = [START + 50, START + 300, START + 700];
    const y = series.y.slice();
    for (const day of past) {
      y[day - START]! += 40;
      y[day - START + 1]! += 20;
    }
    const events = [{ name: 'sale', days: [...past, START + 1010], after: 1 }];
    const { components } = fitAdditive({ t: series.t, y }, { events }).predict({ t: future });
    const sale = components.find(({ name }) => name === 'sale')!.values;
    expect(sale[10]).toBeGreaterThan(35);
    expect(sale[11]! / sale[10]!).toBeCloseTo(0.5, 1);
    expect(sale[12]).toBe(0);
  });

  it('puts an event on the day of the zone', () => {
    const t = series.t.map((time) => time - 9 * 3_600_000);
    const events = [{ name: 'sale', days: [START + 50] }];
    const y = series.y.map((value, i) => value + (i === 50 ? 40 : 0));
    const at = (timeZone: string) => fitAdditive({ t, y }, { events, timeZone }).residuals[50]!;
    expect(Math.abs(at('Asia/Tokyo'))).toBeLessThan(1);
    expect(Math.abs(at('UTC'))).toBeGreaterThan(20);
  });

  it('follows a regressor and a season that holds at times only', () => {
    const n = 600;
    const t = days(n);
    const open = Uint8Array.from({ length: n }, (_, i) => Number(i % 100 < 50));
    const price = t.map((_, i) => 500 + 30 * Math.sin(i));
    const y = t.map((_, i) => {
      const week = open[i] ? 5 * Math.sin((2 * Math.PI * (START + i)) / 7) : 0;
      return 50 - 0.2 * (price[i]! - 500) + week;
    });
    const fitted = fitAdditive(
      { t, y, conditions: { open }, regressors: { price } },
      {
        weekly: false,
        yearly: false,
        regressors: [{ name: 'price' }],
        seasonalities: [{ name: 'open week', periodDays: 7, order: 2, condition: 'open' }],
      },
    );
    const [week, effect] = fitted
      .predict({
        t: t.subarray(0, 60),
        conditions: { open: open.subarray(0, 60) },
        regressors: { price: price.subarray(0, 60) },
      })
      .components.map(({ values }) => values);
    expect(week!.subarray(50).every((value) => value === 0)).toBe(true);
    expect(Math.max(...week!)).toBeCloseTo(5 * Math.sin((4 * Math.PI) / 7), 1);
    expect(effect![2]! - effect![5]!).toBeCloseTo(-0.2 * (price[2]! - price[5]!), 1);
  });

  it('saturates between floor and cap', () => {
    const t = days(800);
    const y = t.map((_, i) => 20 + 80 / (1 + Math.exp(-(i - 400) / 80)));
    const fitted = fitAdditive(
      { t, y, cap: 100, floor: 20 },
      { growth: 'logistic', yearly: false },
    );
    const far = fitted.predict({ t: days(3, START + 5000), cap: 100, floor: 20 }, [0.95]);
    expect(far.mean[0]).toBeCloseTo(100, 0);
    const before = fitted.predict({ t: days(1, START - 2000), cap: 100, floor: 20 });
    expect(before.mean[0]).toBeCloseTo(20, 0);
    expect(far.intervals[0]!.lower[0]).toBeLessThan(far.mean[0]!);
    expect(fitted.warnings).toEqual([]);
  });

  it('says how many values lie where logistic growth cannot reach', () => {
    const y = Float64Array.from({ length: 100 }, (_, i) => i);
    const growing = { t: days(100), y, cap: 89.5, floor: 4.5 };
    const { warnings } = fitAdditive(growing, { growth: 'logistic' });
    expect(warnings).toMatchObject([
      { code: 'beyond-growth-limits', values: { beyond: 15, n: 100 } },
    ]);
  });

  it('keeps a flat trend flat, and a non-negative quantity at zero or above', () => {
    const flat = fitAdditive(series, { growth: 'flat' }).predict({ t: future });
    expect(new Set(flat.trend).size).toBe(1);
    const falling = { t: days(200), y: Float64Array.from({ length: 200 }, (_, i) => 199 - i) };
    const later = { t: days(30, START + 250) };
    expect(fitAdditive(falling).predict(later).mean[0]).toBeLessThan(-40);
    const cut = fitAdditive(falling, { nonNegative: true }).predict(later, [0.8]);
    expect([...cut.mean, ...cut.intervals[0]!.lower].every((value) => value === 0)).toBe(true);
  });

  it('simulates intervals that widen as changes of the trend add up, the same for the same seed', () => {
    const wide = fitAdditive(series, { changepointPriorScale: 0.5 });
    const first = wide.predict({ t: future }, [0.8, 0.95]);
    const second = wide.predict({ t: future }, [0.8, 0.95]);
    expect(first.intervals).toEqual(second.intervals);
    const [inner, outer] = first.intervals;
    for (let i = 0; i < future.length; i++) {
      expect(outer!.upper[i]!).toBeGreaterThanOrEqual(inner!.upper[i]!);
      expect(inner!.lower[i]!).toBeLessThan(inner!.upper[i]!);
    }
    const width = (i: number) => outer!.upper[i]! - outer!.lower[i]!;
    expect(width(199)).toBeGreaterThan(2 * width(0));
    const other = fitAdditive(series, { changepointPriorScale: 0.5, seed: 2 });
    expect(other.predict({ t: future }, [0.8]).intervals[0]!.lower[199]).not.toBe(
      inner!.lower[199],
    );
  });

  it('gives a deviation to first order that the simulation bears out', () => {
    const { deviation, intervals } = fitAdditive(series, { samples: 20_000 }).predict(
      { t: future },
      [0.6826894921370859],
    );
    for (const i of [0, 20, 60]) {
      const half = (intervals[0]!.upper[i]! - intervals[0]!.lower[i]!) / 2;
      expect(half / deviation[i]!).toBeGreaterThan(0.9);
      expect(half / deviation[i]!).toBeLessThan(1.1);
    }
  });

  it('answers for histories that teach nothing', () => {
    const one = fitAdditive({ t: days(1), y: Float64Array.of(5) });
    expect(one.predict({ t: future }, [0.8]).mean[3]).toBe(5);
    expect(one.warnings[0]!.code).toBe('single-value');
    const constant = fitAdditive({ t: days(900), y: new Float64Array(900).fill(-3) });
    expect(constant.predict({ t: future }, [0.8]).intervals[0]!.upper[9]).toBe(-3);
    expect(constant.warnings[0]!.code).toBe('constant');
    const zero = fitAdditive({ t: days(40), y: new Float64Array(40) });
    expect(zero.predict({ t: future }).mean[0]).toBe(0);
    const once = fitAdditive({ t: new Float64Array(30), y: shop(30).y });
    expect(once.predict({ t: Float64Array.of(0, 1) }, [0.8]).mean.every(Number.isFinite)).toBe(
      true,
    );
    const huge = fitAdditive({ t: days(50), y: shop(50).y.map((value) => value * 1e140) });
    expect(huge.predict({ t: future }, [0.8]).mean.every(Number.isFinite)).toBe(true);
  });

  it.each([2, 3, 5, 10, 24, 36])(
    'stays finite with fewer values than coefficients: %i months',
    (n) => {
      const y = airpassengers.values;
      const t = Float64Array.from({ length: n }, (_, i) => Date.UTC(1949, i, 1));
      const later = Float64Array.from({ length: 24 }, (_, i) => Date.UTC(1949, n + i, 1));
      for (const search of ['exact', 'prophet'] as const) {
        for (const mode of ['additive', 'multiplicative'] as const) {
          const fitted = fitAdditive(
            { t, y: Float64Array.from(y.slice(0, n)) },
            { search, mode, yearly: 10 },
          );
          const { mean, intervals } = fitted.predict({ t: later }, [0.95]);
          const values = [...mean, ...intervals[0]!.lower, ...intervals[0]!.upper];
          expect(values.every(Number.isFinite)).toBe(true);
        }
      }
    },
  );

  it.each<[AdditiveOptions, string]>([
    [{ growth: 'wild' as 'linear' }, 'growth'],
    [{ growth: 'logistic' }, 'cap'],
    [{ changepoints: 1.5 }, 'changepoints'],
    [{ changepoints: [1e15] }, 'changepoints[0]'],
    [{ changepointRange: 0 }, 'changepointRange'],
    [{ changepointPriorScale: -1 }, 'changepointPriorScale'],
    [{ yearly: 0 }, 'yearly'],
    [{ seasonalities: [{ name: 'a', periodDays: 0, order: 1 }] }, 'seasonalities[0].periodDays'],
    [{ seasonalities: [{ name: 'trend', periodDays: 5, order: 1 }] }, 'seasonalities[0].name'],
    [
      { seasonalities: [{ name: 'a', periodDays: 5, order: 1, condition: 'open' }] },
      'conditions.open',
    ],
    [{ events: [{ name: 'a', days: [1.5] }] }, 'events[0].days[0]'],
    [{ events: [{ name: 'a', days: [], after: -1 }] }, 'events[0].after'],
    [{ regressors: [{ name: 'price' }] }, 'regressors.price'],
    [{ samples: 0 }, 'samples'],
    [{ timeZone: 'Mars' }, 'timeZone'],
  ])('refuses %j', (options, argument) => {
    expect(() => fitAdditive(shop(30), options)).toThrow(`${argument}: `);
    expect(() => fitAdditive(shop(30), options)).toThrow(InvalidInput);
  });

  it('refuses series without values, without times or beyond what a double holds', () => {
    const t = days(3);
    const nothing = Float64Array.of(NaN, NaN, NaN);
    expect(() => fitAdditive({ t, y: nothing })).toThrow('y: must hold at least one');
    expect(() => fitAdditive({ t, y: Float64Array.of(1) })).toThrow('y: must hold 3');
    expect(() => fitAdditive({ t, y: Float64Array.of(1, 1e300, 2) })).toThrow('y: must lie within');
    expect(() => fitAdditive({ t: nothing, y: t })).toThrow('t[0]: ');
  });
});

describe('additiveFit', () => {
  const { t, y } = shop(1028);
  const fit = additiveFit({ t });

  it('is a model like the others, that follows new values and stops where its times end', () => {
    const known = y.subarray(0, 1000);
    const model = fit(known);
    const { mean, intervals } = model.forecast(28, [0.8]);
    const direct = fitAdditive({ t: t.subarray(0, 1000), y: known }).predict({
      t: t.subarray(1000),
    });
    expect(mean).toEqual(direct.mean);
    expect(intervals[0]!.upper[27]).toBeGreaterThan(mean[27]!);
    const follower = model.follow!();
    expect(follower.update(y[1000]!)).toBe(y[1000]! - mean[0]!);
    expect(follower.n).toBe(1001);
    expect(follower.forecast(27).mean).toEqual(mean.slice(1));
    expect(model.applyTo(y.subarray(0, 1001)).forecast(27).mean).toEqual(mean.slice(1));
    expect(() => model.forecast(29)).toThrow('h: ');
    expect(() => fit(new Float64Array(2000))).toThrow('y: ');
  });
});
