/**
 * Products of four rows with many others, all of the same length. Its twin in plain TypeScript is src/kernels/panel-products.ts,
 * which says what the arguments are; both give the same bits.
 */

const FOUR: usize = 32;
const PAIR: usize = 16;
const ONE: usize = 8;

/**
 * @param rows    four rows of `depth` values.
 * @param panel   the others, four at a time: `depth` times the values of the four at one place.
 * @param columns number of others, a multiple of four.
 * @param out     four rows of `columns` values.
 */
export function panelProducts(
  rows: usize,
  panel: usize,
  columns: i32,
  depth: i32,
  out: usize,
): void {
  const row = <usize>depth * ONE;
  const stride = <usize>columns * ONE;
  const end = rows + row;
  let at = panel;
  for (let j: usize = 0; j < stride; j += FOUR) {
    let low0 = f64x2.splat(0);
    let low1 = f64x2.splat(0);
    let low2 = f64x2.splat(0);
    let low3 = f64x2.splat(0);
    let high0 = f64x2.splat(0);
    let high1 = f64x2.splat(0);
    let high2 = f64x2.splat(0);
    let high3 = f64x2.splat(0);
    for (let from = rows; from < end; from += ONE) {
      const low = v128.load(at);
      const high = v128.load(at, PAIR);
      at += FOUR;
      let value = v128.load_splat<f64>(from);
      low0 = f64x2.add(low0, f64x2.mul(value, low));
      high0 = f64x2.add(high0, f64x2.mul(value, high));
      value = v128.load_splat<f64>(from + row);
      low1 = f64x2.add(low1, f64x2.mul(value, low));
      high1 = f64x2.add(high1, f64x2.mul(value, high));
      value = v128.load_splat<f64>(from + 2 * row);
      low2 = f64x2.add(low2, f64x2.mul(value, low));
      high2 = f64x2.add(high2, f64x2.mul(value, high));
      value = v128.load_splat<f64>(from + 3 * row);
      low3 = f64x2.add(low3, f64x2.mul(value, low));
      high3 = f64x2.add(high3, f64x2.mul(value, high));
    }
    let to = out + j;
    v128.store(to, low0);
    v128.store(to, high0, PAIR);
    to += stride;
    v128.store(to, low1);
    v128.store(to, high1, PAIR);
    to += stride;
    v128.store(to, low2);
    v128.store(to, high2, PAIR);
    to += stride;
    v128.store(to, low3);
    v128.store(to, high3, PAIR);
  }
}
