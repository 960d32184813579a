/**
 * The loop of growing trees: sums of gradients by bin, for all columns at once. Its twin in plain TypeScript is
 * src/kernels/gradient-histogram.ts, which says what the arguments are; both give the same bits. One vector holds the two
 * sums of a bin, and four columns are taken at a time.
 */

export function addRows(
  rows: usize,
  from: i32,
  to: i32,
  pairs: usize,
  bins: usize,
  stride: i32,
  offsets: usize,
  sums: usize,
): void {
  const last = rows + ((<usize>to) << 2);
  for (let at = rows + ((<usize>from) << 2); at < last; at += 4) {
    const row = <usize>load<i32>(at);
    const pair = v128.load(pairs + (row << 4));
    const start = bins + row * <usize>stride;
    const end = start + <usize>stride;
    let offset = offsets;
    for (let place = start; place < end; place += 4) {
      const four = load<u32>(place);
      const a = sums + ((<usize>load<i32>(offset) + <usize>(four & 255)) << 4);
      v128.store(a, f64x2.add(v128.load(a), pair));
      const b = sums + ((<usize>load<i32>(offset, 4) + <usize>((four >>> 8) & 255)) << 4);
      v128.store(b, f64x2.add(v128.load(b), pair));
      const c = sums + ((<usize>load<i32>(offset, 8) + <usize>((four >>> 16) & 255)) << 4);
      v128.store(c, f64x2.add(v128.load(c), pair));
      const d = sums + ((<usize>load<i32>(offset, 12) + <usize>(four >>> 24)) << 4);
      v128.store(d, f64x2.add(v128.load(d), pair));
      offset += 16;
    }
  }
}
