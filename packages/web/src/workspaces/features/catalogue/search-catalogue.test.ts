import { describe, expect, it } from 'vitest';
import { entriesOf, found } from './search-catalogue.ts';

const feature = (name: string, en: string, ja: string, pointInTime = false) => ({
  name,
  alias: null,
  formula: { en, ja },
  source: 'a book',
  unit: { en: '1', ja: '1' },
  cost: 'n' as const,
  missing: 'dropped' as const,
  pointInTime,
  curated: false,
});
const set = {
  kind: 'summary' as const,
  version: 1,
  parameters: {},
  parameterTexts: {},
  default: true,
  agreement: [],
};
const entries = entriesOf({
  sets: [
    {
      ...set,
      name: 'antropy',
      pipeline: 'antropy',
      features: [
        feature('katz_fd', 'Fractal dimension.', 'カッツのフラクタル次元。'),
        feature('perm_entropy', 'In bits.', '順列エントロピー。'),
      ],
    },
    {
      ...set,
      name: 'rolling',
      pipeline: 'basic',
      kind: 'columns',
      features: [feature('mean_7', 'Mean of the last 7 values.', '直近7点の平均。', true)],
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

  it('finds Japanese words, also half-width ones and beside English ones', () => {
    expect(names({ search: '順列 entropy' })).toEqual(['perm_entropy']);
    expect(names({ search: 'ﾌﾗｸﾀﾙ' })).toEqual(['katz_fd']);
    expect(names({ search: '７点の平均' })).toEqual(['mean_7']);
  });

  it('can be narrowed to a pipeline, and to features that do not look ahead', () => {
    expect(names({ pipeline: 'antropy' })).toHaveLength(2);
    expect(names({ pointInTime: true })).toEqual(['mean_7']);
    expect(names({})).toHaveLength(3);
  });
});
