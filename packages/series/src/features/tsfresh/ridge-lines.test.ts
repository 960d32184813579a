import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { ridgeLinesBySearch } from '../../reference/ridge-lines-by-search.ts';
import { type RidgeLine, ridgeLines } from './ridge-lines.ts';

const inOrder = (lines: readonly RidgeLine[]) =>
  lines.map(({ length, row, column }) => `${column} ${row} ${length}`).toSorted();

describe('ridgeLines', () => {
  it('follows a maximum that moves, and ends at a gap of two rows', () => {
    const at = (column: number) =>
      Float64Array.from({ length: 9 }, (_, t) => -Math.abs(t - column));
    const flat = new Float64Array(9);
    expect(ridgeLines([at(4), at(4), at(4), at(4), at(5)])).toMatchObject([
      { length: 5, row: 0, column: 4 },
    ]);
    expect(ridgeLines([at(4), flat, flat, at(4)])).toMatchObject([
      { length: 1, row: 3, column: 4 },
      { length: 1, row: 0, column: 4 },
    ]);
    expect(ridgeLines([flat, flat])).toEqual([]);
  });

  it('equals the search through all lines on random rows', () => {
    const random = createRandom(17);
    for (const rows of [1, 2, 5, 9, 24]) {
      for (const n of [0, 1, 3, 10, 60, 200]) {
        const values = Array.from({ length: rows }, () =>
          Float64Array.from({ length: n }, () => Math.floor(random() * 5)),
        );
        expect(inOrder(ridgeLines(values))).toEqual(inOrder(ridgeLinesBySearch(values)));
      }
    }
  });
});
