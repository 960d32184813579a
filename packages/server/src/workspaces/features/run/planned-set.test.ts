import { describe, expect, it } from 'vitest';
import { runBody } from '../contract.ts';
import { plannedSets } from './planned-set.ts';

const namesOf = (sets: readonly object[]): string[] =>
  plannedSets(runBody.parse({ sets })).map(({ name }) => name);

describe('the computations of a run', () => {
  it('are there once, however often they are asked for', () => {
    const sets = [
      { set: 'lags' },
      { set: 'catch22' },
      { set: 'lags' },
      { set: 'catch22', windows: { points: 90 } },
    ];
    expect(namesOf(sets)).toEqual(['lags', 'catch22', 'catch22@90']);
  });

  it('may have windows of several lengths', () => {
    const sets = [60, 90].map((points) => ({ set: 'catch22', windows: { points }, whole: false }));
    expect(namesOf(sets)).toEqual(['catch22@60', 'catch22@90']);
  });

  it('are refused in two ways at once', () => {
    const sets = [{ set: 'lags' }, { set: 'lags', parameters: { lags: [1] } }];
    expect(() => namesOf(sets)).toThrow(expect.objectContaining({ code: 'FEATURES_SET_TWICE' }));
  });
});
