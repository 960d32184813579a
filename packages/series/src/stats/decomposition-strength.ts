import { sampleVariance } from './sample-variance.ts';

/** The parts of a decomposition y = trend + seasonal + remainder, n values each. */
export interface Decomposition {
  readonly trend: Float64Array;
  readonly seasonal: Float64Array;
  readonly remainder: Float64Array;
}

/** How much of what is not the other part each part explains, in [0, 1]. */
export interface DecompositionStrength {
  readonly trend: number;
  readonly season: number;
}

/** Variances below this count as 0. */
const ROUNDING = Number.EPSILON;

/**
 * Strength of trend and season: 1 − var(remainder) / var(part + remainder), not below 0.
 *
 * @returns 0 for a part where the series has no variance (below 2.2e-16, in y²), or none besides that part; NaN for n < 2.
 *
 * Cost: O(n). Source: Wang, Smith & Hyndman (2006), Data Mining and Knowledge Discovery 13(3). Compare: Nixtla tsfeatures
 *   0.4.5 `stl_features`.
 */
export function decompositionStrength(parts: Decomposition): DecompositionStrength {
  const { trend, seasonal, remainder } = parts;
  const left = sampleVariance(remainder);
  const withTrend = sumOf(trend, remainder);
  const whole = sampleVariance(sumOf(withTrend, seasonal));
  if (whole < ROUNDING) return { trend: 0, season: 0 };
  return {
    trend: share(left, sampleVariance(withTrend), 1e-10 * whole),
    season: share(left, sampleVariance(sumOf(seasonal, remainder)), ROUNDING),
  };
}

function share(left: number, variance: number, least: number): number {
  return variance < least ? 0 : Math.max(0, Math.min(1, 1 - left / variance));
}

function sumOf(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let t = 0; t < out.length; t++) out[t] = a[t]! + b[t]!;
  return out;
}
