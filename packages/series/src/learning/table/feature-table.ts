import { InvalidInput, requireWhole } from '../../invalid-input.ts';

/** What a column holds: quantities, names by code, or instants in epoch milliseconds (learned from as quantities). */
export type ColumnKind = 'number' | 'category' | 'time';

/** What models learn from: k columns of n rows. Plain data. */
export interface FeatureTable {
  /**
   * k arrays of n values. What is not finite is missing. A category column holds codes 0, 1, 2 …; a code that training
   * did not see, or one that is no whole number ≥ 0, counts as missing.
   */
  readonly columns: readonly Float64Array[];
  readonly names: readonly string[];
  readonly kinds: readonly ColumnKind[];
}

/**
 * A table from arrays, checked.
 *
 * @param columns k ≥ 1 arrays of n values each, in any unit; `NaN` is missing. Kept, not copied: do not change them afterwards.
 * @param about   `names`, by default x0, x1 …; `categories`: positions of the columns that hold codes 0, 1, 2 … and no
 *   quantities.
 * @throws InvalidInput (`columns`, `names`, `categories`) when lengths differ, names repeat, or a position is none.
 *
 * @example featureTable([age, plan], { names: ['age', 'plan'], categories: [1] })
 */
export function featureTable(
  columns: readonly Float64Array[],
  about: { readonly names?: readonly string[]; readonly categories?: readonly number[] } = {},
): FeatureTable {
  const names = about.names ?? columns.map((_, k) => `x${k}`);
  const kinds: ColumnKind[] = columns.map(() => 'number');
  for (const k of about.categories ?? []) {
    requireWhole('categories', k, 0, columns.length - 1);
    kinds[k] = 'category';
  }
  const table = { columns, names, kinds };
  requireTable(table);
  return table;
}

/** Throws unless the parts of a table fit each other. */
export function requireTable({ columns, names, kinds }: FeatureTable): void {
  if (columns.length === 0) throw new InvalidInput('columns', 'must hold at least one array');
  const n = columns[0]!.length;
  const odd = columns.find((column) => column.length !== n);
  if (odd !== undefined) {
    throw new InvalidInput('columns', `must have the same length, got ${n} and ${odd.length}`);
  }
  if (names.length !== columns.length || kinds.length !== columns.length) {
    throw new InvalidInput('names', `must be one for each of ${columns.length} columns`);
  }
  if (new Set(names).size !== names.length) throw new InvalidInput('names', 'must all differ');
}

/** Throws unless a table has the columns that a model was fitted to, in their order. */
export function requireSameColumns(names: readonly string[], table: FeatureTable): void {
  requireTable(table);
  const odd = names.findIndex((name, k) => table.names[k] !== name);
  if (odd >= 0 || table.names.length !== names.length) {
    const place = odd >= 0 ? odd : names.length;
    throw new InvalidInput(
      'table',
      `must have the columns of the training in their order; column ${place} is ${table.names[place] ?? 'absent'} instead of ${names[place] ?? 'none'}`,
    );
  }
}

export function rowCount(table: FeatureTable): number {
  return table.columns[0]!.length;
}

/**
 * The rows at the given positions, in that order; a position may come twice. Columns are copied.
 *
 * @param rows whole numbers from 0 to n − 1.
 * @throws InvalidInput (`rows`) when a position is not one of a row.
 */
export function takeRows(table: FeatureTable, rows: ArrayLike<number>): FeatureTable {
  return { ...table, columns: table.columns.map((column) => takeValues(column, rows)) };
}

/** The values at the given positions, in that order. */
export function takeValues(values: Float64Array, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < taken.length; i++) {
    const value = values[rows[i]!];
    if (value === undefined) {
      throw new InvalidInput('rows', `must be below ${values.length}, got ${rows[i]}`);
    }
    taken[i] = value;
  }
  return taken;
}

/** Throws unless there is one target value for each row. */
export function requireTarget(table: FeatureTable, target: Float64Array): void {
  const n = rowCount(table);
  if (target.length !== n) {
    throw new InvalidInput(
      'target',
      `must have one value for each of ${n} rows, got ${target.length}`,
    );
  }
}
