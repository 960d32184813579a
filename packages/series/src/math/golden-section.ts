/**
 * Where a function of one variable is smallest within [low, high]: the best of an even grid, then golden-section search
 * between its neighbours. Finds the global minimum when the grid separates the local ones.
 *
 * @param grid whole number ≥ 2, points of the first pass.
 * @param precision width of the final interval.
 *
 * Cost: `grid` calls plus about 1.44 · log₂(2 · (high − low) / grid / precision). Source: Kiefer (1953).
 */
export function minimumBetween(
  f: (x: number) => number,
  low: number,
  high: number,
  grid: number,
  precision: number,
): number {
  const gap = (high - low) / (grid - 1);
  let best = low;
  let bestValue = Number.POSITIVE_INFINITY;
  for (let i = 0; i < grid; i++) {
    const x = low + i * gap;
    const value = f(x);
    if (value < bestValue) {
      best = x;
      bestValue = value;
    }
  }
  let a = Math.max(low, best - gap);
  let b = Math.min(high, best + gap);
  const ratio = (Math.sqrt(5) - 1) / 2;
  let x1 = b - ratio * (b - a);
  let x2 = a + ratio * (b - a);
  let f1 = f(x1);
  let f2 = f(x2);
  while (b - a > precision) {
    if (f1 <= f2) {
      b = x2;
      x2 = x1;
      f2 = f1;
      x1 = b - ratio * (b - a);
      f1 = f(x1);
    } else {
      a = x1;
      x1 = x2;
      f1 = f2;
      x2 = a + ratio * (b - a);
      f2 = f(x2);
    }
  }
  const middle = f1 <= f2 ? x1 : x2;
  // An end of the range may be better than anything inside.
  return Math.min(f1, f2) < bestValue ? middle : best;
}
