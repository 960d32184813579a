/** The committed table of agreement: written by `npm run docs`, held to by the tests of each set. */
import { readFileSync } from 'node:fs';
import type { Conformance, Tally } from './comparison.ts';

export const TABLE_PATH = new URL('../../features/conformance.json', import.meta.url);

/** A row of the table: what disagrees without a reason never gets there. */
export type Row = Omit<Tally, 'disagreeing'>;

export function readTable(): readonly Row[] {
  return JSON.parse(readFileSync(TABLE_PATH, 'utf8')) as readonly Row[];
}

/**
 * What a tally has to equal: its row. For another collection than the row was counted from (more series, say) there is no
 * row to hold it to, only that nothing disagrees without a reason.
 */
export function expectedTally({ files }: Conformance, found: Tally): Tally | undefined {
  const row = readTable().find((each) => each.files === files);
  if (row === undefined) return undefined;
  const isSame = (['version', 'series', 'features', 'values'] as const).every(
    (key) => row[key] === found[key],
  );
  return { ...(isSame ? row : found), disagreeing: [] };
}
