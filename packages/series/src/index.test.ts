import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as series from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the public names', () => {
  it('are the ones that the README lists', () => {
    const tables = readme.slice(readme.indexOf('## Functions'), readme.indexOf('## How good'));
    const firstCells = tables.split('\n').map((line) => line.split('|')[1] ?? line);
    const listed = firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, n]) => n!));
    expect(listed.sort()).toEqual(Object.keys(series).sort());
  });
});
