import { pointProgram } from './point-kernel.ts';

/**
 * What a window holds, every number relative to a value in it, so that neither the level of the series nor what lies outside the
 * window costs digits. Means and squares in two passes, the second one correcting the first.
 */
const AROUND = /* wgsl */ `
struct Around { count: u32, at: u32, origin: vec2f, mean: f32, squares: f32, low: f32, high: f32 }

// The newest value that is there; the first place of none.
fn newest_of(first: u32, end: u32) -> u32 {
  var i = end;
  while (i > first) {
    i--;
    if (!missing(values[i])) { return i; }
  }
  return first;
}

// The middle one of the newest, the oldest and one between them: a spike is none.
fn middle_of(first: u32, end: u32) -> u32 {
  let a = newest_of(first, end);
  var b = (first + end) / 2u;
  var c = first;
  if (b >= end || missing(values[b])) { b = a; }
  if (missing(values[c])) { c = a; }
  let a_above_b = apart(values[a], values[b]) > 0.0;
  let b_above_c = apart(values[b], values[c]) > 0.0;
  let a_above_c = apart(values[a], values[c]) > 0.0;
  if (a_above_b == b_above_c) { return b; }
  return select(a, c, a_above_b == a_above_c);
}

fn around(first: u32, end: u32, origin: u32) -> Around {
  var a = Around(0u, origin, values[origin], 0.0, 0.0, 0.0, 0.0);
  var sum = 0.0;
  for (var i = end; i > first; i--) {
    let value = values[i - 1u];
    if (missing(value)) { continue; }
    let x = apart(value, a.origin);
    a.count++;
    sum += x;
    a.low = min(a.low, x);
    a.high = max(a.high, x);
  }
  if (a.count == 0u) { return a; }
  let n = f32(a.count);
  let mean = sum / n;
  var rest = 0.0;
  var squares = 0.0;
  for (var i = end; i > first; i--) {
    let value = values[i - 1u];
    if (missing(value)) { continue; }
    let x = apart(value, a.origin) - mean;
    rest += x;
    squares += x * x;
  }
  a.mean = mean + rest / n;
  a.squares = max(0.0, squares - rest * rest / n);
  // Equal values have no spread, whatever rounding says.
  if (a.low == a.high) { a.mean = a.low; a.squares = 0.0; }
  return a;
}

fn first_of(at: u32, window: u32) -> u32 { return at - min(places[at], window - 1u); }
`;

/**
 * Quartiles of a window by halving the range of the floats' own bits: exact, no memory, at most 32 passes whatever the values.
 */
const QUARTILES = /* wgsl */ `
// Floats in the order of whole numbers, and back.
fn rank_of(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  return select(bits | 0x80000000u, ~bits, (bits & 0x80000000u) != 0u);
}
fn value_of(rank: u32) -> f32 {
  return bitcast<f32>(select(~rank, rank & 0x7fffffffu, (rank & 0x80000000u) != 0u));
}

// The values at three places of the sorted window, and those behind them, mixed by quarters.
fn quartiles(first: u32, end: u32, a: Around) -> vec3f {
  let last = a.count - 1u;
  let place = vec3u(last / 4u, last / 2u, (3u * last) / 4u);
  let quarters = vec3u(last % 4u, (2u * last) % 4u, (3u * last) % 4u);
  var low = vec3u(rank_of(a.low));
  var high = vec3u(rank_of(a.high));
  while (any(low < high)) {
    let middle = low + (high - low) / 2u;
    var below = vec3u(0u);
    for (var i = first; i < end; i++) {
      let value = values[i];
      if (missing(value)) { continue; }
      below += select(vec3u(0u), vec3u(1u), vec3u(rank_of(apart(value, a.origin))) <= middle);
    }
    let found = below > place;
    high = select(high, middle, found);
    low = select(middle + 1u, low, found);
  }
  var upto = vec3u(0u);
  var next = vec3u(0xffffffffu);
  for (var i = first; i < end; i++) {
    let value = values[i];
    if (missing(value)) { continue; }
    let rank = vec3u(rank_of(apart(value, a.origin)));
    upto += select(vec3u(0u), vec3u(1u), rank <= low);
    next = min(next, select(vec3u(0xffffffffu), rank, rank > low));
  }
  next = select(next, low, (upto > place + 1u) | (quarters == vec3u(0u)));
  let lesser = vec3f(value_of(low.x), value_of(low.y), value_of(low.z));
  let greater = vec3f(value_of(next.x), value_of(next.y), value_of(next.z));
  return lesser + (greater - lesser) * (vec3f(quarters) * 0.25);
}

struct Window { a: Around, q: vec3f }

// Relative to a usual value, and to one near the median where that is not usual after all: beside a spike the differences of
// the others would be lost.
fn window_of(first: u32, end: u32) -> Window {
  var w = Window(around(first, end, middle_of(first, end)), vec3f(0.0));
  if (w.a.count == 0u) { return w; }
  w.q = quartiles(first, end, w.a);
  for (var attempt = 0u; attempt < 2u && abs(w.q.y) > 64.0 * (w.q.z - w.q.x); attempt++) {
    var nearest = w.a.at;
    var distance = abs(w.q.y);
    for (var i = first; i < end; i++) {
      let value = values[i];
      if (missing(value)) { continue; }
      let away = abs(apart(value, w.a.origin) - w.q.y);
      if (away < distance) {
        distance = away;
        nearest = i;
      }
    }
    if (nearest == w.a.at) { break; }
    w.a = around(first, end, nearest);
    w.q = quartiles(first, end, w.a);
  }
  return w;
}

fn deviation(a: Around) -> f32 { return sqrt(a.squares / f32(a.count - 1u)); }
`;

