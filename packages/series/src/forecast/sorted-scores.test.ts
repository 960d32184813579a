import { describe, expect, it } from 'vitest';
import { SortedScores } from './sorted-scores.ts';

describe('sorted scores', () => {
  it('give the ⌈(k + 1) · level⌉-th smallest of a step', () => {
    const scores = SortedScores.of([Float64Array.of(4, 1, 3, 2), Float64Array.of(9)]);
    expect([0.1, 0.2, 0.21, 0.5, 0.8].map((level) => scores.factor(0, level))).toEqual([
      1, 1, 2, 3, 4,
    ]);
  });

  it('take all steps together only when there are origins enough', () => {
    const few = SortedScores.of([Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 8)]);
    expect(few.factor(0, 0.85)).toBeNull();
    const enough = SortedScores.of([Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(6, 7, 8, 9)]);
    expect(enough.factor(1, 0.85)).toBe(9);
    expect(enough.factor(1, 0.95)).toBeNull();
  });

  it('ignore NaN and keep every step in order while growing', () => {
    const scores = new SortedScores(1, 3);
    for (const score of [2, Number.NaN, 0.5, 1]) scores.add(0, score);
    expect(scores.total).toBe(3);
    expect(scores.byStep()).toEqual([Float64Array.of(0.5, 1, 2)]);
  });

  it('find exactly 19 scores enough for 95 %', () => {
    const scores = SortedScores.of([Float64Array.from({ length: 19 }, (_, i) => i)]);
    expect(scores.factor(0, 0.95)).toBe(18);
  });
});
