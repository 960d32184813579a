import { describe, expect, it } from 'vitest';
import { polynomialRoots } from './polynomial-roots.ts';
import { createRandom } from './random.ts';

/** Coefficients, highest first, of the polynomial with these roots and the conjugates of those that are not real. */
function polynomialOf(roots: readonly (readonly [re: number, im: number])[]): number[] {
  return roots.reduce<number[]>(
    (coefficients, [re, im]) => {
      const factor = im === 0 ? [1, -re] : [1, -2 * re, re * re + im * im];
      const product = new Array<number>(coefficients.length + factor.length - 1).fill(0);
      coefficients.forEach((a, i) => {
        factor.forEach((b, j) => {
          product[i + j]! += a * b;
        });
      });
      return product;
    },
    [1],
  );
}

function sorted(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

describe('polynomialRoots', () => {
  it('finds real and complex roots', () => {
    const roots = polynomialRoots(
      polynomialOf([
        [1, 0],
        [-2, 0],
        [0.5, 3],
      ]),
    );
    const real = sorted(roots.map(({ re }) => re));
    [-2, 0.5, 0.5, 1].forEach((re, i) => {
      expect(real[i]).toBeCloseTo(re, 12);
    });
    expect(Math.max(...roots.map(({ im }) => im))).toBeCloseTo(3, 12);
  });

  it('finds roots of very different sizes', () => {
    const wanted = [1e-9, 2, -3e5, 1e12];
    const real = sorted(
      polynomialRoots(polynomialOf(wanted.map((re) => [re, 0]))).map(({ re }) => re),
    );
    sorted(wanted).forEach((re, i) => {
      expect(Math.abs(real[i]! / re - 1)).toBeLessThan(1e-12);
    });
  });

  it('finds the roots of random cubics to the precision of their coefficients', () => {
    const random = createRandom(11);
    for (let round = 0; round < 200; round++) {
      const wanted = [0, 1, 2].map(() => 10 ** (8 * random() - 4) * (random() < 0.5 ? 1 : -1));
      const real = sorted(
        polynomialRoots(polynomialOf(wanted.map((re) => [re, 0]))).map(({ re }) => re),
      );
      const gap = Math.min(
        ...sorted(wanted)
          .slice(1)
          .map((re, i) => Math.abs(re / sorted(wanted)[i]! - 1)),
      );
      sorted(wanted).forEach((re, i) => {
        expect(Math.abs(real[i]! / re - 1)).toBeLessThan(1e-12 / Math.min(1, gap * gap));
      });
    }
  });

  it('finds a threefold root as well as it is determined', () => {
    for (const { re, im } of polynomialRoots(
      polynomialOf([
        [2, 0],
        [2, 0],
        [2, 0],
      ]),
    )) {
      expect(Math.hypot(re - 2, im)).toBeLessThan(1e-4);
    }
  });

  it('passes over leading zeros and takes trailing ones as roots', () => {
    expect(polynomialRoots([0, 2, -4, 0])).toEqual([
      { re: 2, im: 0 },
      { re: 0, im: 0 },
    ]);
  });

  it('has no roots for constants and for coefficients that are not finite', () => {
    for (const none of [[], [0, 0], [5], [1, Number.NaN], [1, Number.POSITIVE_INFINITY, 2]]) {
      expect(polynomialRoots(none)).toEqual([]);
    }
  });
});
