import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import {
  matrixProfileByDefinition,
  windowDistance,
} from '../../reference/matrix-profile-by-definition.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import { matrixProfileConformance } from '../../testing/conformance/stumpy.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults, readPeerInputs, readPeerTable } from '../../testing/peer-results.ts';
import { prepareMatrixProfile } from './prepare.ts';
import { completeProfile, type MatrixProfile, matrixProfile } from './profile.ts';
import { diagonalShares, matrixProfileSlice } from './slice.ts';

function walk(n: number, seed: number): Float64Array {
  const random = createRandom(seed);
  let state = 0;
  return Float64Array.from({ length: n }, () => {
    state += random() - 0.5;
    return state;
  });
}

/** Compares distances, and the distance at the neighbour that was chosen: of windows equally near either may be. */
function expectSame(y: Float64Array, profile: MatrixProfile, tolerance = 1e-6): void {
  const slow = matrixProfileByDefinition([...y], profile.window);
  for (const [distances, indices, side] of [
    [profile.leftDistance, profile.leftIndex, slow.left],
    [profile.rightDistance, profile.rightIndex, slow.right],
  ] as const) {
    side.forEach(({ distance, index }, i) => {
      expect(indices[i]! < 0).toBe(index < 0);
      if (index < 0) expect(distances[i]).toBe(Number.POSITIVE_INFINITY);
      else expect(Math.abs(distances[i]! - distance)).toBeLessThan(tolerance);
    });
  }
  profile.distance.forEach((distance, i) => {
    expect(distance).toBe(Math.min(profile.leftDistance[i]!, profile.rightDistance[i]!));
  });
}

interface Fixture {
  readonly inputs: Readonly<Record<string, readonly (number | null)[]>>;
  readonly profiles: readonly {
    readonly id: string;
    readonly m: number;
    readonly mp: readonly (number | null)[];
    readonly mpi: readonly number[];
    readonly left_i: readonly number[];
    readonly right_i: readonly number[];
  }[];
}

