import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-params.ts';

describe('parseSearch', () => {
  it('gives text for one value and a list for several', () => {
    expect(parseSearch('?from=2011-01-01&filter=a&filter=b&n=12')).toEqual({
      from: '2011-01-01',
      filter: ['a', 'b'],
      n: '12',
    });
  });

  it('is empty without parameters', () => {
    expect(parseSearch('')).toEqual({});
  });
});

describe('stringifySearch', () => {
  it('is readable and leaves out what is not set', () => {
    expect(
      stringifySearch({ filter: ['country:EIRE', 'product:a,b'], to: undefined, x: [], y: null }),
    ).toBe('?filter=country:EIRE&filter=product:a,b');
    expect(stringifySearch({})).toBe('');
  });

  it('round-trips text that means something in an address', () => {
    const search = { q: 'a&b=c#d %3A 日本', filter: ['x:y', 'z:1+1'] };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });
});
