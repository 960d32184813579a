import { InvalidInput, show } from '../../invalid-input.ts';
import type { SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { note } from './count-note.ts';
import type { TimedPoints } from './regular-series.ts';

/** Throws unless there is a value of each column for each time. */
export function requireSameLength({ t, y, x = {} }: TimedPoints): void {
  const columns: [string, Float64Array][] = [['y', y]];
  for (const [name, values] of Object.entries(x)) columns.push([`x.${name}`, values]);
  for (const [argument, values] of columns) {
    if (values.length === t.length) continue;
    throw new InvalidInput(
      argument,
      `must hold ${t.length} values as t does, got ${values.length}`,
    );
  }
}

/** Rows with a time, in order of time; those of the same time in the order given. */
export function timedRows(
  { t }: TimedPoints,
  isIndex: boolean,
  warnings: SeriesWarning[],
): Int32Array {
  const largest = isIndex ? Number.MAX_SAFE_INTEGER : 8.64e15;
  const all = new Int32Array(t.length);
  let timed = 0;
  for (let row = 0; row < t.length; row++) {
    const time = t[row]!;
    if (!Number.isFinite(time)) continue;
    if (!(Number.isInteger(time) && Math.abs(time) <= largest)) {
      const what = isIndex ? 'a whole number' : 'a time in whole UTC epoch ms';
      throw new InvalidInput(`t[${row}]`, `must be ${what}, got ${show(time)}`);
    }
    all[timed++] = row;
  }
  const rows = all.subarray(0, timed);
  note(warnings, 'rows-without-time', { rows: t.length - rows.length });
  let unsorted = 0;
  for (let i = 1; i < rows.length; i++) unsorted += Number(t[rows[i]!]! < t[rows[i - 1]!]!);
  if (unsorted === 0) return rows;
  warnings.push(warning('rows-out-of-order', { rows: unsorted }));
  return rows.sort((a, b) => t[a]! - t[b]! || a - b);
}

/** The times of rows that are in order, each once. */
export function distinctTimes(t: Float64Array, rows: Int32Array): Float64Array {
  const times = new Float64Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const time = t[rows[i]!]!;
    if (count === 0 || time !== times[count - 1]) times[count++] = time;
  }
  return times.subarray(0, count);
}
