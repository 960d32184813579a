/**
 * The loop over windows and scales of a fluctuation analysis. Its twin in plain TypeScript is src/kernels/fluctuation.ts, which
 * says what the arguments are; both give the same bits. What vectors bring is a smallest and largest value without guesses.
 */

const NUMBER: usize = 3;
const INDEX: usize = 2;
const PAIR: usize = 16;

export function fluctuations(
  walk: usize,
  length: i32,
  scales: usize,
  count: i32,
  spread: i32,
  out: usize,
): void {
  for (let k = 0; k < count; k++) {
    const scale = load<i32>(scales + ((<usize>k) << INDEX));
    const bytes = (<usize>scale) << NUMBER;
    const windows = length / scale;
    let total: f64 = 0;
    let from = walk;
    for (let w = 0; w < windows; w++) {
      total += spread === 0 ? squaredRange(from, bytes) : squaredResidual(from, bytes);
      from += bytes;
    }
    store<f64>(out + ((<usize>k) << NUMBER), total / <f64>windows);
  }
}

/** Slope of the least-squares line through a window times the sum of squares of its centred positions. */
function slopeProduct(from: usize, bytes: usize, centre: f64): f64 {
  const pairs = bytes & ~(PAIR - 1);
  let position = f64x2.add(f64x2.splat(-centre), f64x2(0, 1));
  const two = f64x2.splat(2);
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < pairs; at += PAIR) {
    sum = f64x2.add(sum, f64x2.mul(position, v128.load(from + at)));
    position = f64x2.add(position, two);
  }
  let even = f64x2.extract_lane(sum, 0);
  if (pairs < bytes) even += centre * load<f64>(from + pairs);
  return even + f64x2.extract_lane(sum, 1);
}

function squaredRange(from: usize, bytes: usize): f64 {
  const scale = <f64>(bytes >> NUMBER);
  const product = slopeProduct(from, bytes, (scale - 1) / 2);
  const slope = product / ((scale * (scale * scale - 1)) / 12);
  const pairs = bytes & ~(PAIR - 1);
  const step = f64x2.splat(slope);
  const two = f64x2.splat(2);
  let position = f64x2(0, 1);
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  for (let at: usize = 0; at < pairs; at += PAIR) {
    const rest = f64x2.sub(v128.load(from + at), f64x2.mul(step, position));
    low = f64x2.pmin(low, rest);
    high = f64x2.pmax(high, rest);
    position = f64x2.add(position, two);
  }
  let least = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
  let most = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
  if (pairs < bytes) {
    const rest = load<f64>(from + pairs) - slope * (scale - 1);
    least = min(least, rest);
    most = max(most, rest);
  }
  return (most - least) * (most - least);
}

function squaredResidual(from: usize, bytes: usize): f64 {
  const scale = <f64>(bytes >> NUMBER);
  const product = slopeProduct(from, bytes, (scale - 1) / 2);
  const pairs = bytes & ~(PAIR - 1);
  const first = load<f64>(from);
  const start = f64x2.splat(first);
  let sum = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (let at: usize = 0; at < pairs; at += PAIR) {
    const value = f64x2.sub(v128.load(from + at), start);
    sum = f64x2.add(sum, value);
    squares = f64x2.add(squares, f64x2.mul(value, value));
  }
  let evenSum = f64x2.extract_lane(sum, 0);
  let evenSquares = f64x2.extract_lane(squares, 0);
  if (pairs < bytes) {
    const value = load<f64>(from + pairs) - first;
    evenSum += value;
    evenSquares += value * value;
  }
  const whole = evenSum + f64x2.extract_lane(sum, 1);
  const rest =
    evenSquares +
    f64x2.extract_lane(squares, 1) -
    (whole * whole) / scale -
    (product * product) / ((scale * (scale * scale - 1)) / 12);
  return max<f64>(0, rest) / scale;
}
