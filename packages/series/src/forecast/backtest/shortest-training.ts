/** How many values the first origin needs: two seasons, or a handful, counted from the first present value. */
export function shortestTraining(y: Float64Array, m: number): number {
  const start = y.findIndex((value) => Number.isFinite(value));
  return Math.max(0, start) + Math.max(6, 2 * m);
}
