import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { demandClass } from './demand-class.ts';
import { fitCroston, fitIntermittent } from './fit-croston.ts';

const DEMAND = Float64Array.of(0, 0, 3, 0, 0, 0, 5, 2, 0, 0, 4, 0);

/** A seeded demand: a size of mean 10 with the given chance in each period. */
function demandOf(n: number, chance: number, seed = 1): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => (random() < chance ? 5 + 10 * random() : 0));
}

describe('the class of a demand', () => {
  it.each([
    ['smooth', [4, 5, 6, 5, 4, 5, 6, 5]],
    ['erratic', [1, 20, 1, 2, 30, 1, 1, 2]],
    ['intermittent', [0, 5, 0, 0, 4, 0, 5, 0, 0, 6]],
    ['lumpy', [0, 1, 0, 0, 40, 0, 2, 0, 0, 1]],
    ['none', [0, 0, 0]],
    ['none', []],
  ] as const)('is %s', (pattern, list) => {
    expect(demandClass(Float64Array.from(list)).pattern).toBe(pattern);
  });

  it('knows interval, variation and silence', () => {
    const { interval, variation, silence } = demandClass(DEMAND);
    expect(interval).toBe(11 / 4);
    expect(variation).toBeCloseTo(5 / 3 / 3.5 ** 2, 12);
    expect(silence).toBe(1);
    expect(demandClass(Float64Array.of(Number.NaN, 2, Number.NaN, 2)).interval).toBe(1);
  });
});

describe('Croston’s method', () => {
  it('smooths sizes and intervals apart, from the first of each', () => {
    const { mean } = fitCroston(DEMAND).forecast(3);
    let size = 3;
    let interval = 3;
    for (const [demand, periods] of [
      [5, 4],
      [2, 1],
      [4, 3],
    ] as const) {
      size += 0.1 * (demand - size);
      interval += 0.1 * (periods - interval);
    }
    for (const value of mean) expect(value).toBeCloseTo(size / interval, 12);
    const sba = fitCroston(DEMAND, { variant: 'sba' }).forecast(1).mean[0]!;
    expect(sba).toBeCloseTo((0.95 * size) / interval, 12);
  });

  it('has no value to compare before the first demand', () => {
    const { fitted, residuals } = fitCroston(DEMAND);
    expect(Array.from(fitted.subarray(0, 4), Number.isNaN)).toEqual([true, true, true, false]);
    expect(fitted[3]).toBe(1);
    expect(residuals[3]).toBe(-1);
  });

  it('is simple smoothing of a demand in every period', () => {
    const y = Float64Array.of(4, 6, 5, 7, 3);
    let level = 4;
    for (const value of y.subarray(1)) level += 0.3 * (value - level);
    expect(fitCroston(y, { alpha: 0.3 }).forecast(1).mean[0]).toBeCloseTo(level, 12);
  });

  it('overrates a rare demand; the correction of Syntetos and Boylan does not', () => {
    const runs = Array.from({ length: 200 }, (_, i) => demandOf(300, 0.2, i));
    const meanOf = (variant: 'croston' | 'sba') =>
      runs.reduce(
        (sum, y) => sum + fitCroston(y, { variant, alpha: 0.3, beta: 0.3 }).forecast(1).mean[0]!,
        0,
      ) / 200;
    const truth = 0.2 * 10;
    expect(meanOf('croston')).toBeGreaterThan(1.08 * truth);
    expect(Math.abs(meanOf('sba') / truth - 1)).toBeLessThan(0.06);
  });
});

describe('TSB', () => {
  it('falls while no demand comes, where Croston’s method waits', () => {
    const y = demandOf(60, 0.4);
    const ended = Float64Array.from([...y, ...new Array(30).fill(0)]);
    const after = (variant: 'croston' | 'tsb') =>
      fitCroston(ended, { variant }).forecast(1).mean[0]!;
    const before = (variant: 'croston' | 'tsb') => fitCroston(y, { variant }).forecast(1).mean[0]!;
    expect(after('croston')).toBe(before('croston'));
    expect(after('tsb') / before('tsb')).toBeCloseTo(0.9 ** 30, 9);
  });
});

describe('the choice by class', () => {
  it('is Croston for smooth, SBA for other demand, TSB for one that has ended', () => {
    expect(fitIntermittent(Float64Array.of(4, 5, 6, 5)).name).toBe('Croston');
    expect(fitIntermittent(DEMAND).name).toBe('Croston (SBA)');
    expect(fitIntermittent(Float64Array.from([...DEMAND, ...new Array(20).fill(0)])).name).toBe(
      'TSB',
    );
  });
});

describe.each(['croston', 'sba', 'tsb'] as const)('demand by %s', (variant) => {
  it('follows the scale of the demand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 0, 1, 4, 9), { minLength: 1, maxLength: 30 }),
        (list) => {
          const y = Float64Array.from(list);
          const one = fitCroston(y, { variant }).forecast(2, [0.8]);
          const ten = fitCroston(
            y.map((value) => 10 * value),
            { variant },
          ).forecast(2, [0.8]);
          expect(ten.mean[0]).toBeCloseTo(10 * one.mean[0]!, 9);
          expect(ten.intervals[0]!.upper[0]).toBeCloseTo(10 * one.intervals[0]!.upper[0]!, 9);
        },
      ),
      { seed: 5, numRuns: 100 },
    );
  });

  it('is updated as if applied to the longer series', () => {
    const y = demandOf(80, 0.3);
    for (const n of [1, 5, 40]) {
      const model = fitCroston(y.subarray(0, n), { variant });
      const follower = model.follow!();
      for (let t = n; t < 80; t++) follower.update(y[t]!);
      const later = model.applyTo(y);
      expect(follower.forecast(2, [0.9])).toEqual(later.forecast(2, [0.9]));
    }
  });

  it.each([
    ['one zero', [0]],
    ['one value', [5]],
    ['zeros', [0, 0, 0, 0]],
    ['gaps', [Number.NaN, 0, Number.NaN, 2, 0, Number.NaN]],
    ['huge and negative values', [1e150, 0, -1e150, 0, 3]],
  ])('gives finite forecasts for %s', (_, list) => {
    const model = fitCroston(Float64Array.from(list), { variant });
    expect(model.forecast(4, [0.9]).mean.every(Number.isFinite)).toBe(true);
    expect(Object.values(model.parameters).some(Number.isNaN)).toBe(false);
  });

  it('names an argument that is out of range', () => {
    expect(() => fitCroston(DEMAND, { variant, alpha: 1 })).toThrow('alpha: must be a fraction');
    expect(() => fitCroston(DEMAND, { variant, beta: 0 })).toThrow('beta: must be a fraction');
    expect(() => fitCroston(Float64Array.of(Number.NaN), { variant })).toThrow('y: must hold');
  });
});
