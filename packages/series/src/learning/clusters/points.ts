import { InvalidInput } from '../../invalid-input.ts';
import { safeScale } from '../../math/safe-scale.ts';

/** Rows as points, one behind the other, so that a distance reads neighbouring numbers. */
export interface Points {
  /** n · d values: point i from i · d on, divided by `scale`. */
  readonly values: Float64Array;
  readonly n: number;
  readonly d: number;
  /** 1, but for values whose squares would overflow or vanish. */
  readonly scale: number;
  /** Their rows in the columns given; rows with a missing value are no points. */
  readonly rows: Int32Array;
}

/** @throws InvalidInput (`columns`) */
export function pointsOf(columns: readonly Float64Array[]): Points {
  const d = columns.length;
  if (d === 0) throw new InvalidInput('columns', 'must hold at least one array');
  const length = columns[0]!.length;
  const odd = columns.find((column) => column.length !== length);
  if (odd !== undefined) {
    throw new InvalidInput('columns', `must have the same length, got ${length} and ${odd.length}`);
  }
  const known: number[] = [];
  let largest = 0;
  for (let i = 0; i < length; i++) {
    if (!columns.every((column) => Number.isFinite(column[i]!))) continue;
    known.push(i);
    for (const column of columns) largest = Math.max(largest, Math.abs(column[i]!));
  }
  const scale = safeScale(largest);
  const values = new Float64Array(known.length * d);
  known.forEach((row, i) => {
    for (let k = 0; k < d; k++) values[i * d + k] = columns[k]![row]! / scale;
  });
  return { values, n: known.length, d, scale, rows: Int32Array.from(known) };
}

/** Squared distance of two points of d numbers, at `a` and `b`. */
export function squaredDistance(
  left: Float64Array,
  a: number,
  right: Float64Array,
  b: number,
  d: number,
): number {
  let sum = 0;
  for (let k = 0; k < d; k++) {
    const difference = left[a + k]! - right[b + k]!;
    sum += difference * difference;
  }
  return sum;
}

/** Labels of points as labels of rows; −1 of a row that is no point. */
export function labelsOfRows({ rows }: Points, labels: Int32Array, length: number): Int32Array {
  const all = new Int32Array(length).fill(-1);
  rows.forEach((row, i) => {
    all[row] = labels[i]!;
  });
  return all;
}

export function distinctPoints({ values, n, d }: Points): number {
  const seen = new Set<string>();
  for (let i = 0; i < n; i++) seen.add(values.subarray(i * d, (i + 1) * d).join());
  return seen.size;
}

/** Points drawn without replacement, in their order; the same ones where there are no more than `most`. */
export function samplePoints(points: Points, most: number, random: () => number): Points {
  const { n, d, values, rows, scale } = points;
  if (n <= most) return points;
  const taken = new Int32Array(most);
  let count = 0;
  for (let i = 0; i < n && count < most; i++) {
    if (random() * (n - i) < most - count) taken[count++] = i;
  }
  const chosen = new Float64Array(most * d);
  taken.forEach((point, i) => {
    chosen.set(values.subarray(point * d, (point + 1) * d), i * d);
  });
  return { values: chosen, n: most, d, scale, rows: taken.map((point) => rows[point]!) };
}
