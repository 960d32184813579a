import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBResultReader,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  SQLNULL,
  VARCHAR,
} from '@duckdb/node-api';
import type { AnalyticsValue } from './analytics.ts';

const INT32_LIMIT = 2 ** 31;

/** Values for a statement with their types: DuckDB cannot tell the type of an empty list by itself. */
export function toDuckDbValues(values: readonly AnalyticsValue[]): [DuckDBValue[], DuckDBType[]] {
  const types = values.map(typeOf);
  return [values.map((value, i) => convert(value, types[i]!)), types];
}

function convert(value: AnalyticsValue, type: DuckDBType): DuckDBValue {
  if (isList(value)) return listValue([...value]);
  return type === BIGINT ? BigInt(value as number) : value;
}

function typeOf(value: AnalyticsValue): DuckDBType {
  if (value === null) return SQLNULL;
  if (isList(value)) return LIST(elementType(value));
  switch (typeof value) {
    case 'string':
      return VARCHAR;
    case 'boolean':
      return BOOLEAN;
    case 'bigint':
      return BIGINT;
    default:
      // Not wider than needed: a comparison with an INTEGER column can then skip row groups.
      if (!Number.isSafeInteger(value)) return DOUBLE;
      return Math.abs(value) < INT32_LIMIT ? INTEGER : BIGINT;
  }
}

function elementType(list: readonly (string | number)[]): DuckDBType {
  if (list.length === 0 || typeof list[0] === 'string') return VARCHAR;
  const small = list.every((x) => Number.isInteger(x) && Math.abs(x as number) < INT32_LIMIT);
  return small ? INTEGER : DOUBLE;
}

function isList(value: AnalyticsValue): value is readonly string[] | readonly number[] {
  return Array.isArray(value);
}

/** Rows as plain objects; bigints become numbers (sums and counts stay far below 2^53 here). */
export function plainRows<R extends object>(reader: DuckDBResultReader): R[] {
  const names = reader.deduplicatedColumnNames();
  const columns = reader.getColumns();
  const rows: Record<string, unknown>[] = [];
  for (let i = 0; i < reader.currentRowCount; i++) {
    const row: Record<string, unknown> = {};
    for (let c = 0; c < names.length; c++) {
      const value = columns[c]![i];
      row[names[c]!] = typeof value === 'bigint' ? Number(value) : value;
    }
    rows.push(row);
  }
  return rows as R[];
}
