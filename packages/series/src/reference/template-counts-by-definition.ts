/** For each t, how many other stretches of `length` values stay within the tolerance of y[t … t + length). */
export function templateCountsByDefinition(
  y: readonly number[],
  length: number,
  tolerance: number,
): number[] {
  const starts = Array.from({ length: Math.max(0, y.length - length + 1) }, (_, t) => t);
  return starts.map(
    (i) =>
      starts.filter(
        (j) =>
          i !== j &&
          Array.from({ length }, (_, k) => Math.abs(y[i + k]! - y[j + k]!)).every(
            (difference) => difference <= tolerance,
          ),
      ).length,
  );
}
