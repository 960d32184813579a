import { describe, expect, it } from 'vitest';
import { tally } from '../../testing/conformance/comparison.ts';
import { fixtureDisagreements } from '../../testing/conformance/summaries.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { tsfelConformance, tsfelSlowConformance } from '../../testing/conformance/tsfel.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults } from '../../testing/peer-results.ts';
import { summariser } from '../extract.ts';
import { tsfelSet } from './tsfel.ts';

const of = (fs: number) => {
  const summarise = summariser(tsfelSet, { fs });
  return (_: string, y: Float64Array) => summarise(y);
};

describe('tsfel', () => {
  it('gives what TSFEL 0.2.0 gives for the committed series at 100 samples a second', () => {
    expect(fixtureDisagreements(tsfelConformance, 'tsfel')).toEqual([]);
  });

  it.runIf(hasPeerResults('tsfel on all series')).each([tsfelConformance, tsfelSlowConformance])(
    'gives what TSFEL 0.2.0 gives for every series, as the table of conformance counts it: $files',
    (conformance) => {
      const found = tally(conformance);
      expect(found).toEqual(expectedTally(conformance, found));
    },
  );

  it('departs from the peer in the committed series only where rounding is all there is', () => {
    const lines = fixtureDisagreements({ ...tsfelConformance, departures: [] }, 'tsfel');
    expect(lines.map((line) => line.split(':')[0])).toEqual(['constant_100 temporal|Slope']);
  });

  it('has a name, an alias and a formula for each feature, none twice', () => {
    const features = tsfelSet.features(tsfelSet.defaults);
    expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
    expect(new Set(features.map(({ alias }) => alias)).size).toBe(features.length);
    for (const { alias, formula, source } of features) {
      expect(alias).toMatch(/^tsfel_[a-z0-9_]+$/);
      expect(formula.length * source.length).toBeGreaterThan(0);
    }
  });

  it('refuses a sampling rate that is not a positive number', () => {
    for (const fs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => summariser(tsfelSet, { fs })).toThrow(/fs: must be a number of samples/);
    }
  });

  it('scales frequencies with the sampling rate and leaves shapes alone', () => {
    const y = Float64Array.from({ length: 200 }, (_, t) => Math.sin(t / 3) + (t % 7) / 10);
    const slow = of(10)('', y);
    const fast = of(1000)('', y);
    expect(fast['spectral|Spectral centroid']).toBeCloseTo(
      100 * (slow['spectral|Spectral centroid'] as number),
      9,
    );
    expect(fast['spectral|Spectral kurtosis']).toBeCloseTo(
      slow['spectral|Spectral kurtosis'] as number,
      9,
    );
    expect(fast['spectral|Wavelet energy|names']).toContain('250.0Hz');
  });

  it('finds the frequency of a sine', () => {
    const y = Float64Array.from({ length: 400 }, (_, t) => Math.sin((2 * Math.PI * t) / 20));
    const values = of(100)('', y);
    expect(values['spectral|Fundamental frequency']).toBeCloseTo(5, 12);
    expect(values['spectral|Median frequency']).toBeCloseTo(5, 12);
    expect(values['temporal|Positive turning points']).toBe(20);
  });

  it('leaves missing values out', () => {
    const whole = Float64Array.from({ length: 60 }, (_, t) => Math.cos(t) * t);
    const gaps = Float64Array.from([...whole].flatMap((value) => [value, Number.NaN]));
    expect(of(100)('', gaps)).toEqual(of(100)('', whole));
  });

  it('takes a constant series as constant even where its mean is not exact', () => {
    const values = of(100)('', new Float64Array(200).fill(0.1));
    expect(values).toMatchObject({
      'statistical|Variance': 0,
      'statistical|Skewness': null,
      'spectral|Spectral spread': 0,
      'spectral|Max power spectrum': 0,
      'fractal|Multiscale entropy': null,
    });
  });

  it('gives no frequencies that are not there where sums of values overflow or vanish', () => {
    const wave = Float64Array.from({ length: 100 }, (_, t) => Math.sin((2 * Math.PI * t) / 10));
    for (const size of [1e300, 1e-300]) {
      const values = of(100)(
        '',
        wave.map((value) => value * size),
      );
      expect(values['spectral|Median frequency']).toBeCloseTo(10, 9);
      expect(values['spectral|Spectral roll-off']).toBeCloseTo(10, 9);
    }
  });

  it('gives numbers, lists or null for whatever it is given', () => {
    const compute = of(100);
    const names = Object.keys(compute('', new Float64Array(0)));
    for (const y of oddSeries(7, 2)) {
      const got = compute('', y);
      expect(Object.keys(got)).toEqual(names);
      for (const value of Object.values(got)) {
        expect(value === null || Array.isArray(value) || !Number.isNaN(value)).toBe(true);
      }
    }
  });
});
