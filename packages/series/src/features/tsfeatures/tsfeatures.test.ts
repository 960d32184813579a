import { describe, expect, it } from 'vitest';
import { disagreements, readFixture } from '../../testing/agreement.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import {
  hasPeerResults,
  type PeerResults,
  type PeerValue,
  readPeerFile,
  readPeerInputs,
  readPeerResults,
  relativeDifference,
} from '../../testing/peer-results.ts';
import { summariser } from '../extract.ts';
import { tsfeaturesDepartures } from './departures.ts';
import { tsfeaturesSet } from './tsfeatures.ts';

/** As the collection's README; what its optimisers found, absolutely. */
function agrees(name: string, got: PeerValue, want: PeerValue): boolean {
  if (/alpha|beta|guerrero/.test(name)) {
    return got === want || Math.abs(Number(got ?? Number.NaN) - Number(want)) <= 1e-2;
  }
  const loose = /trend|spike|linearity|curvature|e_acf|seasonal_strength|hurst/.test(name);
  // A variance of 1e-30 is rounding.
  return relativeDifference(got, want, 1e-24) <= (loose ? 1e-5 : 1e-6);
}

function compare(
  series: ReadonlyMap<string, Float64Array>,
  expected: PeerResults['series'],
  seasonOf: (id: string) => number,
) {
  return disagreements({
    series,
    expected,
    compute: (id, y) => summariser(tsfeaturesSet, { freq: seasonOf(id) })(y),
    agrees,
    departures: tsfeaturesDepartures,
  });
}

const wave = Float64Array.from(
  { length: 90 },
  (_, t) => 20 + t / 9 + 3 * Math.sin((2 * Math.PI * t) / 6) + ((t * 7919) % 13) / 13,
);

describe('tsfeatures', () => {
  it('gives what tsfeatures 0.4.5 gives for the committed series', () => {
    const { inputs, expected } = readFixture('tsfeatures');
    expect(compare(inputs, expected, (id) => (id === 'sine_noise_100' ? 12 : 1))).toEqual([]);
  });

  it.runIf(hasPeerResults('tsfeatures on all series'))(
    'gives what tsfeatures 0.4.5 gives for every series of the collection',
    () => {
      const rows = readPeerFile('input/series_index.csv').trim().split('\n').slice(1);
      const seasons = new Map(
        rows.map((row) => [row.split(',')[0]!, Number(row.split(',')[2])] as const),
      );
      const seasonOf = (id: string) => seasons.get(id)!;
      expect(compare(readPeerInputs(), readPeerResults('tsfeatures').series, seasonOf)).toEqual([]);
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
