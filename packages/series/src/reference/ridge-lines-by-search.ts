import type { RidgeLine } from '../features/tsfresh/ridge-lines.ts';

/** Every maximum looks at every line for the nearest; O(n²). Oracle of features/tsfresh/ridge-lines.ts. */
export function ridgeLinesBySearch(rows: readonly Float64Array[]): RidgeLine[] {
  let open: { points: [row: number, column: number][]; gap: number }[] = [];
  const ended: typeof open = [];
  const top = rows.findLastIndex((row) => maxima(row).length > 0);
  for (let row = top; row >= 0; row--) {
    for (const line of open) line.gap++;
    const before = open.map(({ points }) => points.at(-1)![1]);
    for (const column of maxima(rows[row]!)) {
      let nearest = -1;
      before.forEach((other, i) => {
        const away = Math.abs(other - column);
        if (away > (row + 1) / 4) return;
        if (nearest < 0 || away < Math.abs(before[nearest]! - column)) nearest = i;
      });
      if (nearest < 0) open.push({ points: [[row, column]], gap: 0 });
      else {
        open[nearest]!.points.push([row, column]);
        open[nearest]!.gap = 0;
      }
    }
    ended.push(...open.filter(({ gap }) => gap > 1));
    open = open.filter(({ gap }) => gap <= 1);
  }
  return [...ended, ...open].map(({ points }) => {
    const lowest = Math.min(...points.map(([row]) => row));
    const [row, column] = points.find(([each]) => each === lowest)!;
    return { length: points.length, row, column };
  });
}

function maxima(row: Float64Array): number[] {
  return [...row.keys()].filter(
    (t) => t > 0 && t < row.length - 1 && row[t]! > row[t - 1]! && row[t]! > row[t + 1]!,
  );
}
