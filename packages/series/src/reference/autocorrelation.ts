/** Autocorrelation at one lag, straight from its definition. */
export function autocorrelationAt(y: readonly number[], lag: number): number {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const product = (k: number) =>
    y.slice(k).reduce((sum, value, t) => sum + (value - mean) * (y[t]! - mean), 0);
  return product(lag) / product(0);
}
