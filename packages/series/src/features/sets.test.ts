import { expect, it } from 'vitest';
import { columns, summariser } from './extract.ts';
import { columnSet, featureSets, summarySet } from './sets.ts';

it('finds each set by its name', () => {
  for (const set of featureSets) {
    expect(set.kind === 'summary' ? summarySet(set.name) : columnSet(set.name)).toBe(set);
  }
});

it('refuses a name of the other kind, or of none, and says which there are', () => {
  expect(() => summarySet('rolling')).toThrow(/set: must be one of .*catch22.*; got rolling/);
  expect(() => columnSet('catch22')).toThrow(/set: must be one of .*rolling.*; got catch22/);
});

it('works as the README says', () => {
  const y = Float64Array.from({ length: 40 }, (_, t) => Math.sin(t));
  expect(summariser(summarySet('catch22'))(y)).toHaveProperty('CO_f1ecac');
  const table = columns(columnSet('rolling'), { y });
  expect(table).toHaveProperty('mean_7');
  expect(table).toHaveProperty('median_30');
});
