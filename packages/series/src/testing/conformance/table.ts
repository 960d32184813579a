/** The committed table of agreement: written by `npm run docs`, held to by the tests of each set. */
import { readFileSync } from 'node:fs';
import type { Conformance, Tally } from './comparison.ts';

export const TABLE_PATH = new URL('../../features/conformance.json', import.meta.url);

/** A row of the table: what disagrees without a reason never gets there. */
export type Row = Omit<Tally, 'disagreeing'>;

export function readTable(): readonly Row[] {
  return JSON.parse(readFileSync(TABLE_PATH, 'utf8')) as readonly Row[];
}

/** What a tally has to equal; undefined where `npm run docs` has not been run since the comparison was added. */
export function rowOf({ files }: Conformance): Tally | undefined {
  const row = readTable().find((each) => each.files === files);
  return row && { ...row, disagreeing: [] };
}
