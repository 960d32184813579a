import { slopeAndLevel } from '../math/line.ts';

/**
 * Hurst exponent from growing stretches: slope of ln(R/S) on ln t over t = 2 … n, where R is the range of the sums of
 * deviations of the first t values from their own mean, at 1 … t, and S their standard deviation (divisor t).
 *
 * @param y n values, all finite; best centred, so that sums keep their digits.
 * @returns NaN where a stretch has no spread (the first two values equal) and for n < 2.
 *
 * Cost: O(n log n) instead of O(n²): at each t the sums leave the line k·mean farthest at a corner of the convex hull of the
 *   points (k, sum of the first k values), and the hull grows at its end only.
 * Sources: Mandelbrot & Wallis (1969), Water Resources Research 5(5); Andrew (1979), Inf. Process. Lett. 9(5), for the hull.
 * Checked by: reference/rescaled-range-by-definition.ts. Compare: Nixtla tsfeatures 0.4.5 `hurst`.
 */
export function hurstOfRanges(y: Float64Array): number {
  const n = y.length;
  if (n < 2) return Number.NaN;
  const sums = new Float64Array(n + 1);
  const upper = createHull(sums, 1);
  const lower = createHull(sums, -1);
  const logTime = new Float64Array(n - 1);
  const logRange = new Float64Array(n - 1);
  let mean = 0;
  let squares = 0;
  for (let t = 1; t <= n; t++) {
    const value = y[t - 1]!;
    sums[t] = sums[t - 1]! + value;
    const before = mean;
    mean += (value - mean) / t;
    squares += (value - before) * (value - mean);
    upper.add(t);
    lower.add(t);
    if (t === 1) continue;
    const slope = sums[t]! / t;
    const range = upper.farthest(slope) + lower.farthest(slope);
    logTime[t - 2] = Math.log(t);
    logRange[t - 2] = Math.log(range / Math.sqrt(squares / t));
  }
  // One ratio is always 1, through which a line has no slope of its own.
  return n === 2 ? logRange[0]! : slopeAndLevel(logTime, logRange).slope;
}

interface Hull {
  /** Adds the point (k, sums[k]); k has to grow. */
  add(k: number): void;
  /** Largest side · (sums[k] − k·slope) over the points. */
  farthest(slope: number): number;
}

/** The side of the convex hull of points (k, sums[k]) above (1) or below (−1) them. */
function createHull(sums: Float64Array, side: 1 | -1): Hull {
  const corners = new Int32Array(sums.length);
  // Element i: rise from corner i − 1 to corner i, upwards on that side; they fall along the hull.
  const rises = new Float64Array(sums.length);
  let count = 0;
  return {
    add(k) {
      let rise = Number.POSITIVE_INFINITY;
      for (; count > 0; count--) {
        const last = corners[count - 1]!;
        rise = (side * (sums[k]! - sums[last]!)) / (k - last);
        if (count === 1 || rises[count - 1]! > rise) break;
      }
      rises[count] = rise;
      corners[count++] = k;
    },
    farthest(slope) {
      // The corner before the rises fall below that of the line.
      const least = side * slope;
      let low = 0;
      let high = count - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (rises[middle]! > least) low = middle;
        else high = middle - 1;
      }
      const k = corners[low]!;
      return side * (sums[k]! - k * slope);
    },
  };
}
