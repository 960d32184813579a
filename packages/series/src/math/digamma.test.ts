import { describe, expect, it } from 'vitest';
import { digamma } from './digamma.ts';
import { logGamma } from './gamma.ts';

describe('digamma', () => {
  it('has its known values', () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 13);
    expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 13);
    expect(digamma(10)).toBeCloseTo(2.251752589066721, 13);
    expect(digamma(0.01)).toBeCloseTo(-100.56088545786868, 11);
  });

  it('is the slope of ln Γ', () => {
    for (const x of [0.3, 1.7, 8, 120]) {
      const slope = (logGamma(x + 1e-5) - logGamma(x - 1e-5)) / 2e-5;
      expect(digamma(x)).toBeCloseTo(slope, 6);
    }
  });
});
