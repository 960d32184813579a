import { describe, expect, it } from 'vitest';
import { leastSquares } from '../../math/least-squares.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import { fixtureDisagreements } from '../../testing/conformance/summaries.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { tsfeaturesConformance } from '../../testing/conformance/tsfeatures.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults, type PeerValue, relativeDifference } from '../../testing/peer-results.ts';
import { summariser } from '../extract.ts';
import { tsfeaturesSet } from './tsfeatures.ts';

const wave = Float64Array.from(
  { length: 90 },
  (_, t) => 20 + t / 9 + 3 * Math.sin((2 * Math.PI * t) / 6) + ((t * 7919) % 13) / 13,
);

/** Of Holt's linear trend with the best first level and slope, the columns of a regression built by smoothing impulses. */
function squaredErrors(y: Float64Array, alpha: number, beta: number): number {
  const errors = (values: Float64Array, level: number, slope: number) =>
    values.map((value) => {
      const error = value - level - slope;
      level += slope + alpha * error;
      slope += alpha * beta * error;
      return error;
    });
  const none = new Float64Array(y.length);
  const columns = [errors(none, -1, 0), errors(none, 0, -1)];
  const whole = errors(y, 0, 0);
  const [a, b] = leastSquares(columns, whole);
  return whole.reduce(
    (sum, value, t) => sum + (value - a! * columns[0]![t]! - b! * columns[1]![t]!) ** 2,
    0,
  );
}

describe('tsfeatures', () => {
  it('gives what tsfeatures 0.4.5 gives for the committed series', () => {
    const seasonal = {
      ...tsfeaturesConformance,
      compute: (id: string, y: Float64Array) =>
        summariser(tsfeaturesSet, { freq: id === 'sine_noise_100' ? 12 : 1 })(y),
    };
    expect(fixtureDisagreements(seasonal, 'tsfeatures')).toEqual([]);
  });

  it.runIf(hasPeerResults('tsfeatures on all series'))(
    'gives what tsfeatures 0.4.5 gives for every series of the collection, as the table of conformance counts it',
    () => {
      const found = tally(tsfeaturesConformance);
      expect(found).toEqual(expectedTally(tsfeaturesConformance, found));
    },
  );

  it('has no name twice, and seasonal features only with a season', () => {
    const names = (freq: number) => tsfeaturesSet.features({ freq }).map(({ name }) => name);
    expect(new Set(names(12)).size).toBe(names(12).length);
    expect(names(12).filter((name) => !names(1).includes(name))).toEqual([
      'seasonal_strength',
      'scaled.seasonal_strength',
      'peak',
      'scaled.peak',
      'trough',
      'scaled.trough',
      'seas_acf1',
      'scaled.seas_acf1',
      'seas_pacf',
      'scaled.seas_pacf',
    ]);
  });

  it('refuses a season length that is not a whole number', () => {
    expect(() => summariser(tsfeaturesSet, { freq: 0 })).toThrow(/freq: must be a whole number/);
    expect(() => summariser(tsfeaturesSet, { freq: 2.5 })).toThrow(/freq: must be a whole number/);
  });

  it('gives the standardised values again for another level and size', () => {
    const summarise = summariser(tsfeaturesSet, { freq: 6 });
    const plain = summarise(wave);
    const moved = summarise(wave.map((value) => 50 * value - 1000));
    for (const [name, value] of Object.entries(plain)) {
      if (!name.startsWith('scaled.') || /alpha|beta|guerrero/.test(name)) continue;
      expect(relativeDifference(moved[name] as PeerValue, value as PeerValue), name).toBeLessThan(
        1e-7,
      );
    }
  });

  it('gives standardised values that are those of the standardised series', () => {
    const summarise = summariser(tsfeaturesSet, { freq: 6 });
    const values = summarise(wave);
    const mean = values.mean as number;
    const sd = Math.sqrt(values.variance as number);
    const standardised = summarise(wave.map((value) => (value - mean) / sd));
    for (const [name, value] of Object.entries(values)) {
      const short = name.replace('scaled.', '');
      if (short === name || /alpha|beta/.test(name)) continue;
      expect(
        relativeDifference(value as PeerValue, standardised[short] as PeerValue),
        name,
      ).toBeLessThan(1e-7);
    }
  });

  it('does not standardise a constant, even where its mean is not exact', () => {
    const values = summariser(tsfeaturesSet)(new Float64Array(100).fill(0.1));
    expect(values).toMatchObject({
      'scaled.stability': null,
      'scaled.flat_spots': null,
      'scaled.guerrero': 1,
      x_acf1: null,
      arch_lm: 1,
      variance: 0,
    });
  });

  it('finds smoothing parameters with which Holt leaves no larger errors than others nearby', () => {
    const { alpha, beta } = summariser(tsfeaturesSet)(wave) as Record<string, number>;
    expect(beta).toBeLessThanOrEqual(alpha!);
    const least = squaredErrors(wave, alpha!, beta!);
    for (const other of [0.2, 0.4, 0.6, 0.8]) {
      for (const share of [0.1, 0.5, 1]) {
        expect(squaredErrors(wave, other, other * share)).toBeGreaterThanOrEqual(least - 1e-9);
      }
    }
  });

  it('finds the season, the peak and the trough of a wave', () => {
    const values = summariser(tsfeaturesSet, { freq: 6 })(wave);
    expect(values.seasonal_strength).toBeGreaterThan(0.9);
    expect([2, 3]).toContain(values.peak);
    expect([5, 6]).toContain(values.trough);
  });

  it('gives numbers or null for whatever it is given', () => {
    for (const freq of [1, 4]) {
      const summarise = summariser(tsfeaturesSet, { freq });
      const names = Object.keys(summarise(new Float64Array(0)));
      for (const y of oddSeries(5, 2)) {
        const got = summarise(y);
        expect(Object.keys(got)).toEqual(names);
        for (const value of Object.values(got)) {
          expect(value === null || (typeof value === 'number' && !Number.isNaN(value))).toBe(true);
        }
      }
    }
  });
});
