/** Statistics of one trailing window of values, straight from their definitions; missing values are left out. */
export function windowAt(y: readonly number[], t: number, window: number): readonly number[] {
  return y.slice(Math.max(0, t - window + 1), t + 1).filter(Number.isFinite);
}

export function meanOf(values: readonly number[]): number {
  const first = values[0] ?? Number.NaN;
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
}

export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}

export function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const [lower, upper] = [sorted[below] ?? Number.NaN, sorted[Math.ceil(position)] ?? Number.NaN];
  return lower + (upper - lower) * (position - below);
}

/** Σ (x − mean)^power / n */
export function momentOf(values: readonly number[], power: number): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
}
