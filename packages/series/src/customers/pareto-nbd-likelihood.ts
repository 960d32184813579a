import { gaussLegendre, type Quadrature } from '../math/gauss-legendre.ts';
import type { LogLikelihood } from './maximum-likelihood.ts';
import type { ParetoNbdParameters } from './pareto-nbd.ts';
import type { DistinctHistories } from './purchase-summary.ts';
import { risingFactorials } from './rising-factorials.ts';

/** Beyond this many e-folds the integrand adds nothing to a double. */
const E_FOLDS = 40;
/** Nodes enough for 1e-10 where the integrand falls by less than e^5, and where by up to e^40 (test). */
const GENTLE = gaussLegendre(14);
const STEEP = gaussLegendre(34);

/**
 * Log-likelihood of the Pareto/NBD model with its exact derivatives by (r, α, s, β).
 *
 * A customer with x purchases up to t_x, seen until T, either lives on or left at some u in (t_x, T):
 *
 *   L = Γ(r+x)/Γ(r) · α^r β^s · [ (α+T)^−(r+x) (β+T)^−s + ∫ s (α+u)^−(r+x) (β+u)^−(s+1) du ]
 *
 * Source: Schmittlein, Morrison & Colombo (1987), equation 10, before the integral is written as hypergeometric functions. Those
 * converge slowly where α and β are far apart and have no simple derivatives by their parameters; the integrand is smooth, and
 * Gauss–Legendre nodes in ln(min(α, β) + u) give value and derivatives in one pass.
 */
export function paretoNbdLogLikelihood(data: DistinctHistories): LogLikelihood {
  const { frequency, recency, age, weight, largestFrequency } = data;
  const ofR = risingFactorials(largestFrequency);
  const slopes = new Float64Array(4);
  return (values, gradient) => {
    const [r, alpha, s, beta] = values as unknown as [number, number, number, number];
    const parameters = { r, alpha, s, beta };
    ofR.update(r);
    const logAlpha = Math.log(alpha);
    const logBeta = Math.log(beta);
    let total = 0;
    let [byR, byAlpha, byS, byBeta] = [0, 0, 0, 0];
    for (let i = 0; i < frequency.length; i++) {
      const x = frequency[i]!;
      const T = age[i]!;
      const w = weight[i]!;
      const logEndA = Math.log(alpha + T);
      const logEndB = Math.log(beta + T);
      const odds = leavingIntegral(parameters, x, recency[i]!, T, slopes);
      const left = 1 / (1 + Math.exp(-odds));
      const joined = odds > 0 ? odds + Math.log1p(Math.exp(-odds)) : Math.log1p(Math.exp(odds));
      total +=
        w * (ofR.log[x]! + r * logAlpha + s * logBeta - (r + x) * logEndA - s * logEndB + joined);
      byR += w * (ofR.slope[x]! + logAlpha - logEndA + left * slopes[0]!);
      byAlpha += w * (r / alpha - (r + x) / (alpha + T) + left * slopes[1]!);
      byS += w * (logBeta - logEndB + left * slopes[2]!);
      byBeta += w * (s / beta - s / (beta + T) + left * slopes[3]!);
    }
    gradient[0] = byR;
    gradient[1] = byAlpha;
    gradient[2] = byS;
    gradient[3] = byBeta;
    return total;
  };
}

/**
 * Logarithm of the odds of having left: the integral of the likelihood over its other summand. −Infinity where t_x = T.
 * @param slopes gets its derivatives by r, α, s, β where given.
 */
export function leavingIntegral(
  { r, alpha, s, beta }: ParetoNbdParameters,
  x: number,
  tx: number,
  age: number,
  slopes?: Float64Array,
): number {
  slopes?.fill(0);
  if (!(age > tx)) return Number.NEGATIVE_INFINITY;
  const nearest = Math.min(alpha, beta);
  const start = nearest + tx;
  const decay = (s * start) / (beta + tx) + ((r + x) * start) / (alpha + tx);
  const span = Math.min(Math.log((nearest + age) / start), E_FOLDS / decay);
  const { nodes, weights }: Quadrature = span * decay < 5 ? GENTLE : STEEP;
  const logStartA = Math.log(alpha + tx);
  const logStartB = Math.log(beta + tx);
  const fallA = Math.log(alpha + age) - logStartA;
  const fallB = Math.log(beta + age) - logStartB;
  let [sum, ofLogA, ofLogB, ofInverseA, ofInverseB] = [0, 0, 0, 0, 0];
  for (let k = 0; k < nodes.length; k++) {
    const moved = start * Math.exp(span * nodes[k]!);
    const u = moved - nearest;
    const logA = Math.log(alpha + u) - logStartA;
    const logB = Math.log(beta + u) - logStartB;
    const mass = (weights[k]! * moved * Math.exp(-s * logB - (r + x) * logA)) / (beta + u);
    sum += mass;
    if (slopes === undefined) continue;
    ofLogA += mass * logA;
    ofLogB += mass * logB;
    ofInverseA += mass / (alpha + u);
    ofInverseB += mass / (beta + u);
  }
  if (slopes !== undefined) {
    slopes[0] = fallA - ofLogA / sum;
    slopes[1] = (r + x) * (1 / (alpha + age) - ofInverseA / sum);
    slopes[2] = 1 / s + fallB - ofLogB / sum;
    slopes[3] = s / (beta + age) - ((s + 1) * ofInverseB) / sum;
  }
  return (r + x) * fallA + s * fallB + Math.log(s * span * sum);
}
