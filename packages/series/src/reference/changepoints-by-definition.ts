/** The best cut into stretches of one mean, by dynamic programming without pruning; noise as `changepoints` estimates it. */
export function changepointsByDefinition(
  y: Float64Array,
  { penalty, minimum }: { penalty: number; minimum: number },
): number[] {
  const jumps = [...y.slice(1)].map((value, i) => Math.abs(value - y[i]!)).sort((a, b) => a - b);
  const middle = (jumps[(jumps.length - 1) >> 1]! + jumps[jumps.length >> 1]!) / 2;
  const noise = middle / 0.9538725524;
  const cost = (from: number, to: number) => {
    const part = [...y.slice(from, to)].map((value) => value / noise);
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return part.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const best: { cost: number; places: number[] }[] = [{ cost: -penalty, places: [] }];
  for (let to = 1; to <= y.length; to++) {
    best[to] = { cost: Number.POSITIVE_INFINITY, places: [] };
    for (let from = 0; from <= to - minimum; from++) {
      const total = best[from]!.cost + cost(from, to) + penalty;
      if (total < best[to]!.cost) {
        best[to] = { cost: total, places: from === 0 ? [] : [...best[from]!.places, from] };
      }
    }
  }
  return best[y.length]!.places;
}
