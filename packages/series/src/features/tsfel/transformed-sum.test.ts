import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { transformedSum } from './transformed-sum.ts';

describe('transformedSum', () => {
  it('adds up values of any length without a large prime factor', () => {
    for (let n = 1; n < 190; n++) {
      const values = Float64Array.from({ length: n }, (_, t) => t + 1);
      expect(transformedSum(values)).toBe((n * (n + 1)) / 2);
    }
  });

  it('leaves the rounding that NumPy leaves of values less their mean', () => {
    // numpy.fft.rfft(x - x.mean())[0] for x = [0.1, 0.7, 0.4] and for 0.1 · (t² mod 7), t = 0 … 10.
    const three = Float64Array.of(0.1, 0.7, 0.4);
    const eleven = Float64Array.from({ length: 11 }, (_, t) => 0.1 * (t ** 2 % 7));
    expect(transformedSum(centred(three))).toBe(1.1102230246251565e-16);
    expect(transformedSum(centred(eleven))).toBe(5.551115123125783e-17);
  });

  it('is 0 for a long prime length only where all values are', () => {
    const random = createRandom(1);
    expect(transformedSum(Float64Array.from({ length: 191 }, random))).not.toBe(0);
    expect(transformedSum(new Float64Array(191))).toBe(0);
    expect(transformedSum(new Float64Array(0))).toBe(0);
  });
});

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.map((value) => value - mean);
}
