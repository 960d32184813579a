/**
 * The two loops of growing trees: sums of gradients by bin, four columns at a time, and parting the rows of a node. Their twins
 * in plain TypeScript are in src/kernels/gradient-histogram.ts, which says what the arguments are; both give the same bits. One
 * vector holds the two sums of a bin, and the histograms of four columns stay in the nearest cache while the rows go by.
 */

export function addRows(
  rows: usize,
  from: i32,
  to: i32,
  pairs: usize,
  bins: usize,
  n: i32,
  fours: i32,
  offsets: usize,
  sums: usize,
): void {
  const last = rows + ((<usize>to) << 2);
  for (let four = 0; four < fours; four++) {
    const own = bins + ((<usize>four * <usize>n) << 2);
    const offset = offsets + ((<usize>four) << 4);
    const first = sums + ((<usize>load<i32>(offset)) << 4);
    const second = sums + ((<usize>load<i32>(offset, 4)) << 4);
    const third = sums + ((<usize>load<i32>(offset, 8)) << 4);
    const fourth = sums + ((<usize>load<i32>(offset, 12)) << 4);
    for (let at = rows + ((<usize>from) << 2); at < last; at += 4) {
      const row = <usize>load<i32>(at);
      const pair = v128.load(pairs + (row << 4));
      const bytes = load<u32>(own + (row << 2));
      const a = first + ((<usize>(bytes & 255)) << 4);
      v128.store(a, f64x2.add(v128.load(a), pair));
      const b = second + ((<usize>((bytes >>> 8) & 255)) << 4);
      v128.store(b, f64x2.add(v128.load(b), pair));
      const c = third + ((<usize>((bytes >>> 16) & 255)) << 4);
      v128.store(c, f64x2.add(v128.load(c), pair));
      const d = fourth + ((<usize>(bytes >>> 24)) << 4);
      v128.store(d, f64x2.add(v128.load(d), pair));
    }
  }
}

export function partRows(
  rows: usize,
  from: i32,
  to: i32,
  column: usize,
  sides: usize,
  spare: usize,
): i32 {
  const last = rows + ((<usize>to) << 2);
  let front = rows + ((<usize>from) << 2);
  let back = spare;
  for (let at = front; at < last; at += 4) {
    const row = load<u32>(at);
    const side = <usize>load<u8>(sides + <usize>load<u8>(column + ((<usize>row) << 2)));
    store<u32>(front, row);
    store<u32>(back, row);
    front += side << 2;
    back += (1 - side) << 2;
  }
  memory.copy(front, spare, back - spare);
  return <i32>((front - rows) >> 2);
}
