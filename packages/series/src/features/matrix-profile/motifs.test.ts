import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import {
  hasPeerResults,
  readPeerInputs,
  readPeerResults,
  relativeDifference,
} from '../../testing/peer-results.ts';
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

interface PeerMotifs {
  readonly top3_motif_pairs: readonly (readonly number[])[];
  readonly top3_discords: readonly (readonly number[])[];
  readonly stumpy_motifs_max3_matches5: {
    readonly distances: readonly (readonly (number | null)[])[];
    readonly indices: readonly (readonly number[])[];
  };
  readonly [scalar: string]: unknown;
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

  it.runIf(hasPeerResults('motifs'))('are those of STUMPY 1.13 for every series', () => {
    const inputs = readPeerInputs();
    const { series } = readPeerResults('stumpy_motifs_discords');
    for (const [id, windows] of Object.entries(series)) {
      for (const [m, peer] of Object.entries(windows as unknown as Record<string, PeerMotifs>)) {
        const y = inputs.get(id)!;
        const got = summariser(motifsSet, { m: Number(m) })(y);
        const near = (name: string, want: readonly (number | null)[]) =>
          expect(
            relativeDifference(got[name] as never, want as never, 1e-3),
            `${id} ${m} ${name}`,
          ).toBeLessThan(1e-3);
        near('top3_motif_pairs', peer.top3_motif_pairs.flat());
        near('top3_discords', peer.top3_discords.flat());
        for (const name of ['excl_zone', 'mp_sum_finite', 'mp_min', 'mp_max_finite']) {
          const want = peer[name] as number;
          expect(Math.abs((got[name] as number) - want)).toBeLessThanOrEqual(1e-7 * (1 + want));
        }
        const shapes = peer.stumpy_motifs_max3_matches5;
        const full = (row: readonly (number | null)[]) =>
          row.length === 0 ? [] : Array.from({ length: 5 }, (_, i) => row[i] ?? null);
        near('stumpy_motifs_max3_matches5_distances', shapes.distances.flatMap(full));
        if (id === 'ties_500') continue; // Equally near windows in another order.
        const none = (row: readonly number[]) => full(row).map((index) => index ?? -1);
        expect(got.stumpy_motifs_max3_matches5_indices).toEqual(shapes.indices.flatMap(none));
      }
    }
  });
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
