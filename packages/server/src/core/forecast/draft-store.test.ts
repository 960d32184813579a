import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDraftStore } from './draft-store.ts';

it('gives back what it was given, from memory and from disk, and leaves no file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-store-'));
  const store = createDraftStore<{ name: string; y: Float64Array }>({ memoryBytes: 2000, folder });
  try {
    const values = Array.from({ length: 20 }, (_, i) => ({
      name: `${i}`,
      // A part of a larger array: only the part is kept.
      y: Float64Array.from({ length: 100 }, (_, k) => i + k).subarray(50, 50 + i),
    }));
    for (const value of values) store.add(value);
    for (const i of [19, 0, 7, 19]) expect(store.get(i)).toEqual(values[i]);
  } finally {
    store.close();
  }
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
