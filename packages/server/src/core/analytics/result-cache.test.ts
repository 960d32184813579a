import { expect, it } from 'vitest';
import { createResultCache } from './result-cache.ts';

const rows = (count: number) => Promise.resolve(Array.from({ length: count }, () => ({})));

it('forgets what was used longest ago', () => {
  const cache = createResultCache({ entries: 2, rows: 100 });
  const [a, b, c] = [rows(1), rows(1), rows(1)];
  cache.set('a', a);
  cache.set('b', b);
  expect(cache.get('a')).toBe(a);
  cache.set('c', c);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([a, undefined, c]);
  expect(cache.size).toBe(2);
});

it('holds no more rows than allowed', async () => {
  const cache = createResultCache({ entries: 10, rows: 100 });
  for (const key of ['a', 'b', 'c']) {
    const result = rows(40);
    cache.set(key, result);
    await result;
  }
  expect([cache.get('a'), cache.size]).toEqual([undefined, 2]);
  const long = rows(101);
  cache.set('long', long);
  await long;
  expect(cache.size).toBe(0);
});

it('replaces the value of a key without counting it twice', async () => {
  const cache = createResultCache({ entries: 2, rows: 100 });
  const [first, second] = [rows(60), rows(60)];
  cache.set('a', first);
  await first;
  cache.set('a', second);
  await second;
  expect(cache.get('a')).toBe(second);
  cache.clear();
  expect(cache.size).toBe(0);
});

it('does not keep failures', async () => {
  const cache = createResultCache({ entries: 2, rows: 100 });
  const failure = Promise.reject(new Error('away'));
  cache.set('a', failure);
  await expect(failure).rejects.toThrow('away');
  expect(cache.get('a')).toBeUndefined();
});
