import { describe, expect, it } from 'vitest';
import { parseFilters } from './filters.ts';

describe('filters', () => {
  it('are gathered by dimension, in the order given; a value may hold colons', () => {
    const items = ['country:Germany', 'product:A:1', 'country:', 'country:日本'];
    expect(parseFilters(items, ['country', 'product'])).toEqual({
      country: ['Germany', '', '日本'],
      product: ['A:1'],
    });
    expect(parseFilters([], ['country'])).toEqual({});
  });

  it.each(['planet:Mars', 'country', ':Germany', '', '__proto__:x', 'toString:x'])(
    'refuse %j, naming the dimensions there are',
    (filter) => {
      expect(() => parseFilters([filter], ['country', 'product'])).toThrow(
        `one of country, product, got ${filter}`,
      );
    },
  );

  it('of a dimension that every object has are kept like any other', () => {
    expect(parseFilters(['constructor:x'], ['constructor'])).toEqual({ constructor: ['x'] });
  });
});
