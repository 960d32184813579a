/**
 * The loop over windows and scales of a fluctuation analysis in plain TypeScript: what runs where there is no WebAssembly
 * with vectors, and what the other form is checked against, bit for bit. Its twin is assembly/fluctuation.ts.
 */

/** What is left of a window once its least-squares line is taken off: largest less smallest value, or all of it. */
export type Spread = 'range' | 'residual';

/**
 * Mean over the windows of each scale of the squared range, or of the mean squared residual, around a line.
 *
 * @param walk   n values.
 * @param scales lengths of windows, each from 2 to n; what is left behind the last whole window is not used.
 *
 * Cost: O(n) a scale.
 */
export function fluctuations(walk: Float64Array, scales: Int32Array, spread: Spread): Float64Array {
  const out = new Float64Array(scales.length);
  const ofWindow = spread === 'range' ? squaredRange : squaredResidual;
  for (let k = 0; k < scales.length; k++) {
    const scale = scales[k]!;
    const windows = Math.floor(walk.length / scale);
    let total = 0;
    for (let w = 0; w < windows; w++) total += ofWindow(walk, w * scale, scale);
    out[k] = total / windows;
  }
  return out;
}

/** Even and odd places are summed apart, as the two lanes of a vector sum them. */
function slopeProduct(walk: Float64Array, from: number, scale: number): number {
  const centre = (scale - 1) / 2;
  const pairs = scale - (scale % 2);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i += 2) {
    even += (i - centre) * walk[from + i]!;
    odd += (i + 1 - centre) * walk[from + i + 1]!;
  }
  if (pairs < scale) even += centre * walk[from + pairs]!;
  return even + odd;
}

function squaredRange(walk: Float64Array, from: number, scale: number): number {
  const slope = slopeProduct(walk, from, scale) / ((scale * (scale * scale - 1)) / 12);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scale; i++) {
    const rest = walk[from + i]! - slope * i;
    if (rest < low) low = rest;
    if (rest > high) high = rest;
  }
  return (high - low) * (high - low);
}

function squaredResidual(walk: Float64Array, from: number, scale: number): number {
  const product = slopeProduct(walk, from, scale);
  const pairs = scale - (scale % 2);
  // Against the first value, so that a walk that has gone far does not swallow the digits.
  const start = walk[from]!;
  let [evenSum, oddSum, evenSquares, oddSquares] = [0, 0, 0, 0];
  for (let i = 0; i < pairs; i += 2) {
    const a = walk[from + i]! - start;
    const b = walk[from + i + 1]! - start;
    evenSum += a;
    oddSum += b;
    evenSquares += a * a;
    oddSquares += b * b;
  }
  if (pairs < scale) {
    const value = walk[from + pairs]! - start;
    evenSum += value;
    evenSquares += value * value;
  }
  const sum = evenSum + oddSum;
  const rest =
    evenSquares +
    oddSquares -
    (sum * sum) / scale -
    (product * product) / ((scale * (scale * scale - 1)) / 12);
  return Math.max(0, rest) / scale;
}