/**
 * own: window, least. Columns: mean, std, min, max, median, q25, q75, all but std relative to a value of the window; how many
 * points back that value is, as a whole number.
 */
export const windowStatistics = pointProgram(/* wgsl */ `${AROUND}${QUARTILES}
fn compute(at: u32) {
  let w = window_of(first_of(at, task.own.x), at + 1u);
  if (w.a.count < max(task.own.y, 1u)) {
    for (var column = 0u; column < 7u; column++) { none(at, column); }
    return;
  }
  put(at, 0u, w.a.mean);
  if (w.a.count > 1u) { put(at, 1u, deviation(w.a)); } else { none(at, 1u); }
  put(at, 2u, w.a.low);
  put(at, 3u, w.a.high);
  put(at, 4u, w.q.y);
  put(at, 5u, w.q.x);
  put(at, 6u, w.q.z);
  results[7u * task.points + at] = at - w.a.at;
}`);

/** own: window, least. Columns: iqr, deviation, z-score. */
export const windowPlace = pointProgram(/* wgsl */ `${AROUND}${QUARTILES}
fn compute(at: u32) {
  let w = window_of(first_of(at, task.own.x), at + 1u);
  none(at, 0u);
  none(at, 1u);
  none(at, 2u);
  if (w.a.count < max(task.own.y, 1u)) { return; }
  put(at, 0u, w.q.z - w.q.x);
  if (missing(values[at])) { return; }
  let distance = apart(values[at], w.a.origin) - w.a.mean;
  put(at, 1u, distance);
  if (w.a.count > 1u && w.a.squares > 0.0) { put(at, 2u, distance / deviation(w.a)); }
}`);

/** own: window. Columns: bias-corrected skewness and excess kurtosis of full windows. */
export const windowShape = pointProgram(/* wgsl */ `${AROUND}
fn compute(at: u32) {
  let window = task.own.x;
  let first = first_of(at, window);
  let a = around(first, at + 1u, newest_of(first, at + 1u));
  none(at, 0u);
  none(at, 1u);
  if (a.count < max(window, 3u)) { return; }
  let n = f32(a.count);
  if (a.low == a.high) {
    put(at, 0u, 0.0);
    if (a.count > 3u) { put(at, 1u, -3.0); }
    return;
  }
  let scale = max(a.high - a.mean, a.mean - a.low);
  var second = 0.0;
  var third = 0.0;
  var fourth = 0.0;
  for (var i = first; i <= at; i++) {
    let x = (apart(values[i], a.origin) - a.mean) / scale;
    let square = x * x;
    second += square;
    third += square * x;
    fourth += square * square;
  }
  let spread = second / n;
  put(at, 0u, (sqrt(n * (n - 1.0)) / (n - 2.0)) * (third / n / (spread * sqrt(spread))));
  if (a.count > 3u) {
    let tails = ((n + 1.0) * (fourth / n)) / (spread * spread) - 3.0 * (n - 1.0);
    put(at, 1u, ((n - 1.0) / ((n - 2.0) * (n - 3.0))) * tails);
  }
}`);

/** own: window. Column: correlation of each value with the one before it, over full windows. */
export const windowCorrelation = pointProgram(/* wgsl */ `${AROUND}
fn compute(at: u32) {
  let window = task.own.x;
  none(at, 0u);
  if (places[at] < window) { return; }
  let first = at + 1u - window;
  let a = around(first, at + 1u, at);
  let b = around(first - 1u, at, at - 1u);
  if (a.count < window || b.count < window || a.low == a.high || b.low == b.high) { return; }
  let scale_a = a.high - a.low;
  let scale_b = b.high - b.low;
  var product = 0.0;
  var squares = vec2f(0.0);
  for (var i = first; i <= at; i++) {
    let x = (apart(values[i], a.origin) - a.mean) / scale_a;
    let y = (apart(values[i - 1u], b.origin) - b.mean) / scale_b;
    product += x * y;
    squares += vec2f(x * x, y * y);
  }
  put(at, 0u, clamp(product / sqrt(squares.x * squares.y), -1.0, 1.0));
}`);

/** own: window. Columns: z-score and distance to the quartiles, against the values before the point. */
export const windowAnomaly = pointProgram(/* wgsl */ `${AROUND}${QUARTILES}
fn compute(at: u32) {
  let window = task.own.x;
  let first = at - min(places[at], window);
  let value = values[at];
  none(at, 0u);
  none(at, 1u);
  if (missing(value)) { return; }
  let w = window_of(first, at);
  if (w.a.count == 0u || w.a.count * 2u < window) { return; }
  let x = apart(value, w.a.origin);
  if (w.a.count > 1u && w.a.squares > 0.0) { put(at, 0u, (x - w.a.mean) / deviation(w.a)); }
  let q = w.q;
  let unit = q.z - q.x;
  if (unit > 0.0) { put(at, 1u, (max(x - q.z, 0.0) + min(x - q.x, 0.0)) / unit); }
}`);

/** own: number of lags; table: the lags. Columns for each lag: difference, and difference by the earlier value. */
export const lagDifferences = pointProgram(/* wgsl */ `
fn compute(at: u32) {
  let value = values[at];
  for (var k = 0u; k < task.own.x; k++) {
    let lag = table[k];
    none(at, 2u * k);
    none(at, 2u * k + 1u);
    if (places[at] < lag) { continue; }
    let before = values[at - lag];
    if (missing(value) || missing(before)) { continue; }
    let step = apart(value, before);
    let base = before.x + before.y;
    put(at, 2u * k, step);
    // What is divided by next to nothing is the host's: it sees all digits of it.
    if (abs(base) > 1e-18) { put(at, 2u * k + 1u, step / base); }
  }
}`);
