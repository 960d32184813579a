import { expect, it } from 'vitest';
import { createId, createSecret, firstIdAt } from './ids.ts';

it('makes ids of 26 letters that sort by time', () => {
  const times = [0, 1, 31, 32, 1_700_000_000_000, 1_700_000_000_001, 2 ** 48 - 1];
  const ids = times.map((time) => createId(time));
  expect(ids.every((id) => /^[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true);
  expect([...ids].sort()).toEqual(ids);
});

it('knows where the ids of a time begin', () => {
  const time = 1_700_000_000_000;
  expect(firstIdAt(time) <= createId(time)).toBe(true);
  expect(firstIdAt(time) > createId(time - 1)).toBe(true);
  expect(firstIdAt(-1) <= createId(0)).toBe(true);
});

it('makes no id twice within a millisecond', () => {
  const ids = new Set(Array.from({ length: 10_000 }, () => createId(1_700_000_000_000)));
  expect(ids.size).toBe(10_000);
});

it('makes secrets of 256 bits fit for an address', () => {
  expect(createSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(createSecret()).not.toBe(createSecret());
});
