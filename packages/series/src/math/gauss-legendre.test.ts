import { describe, expect, it } from 'vitest';
import { gaussLegendre } from './gauss-legendre.ts';

describe('Gauss–Legendre quadrature', () => {
  it('has the published nodes and weights of five points', () => {
    const { nodes, weights } = gaussLegendre(5);
    [-0.906179845938664, -0.5384693101056831, 0].forEach((node, i) => {
      expect(2 * nodes[i]! - 1).toBeCloseTo(node, 14);
    });
    [0.23692688505618908, 0.47862867049936647, 0.5688888888888889].forEach((weight, i) => {
      expect(2 * weights[i]!).toBeCloseTo(weight, 14);
    });
  });

  it('integrates polynomials up to degree 2n − 1 exactly', () => {
    const { nodes, weights } = gaussLegendre(7);
    const integral = nodes.reduce((sum, x, i) => sum + weights[i]! * x ** 13, 0);
    expect(integral).toBeCloseTo(1 / 14, 15);
  });

  it('of one node is the middle', () => {
    expect(gaussLegendre(1)).toEqual({ nodes: Float64Array.of(0.5), weights: Float64Array.of(1) });
  });
});
