/** ln t and ln(R/S) of the first t values for t = 2 … n, every stretch summed anew. */
export function logRescaledRanges(y: readonly number[]): readonly (readonly [number, number])[] {
  return y.slice(1).map((_, i) => {
    const part = y.slice(0, i + 2);
    const mean = part.reduce((a, b) => a + b, 0) / part.length;
    let sum = 0;
    const path = part.map((value) => {
      sum += value - mean;
      return sum;
    });
    const spread = Math.sqrt(part.reduce((a, b) => a + (b - mean) ** 2, 0) / part.length);
    return [
      Math.log(part.length),
      Math.log((Math.max(...path) - Math.min(...path)) / spread),
    ] as const;
  });
}
