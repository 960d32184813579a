import { expect, it } from 'vitest';
import { createResultCache } from './result-cache.ts';

it('forgets what was used longest ago', () => {
  const cache = createResultCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  expect(cache.size).toBe(2);
});

it('replaces the value of a key without growing', () => {
  const cache = createResultCache<number>(2);
  cache.set('a', 1);
  cache.set('a', 2);
  expect([cache.get('a'), cache.size]).toEqual([2, 1]);
  cache.clear();
  expect(cache.size).toBe(0);
});
