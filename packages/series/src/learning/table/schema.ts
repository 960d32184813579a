import { InvalidInput, show } from '../../invalid-input.ts';
import type { ColumnKind, FeatureTable } from './feature-table.ts';

/** A value of a record. Empty text, null, undefined and numbers that are not finite are missing. */
export type Cell = string | number | boolean | null | undefined;

/** A row with named values. */
export type DataRecord = Readonly<Record<string, Cell>>;

/** What one column of a table is. */
export interface ColumnSchema {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Of a category column: the texts that codes 0, 1, 2 … stand for. */
  readonly categories: readonly string[];
}

/** How records become a table. Plain data: kept with a model, so that later records are read the same way. */
export interface TableSchema {
  readonly columns: readonly ColumnSchema[];
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
/** Digits with a zero in front are a code, not a quantity. */
const CODE = /^[-+]?0\d/;
const INSTANT = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d)?)?$/;

/**
 * What the columns of records are: quantities where every value is a number, times where every value is an ISO date or instant,
 * else categories, the most frequent first.
 *
 * @param records any number of them; a name that is in any of them is a column, in the order of first appearance.
 * @param leaveOut names that are no columns: the target, the customer's number.
 * @throws InvalidInput (`records`) when no column is left.
 *
 * Cost: O(records · names).
 */
export function inferSchema(
  records: readonly DataRecord[],
  leaveOut: readonly string[] = [],
): TableSchema {
  const names = new Set<string>();
  for (const record of records) for (const name of Object.keys(record)) names.add(name);
  for (const name of leaveOut) names.delete(name);
  if (names.size === 0)
    throw new InvalidInput('records', 'must have at least one column that is not left out');
  return { columns: Array.from(names, (name) => columnSchema(records, name)) };
}

function columnSchema(records: readonly DataRecord[], name: string): ColumnSchema {
  const rows = new Map<string, number>();
  let numbers = true;
  let times = true;
  for (const record of records) {
    const text = textOf(record[name]);
    if (text === null) continue;
    rows.set(text, (rows.get(text) ?? 0) + 1);
    if (typeof record[name] === 'number') times = false;
    else {
      numbers &&= typeof record[name] === 'string' && NUMBER.test(text) && !CODE.test(text);
      times &&= INSTANT.test(text) && !Number.isNaN(instantOf(text));
    }
  }
  if (rows.size === 0 || numbers) return { name, kind: 'number', categories: [] };
  if (times) return { name, kind: 'time', categories: [] };
  const categories = [...rows]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([text]) => text);
  return { name, kind: 'category', categories };
}

/**
 * Records as a table by a schema: quantities as they are, instants as epoch milliseconds (of a date its midnight in UTC),
 * categories as codes. What does not fit its column, and a category that the schema does not know, is missing (`NaN`).
 *
 * @throws InvalidInput (`schema`) when it has no columns.
 */
export function encodeRecords(records: readonly DataRecord[], schema: TableSchema): FeatureTable {
  if (schema.columns.length === 0) throw new InvalidInput('schema', 'must have columns');
  const columns = schema.columns.map(({ name, kind, categories }) => {
    const codes = new Map(categories.map((text, code) => [text, code]));
    return Float64Array.from(records, (record) => {
      const text = textOf(record[name]);
      if (text === null) return Number.NaN;
      if (kind === 'category') return codes.get(text) ?? Number.NaN;
      if (kind === 'time') return INSTANT.test(text) ? instantOf(text) : Number.NaN;
      return NUMBER.test(text) ? finite(Number(text)) : Number.NaN;
    });
  });
  return {
    columns,
    names: schema.columns.map(({ name }) => name),
    kinds: schema.columns.map(({ kind }) => kind),
  };
}

/** A target of classes: n codes, and what they stand for. */
export interface EncodedClasses {
  /** 0, 1, 2 …; `NaN` where the value is missing or no class. */
  readonly target: Float64Array;
  readonly classes: readonly string[];
}

/**
 * Values as class codes, the form in which classifiers take their target.
 *
 * @param values  n cells: texts, numbers, booleans; null and numbers that are not finite are missing.
 * @param classes what codes 0, 1 … stand for; by default the values in alphabetical order (`No`, `Yes`).
 * @returns n codes, `NaN` where the value is missing or no class; and the classes.
 * @throws InvalidInput (`classes`) when two are the same.
 *
 * @example encodeClasses(['Yes', 'No', null]) // target 1 0 NaN, classes ['No', 'Yes']
 */
export function encodeClasses(
  values: readonly Cell[],
  classes?: readonly string[],
): EncodedClasses {
  const texts = values.map(textOf);
  const known = classes ?? [...new Set(texts.filter((text) => text !== null))].toSorted();
  const codes = new Map(known.map((text, code) => [text, code]));
  if (codes.size !== known.length)
    throw new InvalidInput('classes', `must all differ, got ${show(known)}`);
  const target = Float64Array.from(texts, (text) =>
    text === null ? Number.NaN : (codes.get(text) ?? Number.NaN),
  );
  return { target, classes: known };
}

/** A value as text; null where it is missing. */
function textOf(cell: Cell): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : null;
  const text = String(cell).trim();
  return text === '' ? null : text;
}

/** Epoch milliseconds of an ISO date or instant; a time without an offset is in UTC, wherever this runs. */
function instantOf(text: string): number {
  const full = text.replace(' ', 'T');
  const zoned = full.length > 10 && !/(Z|[-+]\d\d:?\d\d)$/.test(full) ? `${full}Z` : full;
  return Date.parse(zoned.replace(/([-+]\d\d)(\d\d)$/, '$1:$2'));
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
