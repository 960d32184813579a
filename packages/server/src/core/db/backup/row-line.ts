import type { Value } from '../dialects/dialect.ts';

/** A number JSON cannot write: `{"number":"Infinity"}`. */
interface NotFinite {
  readonly number: string;
}

/** A row as a line of a backup. */
export function writeRow(row: Readonly<Record<string, Value>>, columns: readonly string[]): string {
  return `${JSON.stringify(columns.map((column) => writeValue(row[column], column)))}\n`;
}

export function readRow(line: string): readonly Value[] {
  return (JSON.parse(line) as (Value | NotFinite)[]).map((value) =>
    typeof value === 'object' && value !== null ? Number(value.number) : value,
  );
}

function writeValue(value: Value | undefined, column: string): Value | NotFinite {
  if (typeof value === 'string' || value === null) return value;
  if (typeof value !== 'number') throw new Error(`column ${column} is of no type in columns.ts`);
  return Number.isFinite(value) ? value : { number: String(value) };
}
