import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ScannedImport, Verdict } from '../scan-contract.ts';
import { scanBytes } from './testing/scan-bytes.ts';

interface Case {
  readonly id: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly imports: readonly ScannedImport[];
  readonly bytes: string;
}

const read = <T>(name: string): readonly T[] =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as T[];

describe('the corpus', () => {
  it.each(read<Case>('corpus'))('$id is $verdict', ({ name, verdict, imports, bytes }) => {
    const scan = scanBytes(Buffer.from(bytes, 'base64'), name);
    expect(scan.verdict).toBe(verdict);
    expect(scan.imports).toEqual(expect.arrayContaining([...imports]));
  });
});

describe('packed content', () => {
  it.each(read<Omit<Case, 'id'>>('packed'))('$name is $verdict', ({ name, verdict, bytes }) => {
    expect(scanBytes(Buffer.from(bytes, 'base64'), name).verdict).toBe(verdict);
  });
});
