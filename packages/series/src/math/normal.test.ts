import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { normalHalfWidth, normalQuantile } from './normal.ts';

// NIST/SEMATECH e-Handbook, table of the normal distribution, and R 4.2.2 qnorm() to 12 digits.
const KNOWN: [number, number][] = [
  [0.5, 0],
  [0.6, 0.253347103136],
  [0.9, 1.281551565545],
  [0.975, 1.95996398454],
  [0.99, 2.326347874041],
  [0.999, 3.090232306168],
  [1e-6, -4.753424308823],
  [1e-12, -7.034483825301],
];

describe('the normal quantile', () => {
  it.each(KNOWN)('at %s is %s', (probability, expected) => {
    expect(Math.abs(normalQuantile(probability) - expected)).toBeLessThanOrEqual(
      1.2e-9 * Math.max(1, Math.abs(expected)),
    );
  });

  it('is antisymmetric', () => {
    for (const p of [0.001, 0.02, 0.024, 0.03, 0.3]) {
      expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 8);
    }
  });

  it('rises across the seams of its three ranges', () => {
    for (const seam of [0.02425, 1 - 0.02425]) {
      expect(normalQuantile(seam + 1e-7)).toBeGreaterThan(normalQuantile(seam - 1e-7));
    }
  });

  it.each([0, 1, -0.1, Number.NaN])('refuses %s', (probability) => {
    expect(() => normalQuantile(probability)).toThrow(InvalidInput);
  });

  it('gives the familiar 1.96 for an interval of 95 %', () => {
    expect(normalHalfWidth(0.95)).toBeCloseTo(1.96, 4);
  });
});
