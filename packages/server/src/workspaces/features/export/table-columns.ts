import { fromJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import type { FeatureTable, FeatureValues } from '../contract.ts';
import { firstRows } from '../store/values.ts';

export type CellOut = number | string | null;

/** A column of an exported table: `catch22.CO_f1ecac`, `acf.acf[3]` for one of a list. */
export interface TableColumn {
  readonly name: string;
  readonly set: string;
  readonly feature: string;
  /** Place in a list; null for a value of its own. */
  readonly place: number | null;
  /** Holds names; infinities do not count. */
  readonly isText: boolean;
}

/** All columns that the series of a table have: within a series every row has the same. */
export async function tableColumns(
  db: Database,
  table: FeatureTable,
  loto: string | undefined,
): Promise<readonly TableColumn[]> {
  const found = new Map<string, Map<string, { length: number | null; isText: boolean }>>();
  for await (const row of firstRows(db, table, loto)) {
    for (const [set, features] of Object.entries(fromJson(row.feature_values))) {
      const known = found.get(set) ?? new Map<string, { length: number | null; isText: boolean }>();
      found.set(set, known);
      for (const [feature, value] of Object.entries(features)) {
        const parts = Array.isArray(value) ? value : [value];
        const isText = parts.some((part) => typeof part === 'string' && !part.endsWith('Infinity'));
        const length = Array.isArray(value) ? value.length : null;
        const before = known.get(feature);
        known.set(feature, {
          length: longest(before?.length ?? null, length),
          isText: isText || (before?.isText ?? false),
        });
      }
    }
  }
  const columns: TableColumn[] = [];
  for (const [set, features] of found) {
    for (const [feature, { length, isText }] of features) {
      const name = `${set}.${feature}`;
      if (length === null) columns.push({ name, set, feature, place: null, isText });
      for (let place = 0; place < (length ?? 0); place++) {
        columns.push({ name: `${name}[${place}]`, set, feature, place, isText });
      }
    }
  }
  return columns;
}

function longest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/** The value of a row in a column. */
export function cellOf(values: FeatureValues, { set, feature, place }: TableColumn): CellOut {
  const value = values[set]?.[feature] ?? null;
  if (!Array.isArray(value)) return place === null || place === 0 ? value : null;
  return value[place ?? 0] ?? null;
}
