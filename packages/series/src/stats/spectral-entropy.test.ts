import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { spectralEntropy, welchEntropy } from './spectral-entropy.ts';

describe('spectralEntropy', () => {
  it('is near 0 for a wave and near 1 for noise', () => {
    const random = createRandom(3);
    const wave = Float64Array.from({ length: 200 }, (_, t) => Math.sin((2 * Math.PI * t) / 20));
    const noise = Float64Array.from({ length: 2000 }, () => random() - 0.5);
    expect(spectralEntropy(wave)).toBeCloseTo(0, 12);
    expect(spectralEntropy(noise)).toBeGreaterThan(0.9);
  });

  it('is log of the number of lines that share the power', () => {
    // 1, −1, … has one line of 5; an impulse has all, the last one half as strong.
    expect(spectralEntropy(Float64Array.of(1, -1, 1, -1, 1, -1, 1, -1))).toBeCloseTo(0, 12);
    const three = spectralEntropy(Float64Array.of(2, -1, -1, 0));
    const power = [2 * 10, 4];
    const shares = power.map((value) => value / 24);
    const entropy = -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
    expect(three).toBeCloseTo(entropy / Math.log(3), 12);
  });

  it('is 0 without power and undefined without values', () => {
    expect(spectralEntropy(new Float64Array(5))).toBe(0);
    expect(spectralEntropy(new Float64Array(1))).toBeNaN();
    expect(spectralEntropy(new Float64Array(0))).toBeNaN();
  });
});

describe('welchEntropy', () => {
  it('is near 0 for a wave and near 1 for noise', () => {
    const random = createRandom(4);
    const wave = Float64Array.from({ length: 512 }, (_, t) => Math.sin((2 * Math.PI * t) / 8));
    const noise = Float64Array.from({ length: 2000 }, () => random() - 0.5);
    // The Hann window spreads a line over three.
    expect(welchEntropy(wave, 64)).toBeLessThan(0.3);
    expect(welchEntropy(noise, 64)).toBeGreaterThan(0.95);
  });

  it('is 0 without power and undefined for segments of one value', () => {
    expect(welchEntropy(new Float64Array(9), 4)).toBe(0);
    expect(welchEntropy(Float64Array.of(1, 2, 3), 1)).toBeNaN();
    expect(welchEntropy(new Float64Array(0), 4)).toBeNaN();
  });
});
