import type { FeatureValues } from '../contract.ts';

/** One feature over the rows that were looked at. */
export interface FeatureColumn {
  readonly set: string;
  readonly name: string;
  /** One value for each row, NaN where it has none or an infinite one. */
  readonly values: Float64Array;
  readonly infinite: number;
}

interface Column {
  readonly set: string;
  readonly name: string;
  readonly values: Float64Array;
  infinite: number;
}

/** Elements of a list that become columns of their own: longer lists say more about their length than each of these. */
const MOST_ELEMENTS = 100;

/** Columns of numbers out of rows of JSON, whose features come and go. Names and texts are left out. */
export function createFeatureColumns(rows: number) {
  // By set and then by name: a key made of both would be put together millions of times.
  const sets = new Map<string, Map<string, Column>>();
  const columns: Column[] = [];
  let read = 0;

  function put(set: string, known: Map<string, Column>, name: string, value: unknown): void {
    const isInfinite = value === 'Infinity' || value === '-Infinity';
    if (typeof value !== 'number' && value !== null && !isInfinite) return;
    let column = known.get(name);
    if (column === undefined) {
      column = { set, name, values: new Float64Array(rows).fill(Number.NaN), infinite: 0 };
      known.set(name, column);
      columns.push(column);
    }
    if (isInfinite) column.infinite++;
    else if (value !== null) column.values[read] = value as number;
  }

  return {
    add(values: FeatureValues): void {
      if (read === rows) return;
      for (const [set, features] of Object.entries(values)) {
        const known = sets.get(set) ?? new Map<string, Column>();
        sets.set(set, known);
        for (const [name, value] of Object.entries(features)) {
          if (!Array.isArray(value)) put(set, known, name, value);
          else {
            for (const [i, part] of value.slice(0, MOST_ELEMENTS).entries()) {
              put(set, known, `${name}[${i}]`, part);
            }
          }
        }
      }
      read++;
    },
    /** In the order in which they came; each as long as rows were added. */
    all: (): FeatureColumn[] =>
      columns.map((column) => ({
        ...column,
        values: column.values.subarray(0, read),
      })),
  };
}
