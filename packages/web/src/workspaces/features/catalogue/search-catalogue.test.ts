import { describe, expect, it } from 'vitest';
import { entriesOf, found } from './search-catalogue.ts';

const feature = (name: string, formula: string, pointInTime = false) => ({
  name,
  alias: null,
  formula,
  source: 'a book',
  unit: '1',
  cost: 'n',
  missing: 'dropped',
  pointInTime,
  curated: false,
});
const set = { kind: 'summary' as const, version: 1, parameters: {}, default: true, agreement: [] };
const entries = entriesOf({
  sets: [
    {
      ...set,
      name: 'antropy',
      pipeline: 'antropy',
      features: [feature('katz_fd', 'Fractal dimension.'), feature('perm_entropy', 'In bits.')],
    },
    {
      ...set,
      name: 'rolling',
      pipeline: 'basic',
      kind: 'columns',
      features: [feature('mean_7', 'Mean of the last 7 values.', true)],
    },
  ],
});
const all = { search: '', pipeline: undefined, set: undefined, pointInTime: false };
const names = (choice: Partial<Parameters<typeof found>[1]>) =>
  found(entries, { ...all, ...choice }).map((entry) => entry.feature.name);

describe('a search in the catalogue', () => {
  it('finds every word wherever it stands, in any case or width', () => {
    expect(names({ search: 'ANTROPY fractal' })).toEqual(['katz_fd']);
    expect(names({ search: 'ｍｅａｎ ７' })).toEqual(['mean_7']);
    expect(names({ search: 'entropy wavelet' })).toEqual([]);
  });

  it('can be narrowed to a pipeline, and to features that do not look ahead', () => {
    expect(names({ pipeline: 'antropy' })).toHaveLength(2);
    expect(names({ pointInTime: true })).toEqual(['mean_7']);
    expect(names({})).toHaveLength(3);
  });
});
