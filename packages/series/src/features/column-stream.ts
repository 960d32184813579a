import { parametersOf } from './extract.ts';
import type { ColumnPush, ColumnSet, FeatureParameter, TimedSeries } from './feature.ts';

/** Columns of a series, filled by its incremental form from the first value to the last. */
export function columnsByStream(
  count: number,
  push: ColumnPush,
  { y, days }: TimedSeries,
): readonly Float64Array[] {
  const out = Array.from({ length: count }, () => new Float64Array(y.length));
  for (let t = 0; t < y.length; t++) {
    const now = push(y[t]!, days === undefined ? Number.NaN : days[t]!);
    for (let i = 0; i < count; i++) out[i]![t] = now[i]!;
  }
  return out;
}

/** The incremental form of a set: give it one value after the other, get the columns at each. */
export interface ColumnStream {
  readonly columns: readonly string[];
  /** The array is used again at the next value. */
  readonly push: ColumnPush;
}

/**
 * Columns one value at a time, equal to what `columns` gives for the whole series. Columns without an incremental form are left
 * out: those that look at the whole series.
 * @throws InvalidInput for unknown parameters; `push` never throws for data.
 */
export function columnStream(
  set: ColumnSet,
  overrides?: Readonly<Record<string, FeatureParameter>>,
): ColumnStream {
  const groups = set.groups(parametersOf(set, overrides)).filter((group) => group.stream);
  const names = groups.flatMap((group) => group.columns.map(({ name }) => name));
  const pushes = groups.map((group) => group.stream!());
  const now = new Float64Array(names.length);
  return {
    columns: names,
    push(value, day) {
      let at = 0;
      for (const push of pushes) {
        const part = push(value, day);
        now.set(part, at);
        at += part.length;
      }
      return now;
    },
  };
}
