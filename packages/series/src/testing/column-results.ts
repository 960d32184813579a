import { columns } from '../features/extract.ts';
import type { ColumnSet, FeatureParameter } from '../features/feature.ts';
import { readPeerInputs, readPeerTable } from './peer-results.ts';

/**
 * Cells of a peer's table that a set does not give, as text. For tests only.
 * @param agrees whether a value is near enough to the peer's; both are numbers
 * @param skip columns not to compare
 */
export function columnDisagreements(
  set: ColumnSet,
  { file, id, parameters, agrees, skip = [] }: ColumnComparison,
): string[] {
  const { t, ...expected } = readPeerTable(file);
  const got = columns(set, { y: readPeerInputs().get(id)! }, parameters);
  return Object.entries(expected).flatMap(([name, values]) => {
    if (skip.includes(name)) return [];
    const own = got[name];
    if (own === undefined) return [`${file}: no column ${name}`];
    return [...t!].flatMap((_, row) => {
      const [value, want] = [own[row]!, values[row]!];
      if (Object.is(value, want) || agrees(value, want)) return [];
      return [`${file} ${name} at ${row}: ${value}, not ${want}`];
    });
  });
}

export interface ColumnComparison {
  /** Name of the table without `.csv`. */
  readonly file: string;
  /** Id of the input series. */
  readonly id: string;
  readonly parameters?: Readonly<Record<string, FeatureParameter>>;
  readonly agrees: (value: number, want: number) => boolean;
  readonly skip?: readonly string[];
}
