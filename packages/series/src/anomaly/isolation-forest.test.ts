import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';
import { oddSeries } from '../testing/odd-series.ts';
import { growIsolationForest, isolationScores } from './isolation-forest.ts';

const random = createRandom(17);
const noise = Float64Array.from({ length: 300 }, () => random() + random() + random());

describe('isolation forest', () => {
  it('gives the highest score to what stands apart, in any of the columns', () => {
    const other = noise.toReversed();
    const [a, b] = [noise.slice(), other.slice()];
    a[40] = 9;
    b[200] = -9;
    const scores = isolationScores(growIsolationForest([a, b]), [a, b]);
    const order = [...scores.keys()].sort((i, j) => scores[j]! - scores[i]!);
    expect(order.slice(0, 2).sort((i, j) => i - j)).toEqual([40, 200]);
    expect(scores[40]).toBeGreaterThan(0.6);
  });

  it('finds a pair of usual values unusual together', () => {
    const a = Float64Array.from({ length: 256 }, (_, t) => t / 256);
    const b = a.slice();
    b[10] = 0.9;
    const scores = isolationScores(growIsolationForest([a, b]), [a, b]);
    expect(scores.indexOf(Math.max(...scores))).toBe(10);
  });

  it('grows the same from the same seed and another from another', () => {
    const scores = (seed: number) =>
      isolationScores(growIsolationForest([noise], { seed }), [noise]);
    expect(scores(5)).toEqual(scores(5));
    expect(scores(5)).not.toEqual(scores(6));
  });

  it('scores rows it has not seen, after a copy between threads', () => {
    const forest = structuredClone(growIsolationForest([noise]));
    const scores = isolationScores(forest, [Float64Array.of(1.5, 100, Number.NaN)]);
    expect(scores[1]).toBeGreaterThan(scores[0]!);
    expect(scores[2]).toBeNaN();
  });

  it('gives equal rows equal scores of one half', () => {
    const y = new Float64Array(50).fill(3);
    for (const score of isolationScores(growIsolationForest([y]), [y])) {
      expect(score).toBeCloseTo(0.5, 12);
    }
    expect([...isolationScores(growIsolationForest([Float64Array.of(2)]), [y])][0]).toBe(0.5);
  });

  it('gives a score in (0, 1] or nothing for any input', () => {
    for (const y of oddSeries(25, 1)) {
      const scores = isolationScores(growIsolationForest([y], { trees: 5 }), [y]);
      scores.forEach((score, t) => {
        if (!Number.isFinite(y[t]!)) expect(score).toBeNaN();
        else expect(score > 0 && score <= 1).toBe(true);
      });
    }
  });

  it('refuses what makes no sense', () => {
    expect(() => growIsolationForest([])).toThrow(InvalidInput);
    expect(() => growIsolationForest([noise], { trees: 0 })).toThrow('trees: must be');
    expect(() => growIsolationForest([noise, new Float64Array(3)])).toThrow(
      'columns: must have the same length, got 300 and 3',
    );
    expect(() => isolationScores(growIsolationForest([noise]), [noise, noise])).toThrow(
      'columns: must be 1, got 2',
    );
  });
});
