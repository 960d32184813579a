import { quasiNewton } from '../../math/quasi-newton.ts';
import type { SharedSeries } from '../shared-series.ts';
import type { Definition } from './definition.ts';

const SOURCE = 'Holt (1957), reprinted in Int. J. Forecasting 20(1), 2004; statsmodels 0.13.5';

/** Smoothing parameters of Holt's linear trend with the smallest sum of squared one-step errors. */
export const holtDefinitions: readonly Definition[] = [
  {
    name: 'alpha',
    formula:
      "Share α of the error that moves the level in Holt's linear trend (the slope moves by α·β of it), 0 ≤ β ≤ α ≤ 1, where the squared one-step errors are least; first level and slope free.",
    source: SOURCE,
    unit: '1',
    scaled: 'same',
    compute: (series) => holt(series).alpha,
  },
  {
    name: 'beta',
    formula: 'Share β of a move of the level that enters the slope there.',
    source: SOURCE,
    unit: '1',
    scaled: 'same',
    compute: (series) => holt(series).beta,
  },
];

interface Smoothing {
  readonly alpha: number;
  readonly beta: number;
}

/** As the peer has it, β is at most α. Starting values tried for each of α and β / α. */
const GRID = [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99] as const;
/** Beyond this the logistic scale is as good as at its end. */
const SATURATED = 18;

function holt(series: SharedSeries): Smoothing {
  return series.once('tsfeatures.holt', () => {
    const { n, min, max, centred, sd } = series;
    if (n < 3 || min === max || !(sd > 0 && sd < Number.POSITIVE_INFINITY)) {
      return { alpha: Number.NaN, beta: Number.NaN };
    }
    const z = centred.map((value) => value / sd);
    let best: Smoothing = { alpha: 0, beta: 0 };
    let least = squaredErrors(z, best);
    for (const alpha of GRID) {
      for (const share of GRID) {
        const candidate = { alpha, beta: alpha * share };
        const value = squaredErrors(z, candidate);
        if (value < least) [best, least] = [candidate, value];
      }
    }
    return refined(z, best, least);
  });
}

/** From the best grid point downhill on logistic scales, so that the bounds hold by themselves. */
function refined(z: Float64Array, start: Smoothing, least: number): Smoothing {
  const share = start.alpha === 0 ? 0 : start.beta / start.alpha;
  const at = (x: Float64Array): Smoothing => {
    const alpha = logistic(x[0]!);
    return { alpha, beta: alpha * logistic(x[1]!) };
  };
  const value = (x: Float64Array) => Math.log(squaredErrors(z, at(x)));
  const f = (x: Float64Array, gradient: Float64Array) => {
    if (Math.abs(x[0]!) > SATURATED || Math.abs(x[1]!) > SATURATED) return Number.POSITIVE_INFINITY;
    for (let i = 0; i < 2; i++) {
      const step = 1e-5;
      const up = x.slice();
      const down = x.slice();
      up[i]! += step;
      down[i]! -= step;
      gradient[i] = (value(up) - value(down)) / (2 * step);
    }
    return value(x);
  };
  const origin = Float64Array.of(logit(start.alpha), logit(share));
  const minimum = quasiNewton(f, origin, { maxIterations: 60, tolerance: 1e-10 });
  return Math.exp(minimum.value) < least ? at(minimum.x) : start;
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logit(share: number): number {
  const inside = Math.min(Math.max(share, 1e-6), 1 - 1e-6);
  return Math.log(inside / (1 - inside));
}

/**
 * Sum of squared one-step errors with the best first level l and slope b. The errors are linear in both, e = e₀ − l·u − b·v,
 * so one pass gives the sums that a regression on u and v needs.
 */
function squaredErrors(z: Float64Array, { alpha, beta }: Smoothing): number {
  const gain = alpha * beta;
  let [level, slope] = [0, 0];
  let [levelU, slopeU] = [1, 0];
  let [levelV, slopeV] = [0, 1];
  let [ee, uu, vv, uv, eu, ev] = [0, 0, 0, 0, 0, 0];
  for (let t = 0; t < z.length; t++) {
    const e = z[t]! - level - slope;
    const u = levelU + slopeU;
    const v = levelV + slopeV;
    ee += e * e;
    uu += u * u;
    vv += v * v;
    uv += u * v;
    eu += e * u;
    ev += e * v;
    level += slope + alpha * e;
    slope += gain * e;
    levelU = u - alpha * u;
    slopeU -= gain * u;
    levelV = v - alpha * v;
    slopeV -= gain * v;
  }
  const determinant = uu * vv - uv * uv;
  if (!(determinant > 1e-12 * uu * vv)) return ee - (uu > 0 ? (eu * eu) / uu : 0);
  return Math.max(
    ee - (eu * eu * vv - 2 * eu * ev * uv + ev * ev * uu) / determinant,
    Number.MIN_VALUE,
  );
}
