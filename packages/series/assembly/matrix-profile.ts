/**
 * The loop over pairs of windows of the matrix profile, eight diagonals at a time in four vectors of two lanes. Its twin in
 * plain TypeScript is src/kernels/matrix-profile.ts, which says what the arguments are; both give the same bits.
 *
 * AssemblyScript, compiled by `npm run kernels -w packages/series`. All arguments that are `usize` are byte offsets.
 */

/** Bytes of a number and of an index, as shifts. */
const NUMBER: usize = 3;
const INDEX: usize = 2;
const LANES: i32 = 8;

export function diagonals(
  count: i32,
  from: i32,
  to: i32,
  edgeIn: usize,
  edgeOut: usize,
  inverse: usize,
  starts: usize,
  left: usize,
  leftIndex: usize,
  right: usize,
  rightIndex: usize,
  scratch: usize,
): void {
  for (let g = from; g < to; g += LANES) {
    const start = starts + ((<usize>(g - from)) << NUMBER);
    let a = v128.load(start);
    let b = v128.load(start, 16);
    let c = v128.load(start, 32);
    let d = v128.load(start, 48);
    const end = (<usize>(count - g)) << NUMBER;
    const ahead = (<usize>g) << NUMBER;
    for (let at: usize = 0; at < end; at += 8) {
      const there = at + ahead;
      const enters = v128.load64_splat(edgeIn + at);
      const leaves = v128.load64_splat(edgeOut + at);
      const width = v128.load64_splat(inverse + at);
      const best = v128.load64_splat(right + at);
      a = next(a, enters, leaves, edgeIn + there, edgeOut + there);
      b = next(b, enters, leaves, edgeIn + there + 16, edgeOut + there + 16);
      c = next(c, enters, leaves, edgeIn + there + 32, edgeOut + there + 32);
      d = next(d, enters, leaves, edgeIn + there + 48, edgeOut + there + 48);
      const p = f64x2.mul(a, f64x2.mul(width, v128.load(inverse + there)));
      const q = f64x2.mul(b, f64x2.mul(width, v128.load(inverse + there, 16)));
      const r = f64x2.mul(c, f64x2.mul(width, v128.load(inverse + there, 32)));
      const s = f64x2.mul(d, f64x2.mul(width, v128.load(inverse + there, 48)));
      // Behind window i farther partners come later, so only better ones count; before window j nearer ones do.
      const behind = f64x2.pmax(f64x2.pmax(f64x2.pmax(f64x2.pmax(best, p), q), r), s);
      const better = v128.or(
        v128.or(
          v128.or(f64x2.ge(p, v128.load(left + there)), f64x2.ge(q, v128.load(left + there, 16))),
          v128.or(
            f64x2.ge(r, v128.load(left + there, 32)),
            f64x2.ge(s, v128.load(left + there, 48)),
          ),
        ),
        f64x2.gt(behind, best),
      );
      // Rare: a window's best partner changes about log n times.
      if (v128.any_true(better)) {
        v128.store(scratch, p);
        v128.store(scratch, q, 16);
        v128.store(scratch, r, 32);
        v128.store(scratch, s, 48);
        settle(<i32>(at >> NUMBER), g, left, leftIndex, right, rightIndex, scratch);
      }
    }
  }
}

function next(covariance: v128, enters: v128, leaves: v128, edgeIn: usize, edgeOut: usize): v128 {
  return f64x2.add(
    covariance,
    f64x2.sub(f64x2.mul(enters, v128.load(edgeIn)), f64x2.mul(leaves, v128.load(edgeOut))),
  );
}

/** Writes down the correlations of window i with windows i + g … i + g + 7 where they are the best yet. */
function settle(
  i: i32,
  g: i32,
  left: usize,
  leftIndex: usize,
  right: usize,
  rightIndex: usize,
  scratch: usize,
): void {
  for (let lane = 0; lane < LANES; lane++) {
    const correlation = min<f64>(1, load<f64>(scratch + ((<usize>lane) << NUMBER)));
    const j = i + g + lane;
    better(correlation, i, j, left, leftIndex);
    better(correlation, j, i, right, rightIndex);
  }
}

/** `partner` takes the place of the one `window` has where it correlates more, or as much and is nearer. */
function better(correlation: f64, partner: i32, window: i32, values: usize, indices: usize): void {
  const value = values + ((<usize>window) << NUMBER);
  const known = load<f64>(value);
  // Most are not, so this comes before all else; a correlation that is not a number ends here too.
  if (!(correlation >= known)) return;
  const index = indices + ((<usize>window) << INDEX);
  if (correlation === known && abs(window - partner) >= abs(window - load<i32>(index))) return;
  store<f64>(value, correlation);
  store<i32>(index, partner);
}
