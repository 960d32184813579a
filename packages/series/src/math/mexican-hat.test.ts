import { describe, expect, it } from 'vitest';
import { mexicanHatByConvolution } from '../reference/wavelet-by-definition.ts';
import { createMexicanHatTransform, mexicanHatKernel } from './mexican-hat.ts';
import { createRandom } from './random.ts';

describe('createMexicanHatTransform', () => {
  it('gives the convolution with the wavelet of each scale, whatever the length', () => {
    const random = createRandom(4);
    const transform = createMexicanHatTransform(9);
    for (const n of [1, 2, 3, 7, 16, 50, 99, 130, 400]) {
      const y = Float64Array.from({ length: n }, () => 5 + random());
      const visited: number[] = [];
      transform(y, (coefficients, index) => {
        const slow = mexicanHatByConvolution([...y], [...mexicanHatKernel(index + 1)]);
        const worst = Math.max(...slow.map((value, t) => Math.abs(coefficients[t]! - value)));
        expect(worst).toBeLessThan(1e-12);
        visited.push(index);
      });
      expect(visited).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });

  it('has kernels of 16 values a scale that add up to nothing', () => {
    for (const scale of [1, 2, 9]) {
      const kernel = mexicanHatKernel(scale);
      expect(kernel.length).toBe(16 * scale + 2);
      expect(Math.abs(kernel.reduce((a, b) => a + b, 0))).toBeLessThan(1e-12);
    }
  });
});
