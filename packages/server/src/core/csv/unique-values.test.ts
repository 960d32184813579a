import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUniqueValues } from './unique-values.ts';

describe('createUniqueValues', () => {
  it('says of each value whether it is new, as a Set does', () => {
    const value = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.integer({ min: -40, max: 40 }),
      fc.double(),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (values) => {
        const unique = createUniqueValues();
        const set = new Set<string | number>();
        for (const one of values) {
          // Positive and negative zero, and the many NaN, are not values of a column.
          if (typeof one === 'number' && (one === 0 || Number.isNaN(one))) continue;
          expect(unique.add(one)).toBe(!set.has(one));
          set.add(one);
        }
      }),
      { seed: 20250409, numRuns: 200 },
    );
  });

  it('keeps half a million numbers and codes apart', () => {
    const unique = createUniqueValues();
    let fresh = 0;
    for (let i = 0; i < 250_000; i++) {
      if (unique.add(i)) fresh++;
      if (unique.add(`A-${i}`)) fresh++;
    }
    expect(fresh).toBe(500_000);
    expect(unique.add(249_999)).toBe(false);
    expect(unique.add('A-0')).toBe(false);
  });

  it('stops where its memory would end', () => {
    const unique = createUniqueValues(3);
    for (const value of [1, 2, 3, 3]) unique.add(value);
    expect(() => unique.add(4)).toThrow('more than 3 different values');
  });
});
