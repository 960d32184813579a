import type { Spread } from '../../kernels/fluctuation.ts';
import { bestFluctuations } from '../../kernels/kernels.ts';
import type { ZScores } from './z-scores.ts';

/** Scales asked for; equal ones after rounding count once. */
const SCALES = 50;
const SMALLEST_SCALE = 5;
/** Points that each of the two lines needs. */
const LEAST_POINTS = 6;

/**
 * Where the scaling of fluctuations changes: the running sum of every `step`-th z-score is cut into windows of each scale
 * (50 between 5 and n / 2, evenly spaced in their logarithm), a straight line is taken off each window, and the root mean
 * square of the spread left is plotted over the scale, both as logarithms. The plot is fitted by two lines that share a
 * point; the result is the number of scales up to it over the number of all, 0 where there are fewer than 12.
 *
 * Cost: O(n · scales). Checked by: reference/catch22-by-definition.ts.
 */
export function fluctuationBreak({ z, n }: ZScores, step: number, spread: Spread): number {
  const scales = windowScales(n);
  if (scales.length < 2 * LEAST_POINTS) return 0;
  const walk = new Float64Array(Math.floor(n / step));
  let sum = 0;
  for (let t = 0; t < walk.length; t++) {
    sum += z[t * step]!;
    walk[t] = sum;
  }
  const squares = bestFluctuations(walk, scales, spread);
  const x = Float64Array.from(scales, Math.log);
  const y = squares.map((square) => Math.log(square) / 2);
  return lineBreak(x, y) / scales.length;
}

function windowScales(n: number): Int32Array {
  const low = Math.log(SMALLEST_SCALE);
  const width = (Math.log(Math.floor(n / 2)) - low) / (SCALES - 1);
  const scales: number[] = [];
  for (let i = 0; i < SCALES; i++) {
    const scale = Math.round(Math.exp(low + i * width));
    if (scale !== scales.at(-1)) scales.push(scale);
  }
  return Int32Array.from(scales);
}

/** How many points the first of two lines takes, the second beginning with its last point, when both together fit best. */
function lineBreak(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const errors = createLineErrors(x, y);
  let best = Number.POSITIVE_INFINITY;
  let at = 0;
  for (let i = LEAST_POINTS; i <= n - LEAST_POINTS; i++) {
    const error = errors(0, i) + errors(i - 1, n);
    if (error < best) {
      best = error;
      at = i;
    }
  }
  return at;
}

/** Lengths of the residual vectors of straight lines through the points from … to − 1, from running sums. */
function createLineErrors(x: Float64Array, y: Float64Array): (from: number, to: number) => number {
  const n = x.length;
  const [mx, my] = [mean(x), mean(y)];
  const sums = Array.from({ length: 5 }, () => new Float64Array(n + 1));
  const [sx, sy, xx, xy, yy] = sums as unknown as readonly [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < n; i++) {
    const [a, b] = [x[i]! - mx, y[i]! - my];
    sx[i + 1] = sx[i]! + a;
    sy[i + 1] = sy[i]! + b;
    xx[i + 1] = xx[i]! + a * a;
    xy[i + 1] = xy[i]! + a * b;
    yy[i + 1] = yy[i]! + b * b;
  }
  return (from, to) => {
    const count = to - from;
    const ofX = sx[to]! - sx[from]!;
    const ofY = sy[to]! - sy[from]!;
    const product = xy[to]! - xy[from]! - (ofX * ofY) / count;
    const spread = xx[to]! - xx[from]! - (ofX * ofX) / count;
    const squares = yy[to]! - yy[from]! - (ofY * ofY) / count - (product * product) / spread;
    // NaN where a fluctuation is 0; such a break is never the best.
    return Math.sqrt(squares < 0 ? 0 : squares);
  };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
