import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AutoForecastResult, autoForecast } from './auto-forecast.ts';
import { fitSeasonalNaive } from './naive.ts';
import { outliersMislead, withoutOutliers } from './outliers.ts';

const path = new URL('../../fixtures/online-retail-daily.json', import.meta.url);
const revenue = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);

function forecastOf(y: Float64Array, options: { m: number; h: number }): AutoForecastResult {
  const result = autoForecast(y, { ...options, nonNegative: true });
  if (result.status !== 'ok') throw new Error('there is data');
  return result;
}

const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
const codes = ({ warnings }: AutoForecastResult) => warnings.map(({ code }) => code);

/** Thirty weeks with a weekday pattern and noise without a random generator. */
const weeks = Float64Array.from(
  { length: 210 },
  (_, t) => 100 + [0, 8, 12, 9, 20, 35, -30][t % 7]! + ((t * 7919) % 23) - 11,
);

describe('a forecast after an outlier on the last day', () => {
  const result = forecastOf(revenue, { m: 7, h: 28 });

  it('stays near the forecast that was made the day before', () => {
    const before = forecastOf(revenue.subarray(0, 373), { m: 7, h: 28 });
    expect(mean(result.forecast.mean) / mean(before.forecast.mean)).toBeGreaterThan(0.9);
    expect(mean(result.forecast.mean) / mean(before.forecast.mean)).toBeLessThan(1.1);
    expect(codes(before)).not.toContain('outliers-replaced');
  });

  it('says how many values were replaced', () => {
    const { values, message } = result.warnings.find(({ code }) => code === 'outliers-replaced')!;
    // The shop is closed on Saturdays: 321 open days.
    expect(values).toEqual({ outliers: 1, n: 321 });
    expect(message).toBe(
      '1 of 321 values was far from all around and was replaced before fitting.',
    );
  });

  it('keeps the real value in its residuals', () => {
    expect(result.residuals[373]! + result.fitted[373]!).toBeCloseTo(revenue[373]!, 6);
    expect(result.residuals[373]!).toBeGreaterThan(100_000);
  });

  it('has bands that widen gently', () => {
    for (const { lower, upper } of result.forecast.intervals) {
      const width = upper.map((value, i) => value - lower[i]!);
      for (let i = 7; i < 28; i++) {
        expect(width[i]!).toBeGreaterThanOrEqual((1 - 1e-12) * width[i - 7]!);
        expect(width[i]!).toBeLessThanOrEqual(1.3 * width[i - 7]!);
      }
    }
  });
});

describe('a new level', () => {
  it('is followed once it has lasted three values', () => {
    const shifted = weeks.map((value, t) => (t >= 207 ? value + 400 : value));
    const result = forecastOf(shifted, { m: 7, h: 7 });
    expect(codes(result)).not.toContain('outliers-replaced');
    expect(mean(result.forecast.mean)).toBeGreaterThan(mean(weeks) + 100);
  });

  it('is followed at once where shocks have always been new levels', () => {
    const steps = weeks.map((value, t) => value + 400 * Math.floor((t + 11) / 55));
    const known = steps.subarray(0, 210);
    expect(steps[209]! - steps[208]!).toBeGreaterThan(300);
    expect(outliersMislead(known, { m: 7, h: 14, origins: [] })).toBe(false);
    expect(codes(forecastOf(known, { m: 7, h: 14 }))).not.toContain('outliers-replaced');
  });
});

describe('the test whether outliers mislead', () => {
  it('says so where they were gone the next day', () => {
    const struck = weeks.map((value, t) => (t === 120 || t === 165 || t === 209 ? 900 : value));
    expect(outliersMislead(struck, { m: 7, h: 14, origins: [] })).toBe(true);
  });

  it('goes by the season alone where there is nothing to test', () => {
    expect(outliersMislead(weeks.with(209, 900), { m: 7, h: 14, origins: [] })).toBe(true);
    expect(outliersMislead(weeks.with(209, 900), { m: 1, h: 14, origins: [] })).toBe(false);
  });
});

describe('a fit without outliers', () => {
  const fit = withoutOutliers((y) => fitSeasonalNaive(y, { m: 7 }), 7);

  it('does not repeat the outlier, at its own origin or at a later one', () => {
    const struck = weeks.with(205, 900).with(190, 900);
    expect(Math.max(...fit(struck).forecast(7).mean)).toBeLessThan(200);
    const earlier = fit(struck.subarray(0, 191));
    expect(Math.max(...earlier.forecast(7).mean)).toBeLessThan(200);
    expect(Math.max(...earlier.applyTo(struck).forecast(7).mean)).toBeLessThan(200);
    expect(earlier.applyTo(struck).residuals[205]!).toBeGreaterThan(600);
  });

  it('changes nothing where there are none', () => {
    const plain = fitSeasonalNaive(weeks, { m: 7 });
    expect([...fit(weeks).forecast(9).mean]).toEqual([...plain.forecast(9).mean]);
    expect(fit(weeks).residuals).toEqual(plain.residuals);
  });
});
