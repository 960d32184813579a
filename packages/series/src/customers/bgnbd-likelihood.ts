import type { LogLikelihood } from './maximum-likelihood.ts';
import type { DistinctHistories } from './purchase-summary.ts';
import { risingFactorials } from './rising-factorials.ts';

/**
 * Log-likelihood of the BG/NBD model with its exact derivatives by (r, α, a, b).
 *
 * Source: Fader, Hardie & Lee (2005), Marketing Science 24(2), equation 6, in the form of their note on implementation:
 * ln L = A₁ + A₂ + ln(e^A₃ + [x > 0]·e^A₄).
 */
export function bgNbdLogLikelihood(data: DistinctHistories): LogLikelihood {
  const { frequency, recency, age, weight, largestFrequency } = data;
  const ofR = risingFactorials(largestFrequency);
  const ofB = risingFactorials(largestFrequency);
  const ofSum = risingFactorials(largestFrequency);
  return (parameters, gradient) => {
    const [r, alpha, a, b] = parameters as unknown as [number, number, number, number];
    ofR.update(r);
    ofB.update(b);
    ofSum.update(a + b);
    const logAlpha = Math.log(alpha);
    const logA = Math.log(a);
    let total = 0;
    let [byR, byAlpha, byA, byB] = [0, 0, 0, 0];
    for (let i = 0; i < frequency.length; i++) {
      const x = frequency[i]!;
      const w = weight[i]!;
      const end = alpha + age[i]!;
      const logEnd = Math.log(end);
      let value = ofR.log[x]! + r * logAlpha - (r + x) * logEnd;
      let slopeR = ofR.slope[x]! + logAlpha - logEnd;
      let slopeAlpha = r / alpha - (r + x) / end;
      if (x > 0) {
        const last = alpha + recency[i]!;
        const gap = logEnd - Math.log(last);
        // Odds of having left after the last purchase.
        const odds = logA - Math.log(b + x - 1) + (r + x) * gap;
        const left = 1 / (1 + Math.exp(-odds));
        value += ofB.log[x]! - ofSum.log[x]!;
        value += odds > 0 ? odds + Math.log1p(Math.exp(-odds)) : Math.log1p(Math.exp(odds));
        slopeR += left * gap;
        slopeAlpha += left * (r + x) * (1 / end - 1 / last);
        byA += w * (left / a - ofSum.slope[x]!);
        byB += w * (ofB.slope[x]! - ofSum.slope[x]! - left / (b + x - 1));
      }
      total += w * value;
      byR += w * slopeR;
      byAlpha += w * slopeAlpha;
    }
    gradient[0] = byR;
    gradient[1] = byAlpha;
    gradient[2] = byA;
    gradient[3] = byB;
    return total;
  };
}
