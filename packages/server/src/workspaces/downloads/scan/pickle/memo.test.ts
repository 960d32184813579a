import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Memo } from './memo.ts';

it('remembers like a map, in whatever order indices come', () => {
  const index = fc.oneof(fc.nat(20), fc.constantFrom(255, 65_536, 2 ** 32 - 1));
  fc.assert(
    fc.property(fc.array(fc.tuple(index, fc.integer())), (entries) => {
      const memo = new Memo();
      const map = new Map<number, number>();
      for (const [key, value] of entries) {
        memo.set(key, value);
        map.set(key, value);
        expect(memo.size).toBe(map.size);
      }
      for (const [key] of [...entries, [7], [2 ** 31]]) expect(memo.get(key!)).toBe(map.get(key!));
    }),
    { seed: 20_261_123 },
  );
});
