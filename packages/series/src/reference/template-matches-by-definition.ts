/** Pairs of stretches of m and of m + 1 values within a tolerance at each place, every pair compared. */
export function templateMatchesByDefinition(
  y: readonly number[],
  m: number,
  tolerance: number,
): { readonly short: number; readonly long: number } {
  const alike = (i: number, j: number, length: number) =>
    Array.from({ length }, (_, k) => Math.abs(y[i + k]! - y[j + k]!)).every(
      (difference) => difference <= tolerance,
    );
  let short = 0;
  let long = 0;
  for (let i = 0; i < y.length - m; i++) {
    for (let j = i + 1; j < y.length - m; j++) {
      if (alike(i, j, m)) short++;
      if (alike(i, j, m + 1)) long++;
    }
  }
  return { short, long };
}
