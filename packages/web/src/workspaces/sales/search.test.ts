import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '../../app/search-params.ts';
import {
  filterParameters,
  forecastSearchSchema,
  type HomeSearch,
  homeSearchSchema,
  toggled,
} from './search.ts';

describe('a view in the address bar', () => {
  it.each<HomeSearch>([
    {},
    { period: 'last-28-days' },
    { from: '2011-10-01', to: '2011-12-09', bucket: 'week', horizon: 12, compare: 'true' },
    { country: ['Germany', 'Côte d’Ivoire'], product: ['22423', '85123A'], customer: ['017850'] },
    { product: ['a:b', '=1+1', '"quoted"', 'x&y=z', 'true', '赤い傘'] },
  ])('comes back as it was: %j', (search) => {
    expect(homeSearchSchema.parse(parseSearch(stringifySearch(search)))).toEqual(search);
  });

  it('comes back with its levels', () => {
    const search = { measure: 'sales.revenue', levels: [0.8, 0.95], horizon: 28 };
    expect(forecastSearchSchema.parse(parseSearch(stringifySearch(search)))).toEqual(search);
    expect(forecastSearchSchema.parse(parseSearch('?levels=0.9')).levels).toEqual([0.9]);
  });

  it('reads values typed by hand', () => {
    expect(homeSearchSchema.parse(parseSearch('?country=France&product=22423'))).toEqual({
      country: ['France'],
      product: ['22423'],
    });
  });

  it('leaves out what it cannot read instead of failing', () => {
    const link =
      '?period=last-century&from=2011-02-30&to=x&bucket=hour&horizon=-1&country=&compare=2';
    expect(homeSearchSchema.parse(parseSearch(link))).toEqual({});
    expect(forecastSearchSchema.parse(parseSearch('?horizon=9999&levels=2&model=magic'))).toEqual(
      {},
    );
  });

  it('drops values given twice', () => {
    expect(homeSearchSchema.parse({ country: ['A', 'A', 'B'] }).country).toEqual(['A', 'B']);
  });
});

describe('filters', () => {
  it('become parameters of the API', () => {
    expect(filterParameters({ country: ['Germany', 'France'], product: ['a:b'] })).toEqual([
      'country:Germany',
      'country:France',
      'product:a:b',
    ]);
  });

  it('go on and off', () => {
    const on = toggled({}, 'country', 'Germany');
    expect(on).toEqual({ country: ['Germany'] });
    expect(toggled({ country: ['France'] }, 'country', 'Germany').country).toEqual([
      'France',
      'Germany',
    ]);
    expect(toggled(on, 'country', 'Germany')).toEqual({ country: undefined });
  });
});
