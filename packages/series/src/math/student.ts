import { InvalidInput } from '../invalid-input.ts';
import { normalHalfWidth } from './normal.ts';

/**
 * How many scale units on each side of zero hold the share `level` of Student's t distribution.
 *
 * @param level   fraction in (0, 1).
 * @param freedom degrees of freedom, ≥ 3, not necessarily whole.
 * @throws InvalidInput (`level`, `freedom`).
 *
 * Precision: relative error up to level 0.99 below 2.5 % for 3 degrees of freedom, below 0.3 % from 6 on (test).
 * Source: Gaver & Kafadar (1984), The American Statistician 38(4), 308–311.
 */
export function studentHalfWidth(level: number, freedom: number): number {
  if (!(freedom >= 3)) throw new InvalidInput('freedom', `must be at least 3, got ${freedom}`);
  const z = normalHalfWidth(level);
  return Math.sqrt(freedom * Math.expm1((z * z * (freedom - 1.5)) / (freedom - 1) ** 2));
}

/**
 * Probability that Student's t is at least |t| away from 0, on either side; precise also where it is tiny.
 *
 * @param freedom degrees of freedom, > 0. `NaN` for either argument gives `NaN`.
 *
 * Precision: relative error below 1e-12 down to 1e-200, 1 to 100,000 degrees of freedom (test).
 * Source: the incomplete beta function I(freedom / (freedom + t²); freedom / 2, 1/2) by Lentz's continued fraction; Press et
 *   al., Numerical Recipes, 6.4.
 */
export function studentTwoSided(t: number, freedom: number): number {
  if (!(freedom > 0) || Number.isNaN(t)) return Number.NaN;
  const square = (t / Math.sqrt(freedom)) ** 2;
  if (square === 0) return 1;
  if (square === Number.POSITIVE_INFINITY) return 0;
  const a = freedom / 2;
  const x = 1 / (1 + square);
  const rest = square / (1 + square);
  // x^a √rest / B(a, 1/2)
  const front = Math.exp(-a * Math.log1p(square)) * Math.sqrt(rest / Math.PI) * gammaHalfStep(a);
  if (x < (a + 1) / (a + 2.5)) return (front * betaFraction(a, 0.5, x)) / a;
  return 1 - front * 2 * betaFraction(0.5, a, rest);
}

/** Coefficients of 1, 1/a, 1/a², … in the asymptotic series of Γ(a + 1/2) / (Γ(a) √a), from Stirling's. */
const HALF_STEP = [
  1,
  -1 / 8,
  1 / 128,
  5 / 1024,
  -21 / 32_768,
  -399 / 262_144,
  869 / 4_194_304,
  39_325 / 33_554_432,
  -334_477 / 2_147_483_648,
] as const;

/** Γ(a + 1/2) / Γ(a). */
function gammaHalfStep(a: number): number {
  let below = 1;
  let large = a;
  for (; large < 30; large++) below *= large / (large + 0.5);
  return below * Math.sqrt(large) * HALF_STEP.reduceRight((sum, each) => sum / large + each, 0);
}

const MOST_TERMS = 10_000;
const TINY = 1e-300;

function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 2 ** -52) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
