import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { root } from './support/product.ts';

const dist = join(root, 'packages/web/dist');
const ENTRY_BUDGET = 230 * 1024;

/** Every script that is fetched before anything is shown: those of the page, and what they import at once. */
function entryScripts(): string[] {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const found = new Set<string>();
  const add = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const code = readFileSync(join(dist, 'assets', name), 'utf8');
    for (const [, imported] of code.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g)) {
      add(imported ?? '');
    }
  };
  for (const [, name] of html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)) add(name ?? '');
  return [...found];
}

it('the scripts needed at the start are at most 230 KB gzipped', () => {
  const sizes = entryScripts().map((name) => ({
    name,
    bytes: gzipSync(readFileSync(join(dist, 'assets', name))).length,
  }));
  expect(sizes.length).toBeGreaterThan(0);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${sizes.length} scripts at the start, ${Math.round(total / 1024)} KB gzipped`);
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(ENTRY_BUDGET);
});

it('the drawing library is not among them, but is shipped', () => {
  const isDrawing = (name: string) =>
    readFileSync(join(dist, 'assets', name), 'utf8').includes('_echarts_instance_');
  expect(entryScripts().filter(isDrawing)).toEqual([]);
  const shipped = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'));
  expect(shipped.filter(isDrawing)).not.toEqual([]);
});
