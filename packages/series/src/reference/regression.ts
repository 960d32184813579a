/** A regression by Gauss–Jordan elimination of the normal equations; the constant is the last coefficient. */
export function regressionByElimination(
  columns: readonly (readonly number[])[],
  y: readonly number[],
): { coefficients: number[]; residualSquares: number; tValues: number[] } {
  const all = [...columns, y.map(() => 1)];
  const k = all.length;
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, t) => sum + value * b[t]!, 0);
  const table = all.map((a, i) => [
    ...all.map((b) => dot(a, b)),
    ...all.map((_, j) => (i === j ? 1 : 0)),
    dot(a, y),
  ]);
  for (let p = 0; p < k; p++) {
    let pivot = p;
    for (let i = p; i < k; i++) {
      if (Math.abs(table[i]![p]!) > Math.abs(table[pivot]![p]!)) pivot = i;
    }
    [table[p], table[pivot]] = [table[pivot]!, table[p]!];
    const head = table[p]![p]!;
    table[p] = table[p]!.map((value) => value / head);
    for (let i = 0; i < k; i++) {
      if (i === p) continue;
      const share = table[i]![p]!;
      table[i] = table[i]!.map((value, j) => value - share * table[p]![j]!);
    }
  }
  const coefficients = table.map((row) => row[2 * k]!);
  const residuals = y.map((value, t) =>
    all.reduce((rest, column, j) => rest - coefficients[j]! * column[t]!, value),
  );
  const residualSquares = dot(residuals, residuals);
  const scale = residualSquares / (y.length - k);
  const tValues = coefficients.map((value, j) => value / Math.sqrt(scale * table[j]![k + j]!));
  return { coefficients, residualSquares, tValues };
}
