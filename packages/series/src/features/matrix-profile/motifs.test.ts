import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import { motifsConformance } from '../../testing/conformance/stumpy.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults } from '../../testing/peer-results.ts';
import { columns, summariser } from '../extract.ts';
import { matrixProfileSet, motifsSet } from './matrix-profile-set.ts';
import { discords, motifPairs, motifs } from './motifs.ts';
import { prepareMatrixProfile } from './prepare.ts';
import { matrixProfile } from './profile.ts';

/** Noise with one shape at 40, 110 and 180. */
function withShape(): Float64Array {
  const random = createRandom(2);
  const y = Float64Array.from({ length: 240 }, () => random());
  const shape = Array.from({ length: 16 }, () => 10 * random());
  for (const start of [40, 110, 180]) {
    for (let k = 0; k < 16; k++) y[start + k] = shape[k]! + random() / 100;
  }
  return y;
}

describe('motifs and discords', () => {
  it('find a shape wherever it is', () => {
    const y = withShape();
    const [found] = motifs(prepareMatrixProfile(y, 16), matrixProfile(y, 16));
    expect(found!.starts.slice(0, 3).toSorted((a, b) => a - b)).toEqual([40, 110, 180]);
    expect(found!.distances[0]).toBe(0);
  });

  it('take pairs and discords away from those before', () => {
    const profile = matrixProfile(withShape(), 16);
    const starts = discords(profile, 5).map(({ start }) => start);
    for (const [k, start] of starts.entries()) {
      for (const other of starts.slice(0, k)) {
        expect(Math.abs(start - other)).toBeGreaterThanOrEqual(16);
      }
    }
    expect(motifPairs(profile, 1_000).length).toBeLessThan(16);
  });

  it('are none where there is no distance', () => {
    const y = new Float64Array(30).fill(Number.NaN);
    const profile = matrixProfile(y, 5);
    expect(motifPairs(profile, 3)).toEqual([]);
    expect(discords(profile, 3)).toEqual([]);
    expect(motifs(prepareMatrixProfile(y, 5), profile)).toEqual([]);
  });

  it.runIf(hasPeerResults('motifs'))(
    'are those of STUMPY 1.13 for every series, as the table of conformance counts it',
    () => {
      const found = tally(motifsConformance);
      expect(found).toEqual(expectedTally(motifsConformance, found));
    },
  );
});

describe('the sets of the matrix profile', () => {
  it('give columns of the length of the series, windows at their start and their end', () => {
    const y = withShape();
    const profile = matrixProfile(y, 16);
    const table = columns(matrixProfileSet, { y }, { m: 16 });
    expect(table.mp!.slice(0, profile.distance.length)).toEqual(profile.distance);
    expect(table.mp!.slice(profile.distance.length).every(Number.isNaN)).toBe(true);
    expect(table.past_mp!.slice(15)).toEqual(profile.leftDistance);
    expect(table.past_mp!.slice(0, 15).every(Number.isNaN)).toBe(true);
  });

  it('say what they know of the past only where that is so', () => {
    const y = withShape();
    const whole = columns(matrixProfileSet, { y });
    const info = matrixProfileSet.groups(matrixProfileSet.defaults)[0]!.columns;
    for (const n of [25, 100, 170]) {
      const part = columns(matrixProfileSet, { y: y.slice(0, n) });
      for (const { name } of info.filter(({ pointInTime }) => pointInTime)) {
        expect(part[name]).toEqual(whole[name]!.slice(0, n));
      }
    }
  });

  it('give numbers, arrays or null for whatever they are given', () => {
    const summarise = summariser(motifsSet, { m: 4 });
    const names = Object.keys(summarise(new Float64Array(0)));
    for (const y of oddSeries(55, 1)) expect(Object.keys(summarise(y))).toEqual(names);
  });

  it('refuse a window below 3', () => {
    expect(() => summariser(motifsSet, { m: 2 })).toThrow('m: must be a whole number >= 3');
  });
});