describe('the matrix profile', () => {
  it('is that of comparing all pairs of windows', () => {
    for (const [n, m] of [
      [120, 3],
      [200, 10],
      [150, 25],
      [60, 40],
      [30, 30],
      [20, 30],
    ] as const) {
      expectSame(walk(n, n + m), matrixProfile(walk(n, n + m), m));
    }
  });

  it('keeps to the rules for constant and missing windows', () => {
    const y = walk(200, 3);
    y.fill(2, 30, 50);
    y.fill(-1, 90, 103);
    y.fill(5, 180);
    for (const t of [70, 71, 140]) y[t] = Number.NaN;
    y[150] = Number.NEGATIVE_INFINITY;
    expectSame(y, matrixProfile(y, 8));
  });

  it('has −1 and Infinity where no window is far enough away or whole', () => {
    for (const y of [walk(10, 1), new Float64Array(40).fill(Number.NaN)]) {
      const { distance, index } = matrixProfile(y, 8);
      expect(distance.every((value) => value === Number.POSITIVE_INFINITY)).toBe(true);
      expect(index.every((value) => value === -1)).toBe(true);
    }
  });

  it('sees small shapes behind an extreme value', () => {
    const y = walk(160, 5);
    y[60] = 1e9;
    expectSame(y, matrixProfile(y, 8));
  });

  it('does not depend on level and unit', () => {
    const y = walk(300, 8);
    const plain = matrixProfile(y, 12);
    const moved = matrixProfile(
      y.map((value) => 1e6 + 4 * value),
      12,
    );
    const huge = matrixProfile(
      y.map((value) => value * 2 ** 1000),
      12,
    );
    expect(huge.distance).toEqual(plain.distance);
    plain.distance.forEach((distance, i) => {
      expect(moved.distance[i]).toBeCloseTo(distance, 6);
    });
  });

  it('is the same however many shares it is made in', () => {
    const y = Float64Array.from({ length: 500 }, (_, t) => (t * t) % 7);
    y.set(walk(200, 4), 100);
    const prepared = prepareMatrixProfile(y, 15);
    const whole = matrixProfile(y, 15);
    for (const parts of [1, 2, 3, 7, 64]) {
      const shares = diagonalShares(prepared, parts);
      expect(shares[0]!.from).toBe(prepared.exclusion + 1);
      expect(shares.at(-1)!.to).toBe(prepared.count);
      const slices = shares.map(({ from, to }) => matrixProfileSlice(prepared, from, to));
      expect(completeProfile(prepared, slices.toReversed())).toEqual(whole);
    }
  });

  it('gives each of a few workers about as much', () => {
    const prepared = prepareMatrixProfile(walk(5000, 6), 50);
    const pairs = diagonalShares(prepared, 4).map(({ from, to }) => {
      const [first, last] = [prepared.count - from, prepared.count - to + 1];
      return ((first + last) * (to - from)) / 2;
    });
    expect(Math.max(...pairs) / Math.min(...pairs)).toBeLessThan(1.1);
  });

  it('knows nothing of later values on the left side', () => {
    const y = walk(200, 9);
    y.fill(1, 50, 70);
    y[120] = Number.NaN;
    const whole = matrixProfile(y, 10);
    for (const n of [12, 60, 75, 131, 180]) {
      const part = matrixProfile(y.slice(0, n), 10);
      expect(part.leftDistance).toEqual(whole.leftDistance.slice(0, n - 9));
      expect(part.leftIndex).toEqual(whole.leftIndex.slice(0, n - 9));
    }
  });

  it('ends with finite or infinite distances for whatever it is given', () => {
    for (const y of oddSeries(44, 1)) {
      const { distance, leftDistance, rightDistance } = matrixProfile(y, 5);
      expect(distance).toHaveLength(Math.max(0, y.length - 4));
      for (const values of [distance, leftDistance, rightDistance]) {
        expect(values.some(Number.isNaN)).toBe(false);
      }
    }
  });

  it('refuses windows below 3', () => {
    expect(() => matrixProfile(walk(20, 1), 2)).toThrow('window: must be a whole number >= 3');
  });

  it('is that of STUMPY 1.13 for the committed series', () => {
    const url = new URL('../../../fixtures/features-matrix-profile.json', import.meta.url);
    const { inputs, profiles } = JSON.parse(readFileSync(url, 'utf8')) as Fixture;
    for (const { id, m, mp, mpi, left_i, right_i } of profiles) {
      const y = Float64Array.from(inputs[id]!, (value) => value ?? Number.NaN);
      const { distance, index, leftIndex, rightIndex } = matrixProfile(y, m);
      expect([...index]).toEqual(mpi);
      expect([...leftIndex]).toEqual(left_i);
      expect([...rightIndex]).toEqual(right_i);
      mp.forEach((want, i) => {
        expect(distance[i]).toBeCloseTo(want ?? Number.POSITIVE_INFINITY, 8);
      });
    }
  });

  it.runIf(hasPeerResults('matrix profile'))(
    'is that of STUMPY 1.13 for every table, as the table of conformance counts it',
    () => {
      const found = tally(matrixProfileConformance);
      expect(found).toEqual(expectedTally(matrixProfileConformance, found));
    },
  );

  it.runIf(hasPeerResults('equally near windows'))(
    'takes another neighbour than STUMPY only where both are equally near',
    () => {
      const y = [...readPeerInputs().get('ties_500')!];
      for (const m of [10, 20, 50]) {
        const got = matrixProfile(Float64Array.from(y), m);
        const { mpi, left_i, right_i } = readPeerTable(`mp_ties_500_m${m}`);
        for (const [distances, neighbours] of [
          [got.distance, mpi!],
          [got.leftDistance, left_i!],
          [got.rightDistance, right_i!],
        ] as const) {
          neighbours.forEach((neighbour, i) => {
            if (neighbour < 0) return;
            const there = windowDistance(y.slice(i, i + m), y.slice(neighbour, neighbour + m));
            expect(Math.abs(there - distances[i]!)).toBeLessThan(1e-6);
          });
        }
      }
    },
  );
});
