/** Columns of a set beside recorded ones. For tests only. */
import { readFileSync } from 'node:fs';
import { columns } from '../features/extract.ts';
import type { ColumnSet, FeatureParameter } from '../features/feature.ts';
import { readPeerInputs, readPeerTable } from './peer-results.ts';

interface Comparison {
  readonly parameters?: Readonly<Record<string, FeatureParameter>>;
  /** Whether a value is near enough to the recorded one; both are numbers. */
  readonly agrees: (value: number, want: number) => boolean;
}

export interface TableComparison extends Comparison {
  /** Name of the table of the collection, without `.csv`. */
  readonly file: string;
  /** Id of the input series. */
  readonly id: string;
  /** Columns not to compare. */
  readonly skip?: readonly string[];
}

/** Cells of a peer's table that a set does not give, as text. */
export function columnDisagreements(set: ColumnSet, comparison: TableComparison): string[] {
  const { file, id, skip = [] } = comparison;
  const { t: _, ...expected } = readPeerTable(file);
  for (const name of skip) delete (expected as Record<string, Float64Array>)[name];
  return disagreements(set, readPeerInputs().get(id)!, expected, comparison);
}

type Cell = number | string | null;

/** The same of the committed fixture `features-<name>.json`, for one of its series. */
export function fixtureDisagreements(
  set: ColumnSet,
  name: string,
  id: string,
  comparison: Comparison,
): string[] {
  const path = new URL(`../../fixtures/features-${name}.json`, import.meta.url);
  const fixture = JSON.parse(readFileSync(path, 'utf8')) as {
    inputs: Record<string, Cell[]>;
    expected: Record<string, Record<string, Cell[]>>;
  };
  const numbers = (cells: readonly Cell[]) =>
    Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)));
  const expected = Object.entries(fixture.expected[id]!).map(([column, cells]) => [
    column,
    numbers(cells),
  ]);
  return disagreements(
    set,
    numbers(fixture.inputs[id]!),
    Object.fromEntries(expected) as Record<string, Float64Array>,
    comparison,
  );
}

function disagreements(
  set: ColumnSet,
  y: Float64Array,
  expected: Readonly<Record<string, Float64Array>>,
  { parameters, agrees }: Comparison,
): string[] {
  const got = columns(set, { y }, parameters);
  return Object.entries(expected).flatMap(([name, values]) => {
    const own = got[name];
    if (own === undefined) return [`no column ${name}`];
    return [...values].flatMap((want, row) => {
      const value = own[row]!;
      if (Object.is(value, want) || agrees(value, want)) return [];
      return [`${name} at ${row}: ${value}, not ${want}`];
    });
  });
}
