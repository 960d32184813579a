import { describe, expect, it } from 'vitest';
import { oddSeries } from '../../testing/odd-series.ts';
import { summariser } from '../extract.ts';
import { staticSet } from './static.ts';

const summarise = summariser(staticSet);

describe('static', () => {
  it('describes a short series with a gap', () => {
    const values = summarise(Float64Array.of(2, 4, Number.NaN, 8, 0, -4));
    expect(values).toMatchObject({
      length: 6,
      missing_share: 1 / 6,
      first: 2,
      last: -4,
      distinct: 5,
      zero_share: 1 / 5,
      negative_share: 1 / 5,
      mean: 2,
      min: -4,
      q25: 0,
      median: 2,
      q75: 4,
      max: 8,
    });
    expect(values.sd).toBeCloseTo(Math.sqrt(20), 12);
    // Times 0, 1, 3, 4, 5 around 2.6: products add up to −18, squares to 17.2.
    expect(values.trend_slope).toBeCloseTo(-18 / 17.2, 12);
    expect(values.trend_r2).toBeCloseTo(18 ** 2 / 17.2 / 80, 12);
  });

  it('has the skewness and kurtosis that statistics packages report', () => {
    // scipy.stats.skew([1, 2, 3, 4, 10], bias=False), kurtosis(…, bias=False)
    const { skewness, kurtosis } = summarise(Float64Array.of(1, 2, 3, 4, 10));
    expect(skewness).toBeCloseTo(1.6970562748477143, 12);
    expect(kurtosis).toBeCloseTo(3.152, 12);
  });

  it('finds a straight line and nothing in a constant', () => {
    const line = summarise(Float64Array.from({ length: 30 }, (_, t) => 3 - 2 * t));
    expect(line.trend_slope).toBeCloseTo(-2, 12);
    expect(line.trend_r2).toBeCloseTo(1, 12);
    const constant = summarise(new Float64Array(30).fill(0.1));
    expect(constant).toMatchObject({
      mean: 0.1,
      sd: 0,
      distinct: 1,
      skewness: null,
      kurtosis: null,
      trend_slope: 0,
      trend_r2: null,
      autocorrelation_1: null,
    });
  });

  it('measures a season when told its length', () => {
    const y = Float64Array.from({ length: 84 }, (_, t) => Math.sin((2 * Math.PI * t) / 7) + t / 50);
    const strong = summariser(staticSet, { m: 7 })(y).season_strength;
    expect(strong).toBeGreaterThan(0.99);
    expect(summarise(y).season_strength).toBeNull();
    expect(summariser(staticSet, { m: 50 })(y).season_strength).toBeNull();
  });

  it('knows the length of a series without values', () => {
    expect(summarise(new Float64Array(3).fill(Number.NaN))).toMatchObject({
      length: 3,
      missing_share: 1,
      mean: null,
      distinct: null,
    });
    expect(summarise(new Float64Array(0))).toMatchObject({ length: 0, missing_share: null });
  });

  it('refuses a season length that is not a whole number', () => {
    expect(() => summariser(staticSet, { m: 0 })).toThrow(/m: must be a whole number/);
  });

  it.each([1e300, 1e-200])('has the same shape at a size of %d', (size) => {
    const y = Float64Array.from({ length: 40 }, (_, t) => Math.sin(t) + t / 30);
    const [usual, scaled] = [summarise(y), summarise(y.map((value) => value * size))];
    for (const name of ['skewness', 'kurtosis', 'trend_r2', 'autocorrelation_1']) {
      expect(scaled[name]).toBeCloseTo(usual[name] as number, 9);
    }
    for (const name of ['sd', 'trend_slope']) {
      expect((scaled[name] as number) / size).toBeCloseTo(usual[name] as number, 9);
    }
  });

  it('gives numbers or null for whatever it is given', () => {
    const seasonal = summariser(staticSet, { m: 4 });
    const names = Object.keys(seasonal(new Float64Array(0)));
    for (const y of oddSeries(3)) {
      const got = seasonal(y);
      expect(Object.keys(got)).toEqual(names);
      for (const value of Object.values(got)) {
        expect(value === null || (typeof value === 'number' && !Number.isNaN(value))).toBe(true);
      }
    }
  });
});
