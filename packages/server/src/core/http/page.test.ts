import { expect, it } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageOfRows } from './page.ts';

it('gives a cursor only when there is more', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  const page = pageOfRows(rows, 2, (row) => row.id);
  expect(page.items).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(decodeCursor(page.nextCursor ?? '', z.string())).toBe('b');
  expect(pageOfRows(rows, 3, (row) => row.id)).toEqual({ items: rows, nextCursor: null });
  expect(pageOfRows([], 3, () => '')).toEqual({ items: [], nextCursor: null });
});

it('carries keys of several parts', () => {
  const key = z.tuple([z.number(), z.string()]);
  expect(decodeCursor(encodeCursor([12, '売上']), key)).toEqual([12, '売上']);
});

it.each(['', 'nonsense', encodeCursor({ a: 1 }), '%%%'])('refuses the cursor %j', (cursor) => {
  expect(() => decodeCursor(cursor, z.string())).toThrow('Start again');
});
