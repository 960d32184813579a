import { describe, expect, it } from 'vitest';
import { fourierByDefinition } from '../reference/fourier-by-definition.ts';
import { fourier, inverseFourier, realSpectrum } from './fft.ts';

/** Lengths that take every way: powers, small primes, their products, large primes. */
const LENGTHS = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 30, 49, 64, 97, 100, 121, 169, 180, 251, 360,
  500, 202, 303, 1009, 1010,
];

function series(n: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: n }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  });
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

describe('fourier', () => {
  it.each(LENGTHS)('equals the definition for %i values, and is undone by its inverse', (n) => {
    const re = series(n, 7);
    const im = series(n, 11);
    const expected = fourierByDefinition(re, im);
    const actual = fourier(re, im);
    expect(largestDifference(actual.re, expected.re)).toBeLessThan(1e-12 * n);
    expect(largestDifference(actual.im, expected.im)).toBeLessThan(1e-12 * n);
    const back = inverseFourier(actual.re, actual.im);
    expect(largestDifference(back.re, re)).toBeLessThan(1e-13);
    expect(largestDifference(back.im, im)).toBeLessThan(1e-13);
  });
});

describe('realSpectrum', () => {
  it.each(LENGTHS)('gives the first half of the transform of %i real values', (n) => {
    const y = series(n, 3);
    const expected = fourierByDefinition(y, new Float64Array(n));
    const { re, im } = realSpectrum(y);
    expect(re).toHaveLength(Math.floor(n / 2) + 1);
    expect(largestDifference(re, expected.re.slice(0, re.length))).toBeLessThan(1e-12 * n);
    expect(largestDifference(im, expected.im.slice(0, im.length))).toBeLessThan(1e-12 * n);
  });

  it('is empty for an empty series', () => {
    expect(realSpectrum(new Float64Array(0)).re).toHaveLength(0);
  });
});
