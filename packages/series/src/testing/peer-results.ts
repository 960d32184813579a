/**
 * Recorded results of other libraries, where the collection is at hand (KIZASHI_REFERENCE, or `../shared/reference`
 * beside the repository). For tests only.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root =
  process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../../../../shared/reference');
const folder = join(root, 'features');

/** Whether the collection is there; if not, says once what is skipped. */
export function hasPeerResults(what: string): boolean {
  const present = existsSync(folder);
  if (!present) console.info(`skipped: ${what} needs the reference data (${folder})`);
  return present;
}

/** The text of one file of the collection, by its path in the `features` folder. */
export function readPeerFile(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** As the files hold it: null for NaN, `"Infinity"` as text, lists for vectors. */
export type PeerValue = number | string | boolean | null | readonly PeerValue[];

export interface PeerResults {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly series: Readonly<Record<string, Readonly<Record<string, PeerValue>>>>;
}

export function readPeerResults(name: string): PeerResults {
  return JSON.parse(readPeerFile(`expected/${name}.json`)) as PeerResults;
}

/** A library whose results were recorded. */
export interface Peer {
  readonly name: string;
  readonly version: string;
}

/** Whose results `<name>.json` holds, as it says itself. */
export function peerOf(name: string): Peer {
  const { peer, version } = readPeerResults(name).meta;
  return { name: String(peer), version: String(version) };
}

/** Names of the recorded files that begin and end so, without the end. */
export function peerFiles(prefix: string, suffix: string): readonly string[] {
  return readdirSync(join(folder, 'expected'))
    .filter((name) => name.startsWith(prefix) && name.endsWith(suffix))
    .map((name) => name.slice(0, name.length - suffix.length))
    .toSorted();
}

/** The input series by id; an empty value is NaN. */
export function readPeerInputs(): ReadonlyMap<string, Float64Array> {
  const values = new Map<string, number[]>();
  for (const line of readPeerFile('input/series.csv').trim().split('\n').slice(1)) {
    const [id, , y] = line.split(',');
    const list = values.get(id!) ?? [];
    list.push(y === undefined || y.trim() === '' ? Number.NaN : Number(y));
    values.set(id!, list);
  }
  return new Map([...values].map(([id, list]) => [id, Float64Array.from(list)]));
}

/** A table of numbers with a header; `inf` and empty cells are read. */
export function readPeerTable(name: string): Readonly<Record<string, Float64Array>> {
  const [header, ...rows] = readPeerFile(`expected/${name}.csv`).trim().split('\n');
  const cells = rows.map((row) => row.split(','));
  return Object.fromEntries(
    header!.split(',').map((column, i) => [
      column.trim(),
      Float64Array.from(cells, (row) => {
        const text = row[i]?.trim() ?? '';
        if (text === '' || text === 'nan') return Number.NaN;
        return text === 'inf' ? Number.POSITIVE_INFINITY : Number(text);
      }),
    ]),
  );
}

/** The largest of |a − b| / max(|b|, floor); 0 where both are missing, Infinity where one is. */
export function relativeDifference(a: PeerValue, b: PeerValue, floor = 1e-300): number {
  if (Array.isArray(a) || Array.isArray(b)) {
    const [left, right] = [a as readonly PeerValue[], b as readonly PeerValue[]];
    if (!Array.isArray(a) || !Array.isArray(b) || left.length !== right.length) return Infinity;
    return left.reduce<number>(
      (largest, value, i) => Math.max(largest, relativeDifference(value, right[i]!, floor)),
      0,
    );
  }
  const [x, y] = [numberOf(a), numberOf(b)];
  if (Object.is(x, y) || x === y) return 0;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return Infinity;
  return Math.abs(x - y) / Math.max(Math.abs(y), floor);
}

function numberOf(value: PeerValue): number {
  return value === null ? Number.NaN : Number(value);
}
