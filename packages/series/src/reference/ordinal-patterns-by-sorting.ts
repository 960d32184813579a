/** How often each order of consecutive values occurs, ascending; each window is sorted. Oracle of stats/ordinal-patterns.ts. */
export function patternCountsBySorting(y: Float64Array, dimension: number, step: number): number[] {
  const counts = new Map<string, number>();
  for (let start = 0; start + dimension <= y.length; start += step) {
    const order = Array.from({ length: dimension }, (_, i) => i).sort(
      (a, b) => y[start + a]! - y[start + b]! || a - b,
    );
    const key = order.join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.values()].sort((a, b) => a - b);
}
