import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import { stlConformance } from '../../testing/conformance/statsmodels.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { fixtureDisagreements } from '../../testing/conformance/tables.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults } from '../../testing/peer-results.ts';
import { columns, summariser } from '../extract.ts';
import { drawdown } from './drawdown.ts';
import { stlSet } from './stl-set.ts';
import { trendSummary } from './trend-summary.ts';

const random = createRandom(5);
const wave = Float64Array.from(
  { length: 120 },
  (_, t) => 100 + t / 4 + 10 * Math.sin((2 * Math.PI * t) / 12) + random(),
);

describe('stl', () => {
  it('gives what statsmodels 0.13.5 gives for the committed series', () => {
    const parameters = { period: 12 };
    expect(fixtureDisagreements(stlConformance, 'stl', 'sine_noise_100', parameters)).toEqual([]);
  });

  it.runIf(hasPeerResults('STL'))(
    'equals statsmodels 0.13.5, as the table of conformance counts it',
    () => {
      const found = tally(stlConformance);
      expect(found).toEqual(expectedTally(stlConformance, found));
    },
  );

  it('finds the season itself', () => {
    expect(columns(stlSet, { y: wave })).toEqual(columns(stlSet, { y: wave }, { period: 12 }));
  });

  it('interpolates gaps and leaves their remainder open', () => {
    const y = wave.map((value, t) => (t === 40 ? Number.NaN : value));
    const { observed, trend, seasonal, resid } = columns(stlSet, { y }, { period: 12 });
    expect(observed![40]).toBeNaN();
    expect(resid![40]).toBeNaN();
    expect(Math.abs(trend![40]! + seasonal![40]! - wave[40]!)).toBeLessThan(3);
    expect(Number.isFinite(resid![41])).toBe(true);
  });

  it('refuses parameters that make no sense', () => {
    expect(() => columns(stlSet, { y: wave }, { period: -1 })).toThrow(InvalidInput);
    expect(() => columns(stlSet, { y: wave }, { seasonal: 8 })).toThrow('seasonal: must be odd');
  });
});

describe('drawdown', () => {
  it('measures from the highest and the lowest value so far', () => {
    const y = Float64Array.of(4, 2, Number.NaN, 5, 1, 5, 3);
    const got = columns(drawdown, { y });
    expect(got.drawdown).toEqual(Float64Array.of(0, 2, NaN, 0, 4, 0, 2));
    expect(got.drawdown_relative).toEqual(Float64Array.of(0, 0.5, NaN, 0, 0.8, 0, 0.4));
    expect(got.since_high).toEqual(Float64Array.of(0, 1, NaN, 0, 1, 0, 1));
    expect(got.max_drawdown).toEqual(Float64Array.of(0, 2, NaN, 2, 4, 4, 4));
    expect(got.drawup).toEqual(Float64Array.of(0, 0, NaN, 3, 0, 4, 2));
    expect(got.drawup_relative).toEqual(Float64Array.of(0, 0, NaN, 1.5, 0, 4, 2));
    expect(got.since_low).toEqual(Float64Array.of(0, 0, NaN, 2, 0, 1, 2));
    expect(got.max_drawup).toEqual(Float64Array.of(0, 0, NaN, 3, 3, 4, 4));
  });
});

describe('trend', () => {
  const summarise = summariser(trendSummary, { period: 12 });

  it('is strong where there is a trend or a season, and weak in noise', () => {
    const strong = summarise(wave);
    expect(strong.trend_strength).toBeGreaterThan(0.95);
    expect(strong.seasonal_strength).toBeGreaterThan(0.95);
    const weak = summarise(Float64Array.from({ length: 200 }, random));
    expect(weak.trend_strength).toBeLessThan(0.3);
    expect(weak.seasonal_strength).toBeLessThan(0.7);
  });

  it('knows the deepest fall and the highest rise', () => {
    const got = summarise(Float64Array.of(4, 2, Number.NaN, 5, 1, 3));
    expect(got).toMatchObject({ max_drawdown: 4, max_drawup: 3, trend_strength: null });
  });
});

describe('all three', () => {
  it('give numbers or nothing for any input', () => {
    const summarise = summariser(trendSummary);
    for (const y of oddSeries(23, 1)) {
      const values = [
        ...Object.values(columns(stlSet, { y })).flatMap((column) => [...column]),
        ...Object.values(columns(stlSet, { y }, { period: 4, robust: true })).flatMap((c) => [
          ...c,
        ]),
        ...Object.values(columns(drawdown, { y })).flatMap((column) => [...column]),
        ...Object.values(summarise(y)),
      ];
      for (const value of values) {
        if (Math.abs(value as number) === Number.POSITIVE_INFINITY) expect.fail('infinite');
      }
    }
  });
});
