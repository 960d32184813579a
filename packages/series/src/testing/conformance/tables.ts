/** Features by time beside recorded tables. */
import { readFileSync } from 'node:fs';
import { columns } from '../../features/extract.ts';
import type { ColumnSet, FeatureParameter } from '../../features/feature.ts';
import { peerFiles, readPeerInputs, readPeerTable } from '../peer-results.ts';
import { type Compared, type Conformance, disagreements } from './comparison.ts';

interface Table {
  readonly series: string;
  readonly y: Float64Array;
  readonly expected: Readonly<Record<string, Float64Array>>;
  readonly parameters: Readonly<Record<string, FeatureParameter>>;
}

interface TableRule {
  readonly columns: ColumnSet;
  /** How near is near enough for this series; what is missing in one has to be missing in the other. */
  agreement(y: Float64Array): (name: string, value: number, want: number) => boolean;
}

export interface TableConformance extends Conformance, TableRule {}

/** A table's input series and parameters, from its name without `prefix` and `.csv`. */
type ReadName = (name: string) => Pick<Table, 'parameters'> & { readonly id: string };

/** Of the recorded files `<prefix>*.csv`, whose first column counts the rows. */
export function tableConformance(
  definition: TableRule &
    Omit<Conformance, 'files' | 'set' | 'compare'> & { prefix: string; read: ReadName },
): TableConformance {
  const { prefix, read, ...rest } = definition;
  return {
    ...rest,
    files: `${prefix}*.csv`,
    set: rest.columns.name,
    *compare() {
      const inputs = readPeerInputs();
      for (const file of peerFiles(prefix, '.csv')) {
        const series = file.slice(prefix.length);
        const { id, parameters } = read(series);
        const expected = Object.fromEntries(Object.entries(readPeerTable(file)).slice(1));
        yield* compareTable({ series, y: inputs.get(id)!, expected, parameters }, rest);
      }
    },
  };
}

function* compareTable(
  { series, y, expected, parameters }: Table,
  { columns: set, agreement }: TableRule,
): Generator<Compared> {
  const agrees = agreement(y);
  const computed = columns(set, { y }, parameters);
  for (const [feature, wanted] of Object.entries(expected)) {
    const values = computed[feature];
    for (const [row, want] of wanted.entries()) {
      const value = values?.[row];
      const same = value !== undefined && (Object.is(value, want) || agrees(feature, value, want));
      const difference = same ? undefined : `${value} at ${row}, not ${want}`;
      yield { series, feature, numbers: 1, difference };
    }
  }
}

type Cell = number | string | null;

/** Lines for one series of the committed sample `fixtures/features-<fixture>.json`, as `disagreements`. */
export function fixtureDisagreements(
  conformance: TableConformance,
  fixture: string,
  series: string,
  parameters: Table['parameters'] = {},
): readonly string[] {
  const path = new URL(`../../../fixtures/features-${fixture}.json`, import.meta.url);
  const { inputs, expected } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly inputs: Readonly<Record<string, readonly Cell[]>>;
    readonly expected: Readonly<Record<string, Readonly<Record<string, readonly Cell[]>>>>;
  };
  const numbers = (cells: readonly Cell[]) =>
    Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)));
  const table: Table = {
    series,
    y: numbers(inputs[series]!),
    expected: Object.fromEntries(
      Object.entries(expected[series]!).map(([name, cells]) => [name, numbers(cells)]),
    ),
    parameters,
  };
  return disagreements(compareTable(table, conformance), conformance.departures);
}
