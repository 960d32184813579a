import { describe, expect, it } from 'vitest';
import { autoForecast } from './auto-forecast.ts';
import {
  type ClosedSeasons,
  findClosedSeasons,
  openSteps,
  openValues,
  positionOfOpen,
  withZeros,
} from './closed-seasons.ts';

/** A shop that is closed on the sixth day of each week and grows on the others. */
const shop = Float64Array.from({ length: 120 }, (_, t) =>
  t % 7 === 5 ? 0 : 100 + t + 20 * Math.sin(t % 7) + ((t * 7919) % 11),
);
const closed = findClosedSeasons(shop, 7) as ClosedSeasons;

describe('closed seasons', () => {
  it('are found, with gaps or without', () => {
    expect([...closed.flags]).toEqual([0, 0, 0, 0, 0, 1, 0]);
    expect(closed.open).toBe(6);
    const gaps = shop.map((value, t) => (t % 9 === 5 ? Number.NaN : value));
    expect(findClosedSeasons(gaps, 7)).toEqual(closed);
  });

  it.each([
    ['nothing is closed', shop.map((value) => value + 1), 7],
    ['everything is zero', new Float64Array(60), 7],
    ['there are too few weeks to tell', shop.subarray(0, 28), 7],
    ['zeros are common on all days', shop.map((v, t) => (t % 3 === 0 ? 0 : v)), 7],
    ['there is no season', shop, 1],
    ['there is no value', new Float64Array(0), 7],
  ])('are not found where %s', (_, y, m) => {
    expect(findClosedSeasons(y, m)).toBeNull();
  });

  it('can be left out and put back', () => {
    const open = openValues(shop, closed);
    expect(open.every((value) => value > 0)).toBe(true);
    expect(withZeros(open, closed, 0, 120)).toEqual(shop);
    expect(openSteps(closed, 120, 7)).toBe(6);
    expect(positionOfOpen(closed, 120, 5)).toBe(6);
    expect(positionOfOpen(closed, 120, open.length)).toBe(120);
  });
});

describe('autoForecast of a shop with a closed weekday', () => {
  const result = autoForecast(shop, { m: 7, h: 14, levels: [0.9] });
  if (result.status !== 'ok') throw new Error('the shop has sales');

  it('forecasts nothing on that day, and more than nothing on the others', () => {
    const { mean, intervals } = result.forecast;
    mean.forEach((value, i) => {
      const isClosed = (120 + i) % 7 === 5;
      expect(value === 0).toBe(isClosed);
      expect(intervals[0]!.upper[i]! > intervals[0]!.lower[i]!).toBe(!isClosed);
    });
  });

  it('keeps the shape of the open days and says what it did', () => {
    result.forecast.mean.forEach((value, i) => {
      const t = 120 + i;
      if (t % 7 === 5) return;
      expect(Math.abs(value - (105 + t + 20 * Math.sin(t % 7)))).toBeLessThan(15);
    });
    expect(result.warnings[0]).toEqual({
      code: 'closed-seasons',
      message: '1 of every 7 values was always zero and is forecast as zero.',
      values: { closed: 1, m: 7 },
    });
  });

  it('gives fitted values and origins in time of the whole series', () => {
    expect(result.fitted).toHaveLength(120);
    expect(result.residuals[5]).toBe(0);
    expect(result.fitted[119]! + result.residuals[119]!).toBeCloseTo(shop[119]!, 9);
    expect(result.origins.every((origin) => origin > 14 && origin < 120)).toBe(true);
  });

  it('counts from the history that was used when that is cut', () => {
    const cut = autoForecast(shop, { m: 7, h: 3, longestHistory: 60 });
    if (cut.status !== 'ok') throw new Error('the shop has sales');
    expect(cut.fitted.length).toBeGreaterThanOrEqual(69);
    expect(cut.fitted.length).toBeLessThanOrEqual(70);
    expect(Math.max(...cut.origins)).toBeLessThan(cut.fitted.length);
  });

  it('answers zero when only a closed day is asked for', () => {
    const eve = autoForecast(shop.subarray(0, 117), { m: 7, h: 1 });
    expect(eve.status === 'ok' && [...eve.forecast.mean]).toEqual([0]);
  });
});
