/** Nodes in (0, 1) and weights that add up to 1: Σ weight·f(node) is the integral of f over (0, 1). */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Legendre quadrature with n nodes on (0, 1): exact for polynomials up to degree 2n − 1.
 *
 * @param n whole number ≥ 1.
 *
 * Precision: nodes to 1e-15 (test against the published ones of n = 5). Source: Press et al., Numerical Recipes, 4.5: Newton's
 * method on the Legendre polynomials, started at their asymptotic zeros.
 */
export function gaussLegendre(n: number): Quadrature {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; round++) {
      let [p, before] = [1, 0];
      for (let k = 1; k <= n; k++) [p, before] = [((2 * k - 1) * x * p - (k - 1) * before) / k, p];
      slope = (n * (x * p - before)) / (x * x - 1);
      const step = p / slope;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    nodes[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
