import { expect, it } from 'vitest';
import { keepPicks, keptPicks, pickOf } from './use-tray.ts';

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const picks = [
  pickOf({ kind: 'model', source: 'civitai', id: '1' }, 'Lantern', null),
  pickOf({ kind: 'file', ref: 'civitai:2/3' }, 'lantern.safetensors', 1000),
];

it('keeps what is picked for each person, over reloads', () => {
  const storage = memory();
  keepPicks(storage, 'ann', picks);
  expect(keptPicks(storage, 'ann')).toEqual(picks);
  expect(keptPicks(storage, 'ben')).toEqual([]);
  keepPicks(storage, 'ann', []);
  expect(storage.kept.size).toBe(0);
});

it('begins with nothing where what was kept cannot be read, and goes on where nothing can be kept', () => {
  const storage = memory();
  for (const text of ['{', '[{"key":1}]', '[{"key":"a","input":{"kind":"other"}}]']) {
    storage.setItem('ann', text);
    expect(keptPicks(storage, 'ann')).toEqual([]);
  }
  const full = {
    ...storage,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  expect(() => keepPicks(full, 'ann', picks)).not.toThrow();
});
