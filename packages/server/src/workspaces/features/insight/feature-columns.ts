import type { FeatureValues } from '../contract.ts';

/** One feature over the rows that were looked at. */
export interface FeatureColumn {
  readonly set: string;
  readonly name: string;
  /** One value for each row, NaN where it has none or an infinite one. */
  readonly values: Float64Array;
  readonly infinite: number;
}

/** Elements of a list that become columns of their own: longer lists say more about their length than each of these. */
const MOST_ELEMENTS = 100;

/** Columns of numbers out of rows of JSON, whose features come and go. Names and texts are left out. */
export function createFeatureColumns(rows: number) {
  const columns = new Map<
    string,
    { set: string; name: string; values: Float64Array; infinite: number }
  >();
  let read = 0;

  function put(set: string, name: string, value: unknown): void {
    const isInfinite = value === 'Infinity' || value === '-Infinity';
    if (typeof value !== 'number' && value !== null && !isInfinite) return;
    const key = `${set}\n${name}`;
    let column = columns.get(key);
    if (column === undefined) {
      column = { set, name, values: new Float64Array(rows).fill(Number.NaN), infinite: 0 };
      columns.set(key, column);
    }
    if (isInfinite) column.infinite++;
    else if (value !== null) column.values[read] = value as number;
  }

  return {
    add(values: FeatureValues): void {
      if (read === rows) return;
      for (const [set, features] of Object.entries(values)) {
        for (const [name, value] of Object.entries(features)) {
          if (!Array.isArray(value)) put(set, name, value);
          else {
            for (const [i, part] of value.slice(0, MOST_ELEMENTS).entries()) {
              put(set, `${name}[${i}]`, part);
            }
          }
        }
      }
      read++;
    },
    /** In the order in which they came; each as long as rows were added. */
    all: (): FeatureColumn[] =>
      [...columns.values()].map((column) => ({
        ...column,
        values: column.values.subarray(0, read),
      })),
  };
}
