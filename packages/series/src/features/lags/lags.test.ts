import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import { lagsConformance } from '../../testing/conformance/pandas.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { fixtureDisagreements } from '../../testing/conformance/tables.ts';
import { hasPeerResults } from '../../testing/peer-results.ts';
import { columns } from '../extract.ts';
import { lags } from './lags.ts';

describe('lags', () => {
  it('looks back and nowhere else', () => {
    const y = Float64Array.of(1, 2, 4, Number.NaN, 0, 5);
    const got = columns(lags, { y }, { lags: [1, 3], summaries: false });
    expect(got).toEqual({
      lag_1: Float64Array.of(NaN, 1, 2, 4, NaN, 0),
      diff_1: Float64Array.of(NaN, 1, 2, NaN, NaN, 5),
      pct_change_1: Float64Array.of(NaN, 1, 1, NaN, NaN, Infinity),
      lag_3: Float64Array.of(NaN, NaN, NaN, 1, 2, 4),
      diff_3: Float64Array.of(NaN, NaN, NaN, NaN, -2, 1),
      pct_change_3: Float64Array.of(NaN, NaN, NaN, NaN, -1, 0.25),
    });
  });

  it('takes infinities for missing', () => {
    const y = Float64Array.of(Number.POSITIVE_INFINITY, 3);
    const got = columns(lags, { y }, { lags: [1], summaries: false });
    expect(got.lag_1).toEqual(Float64Array.of(NaN, NaN));
    expect(got.diff_1).toEqual(Float64Array.of(NaN, NaN));
  });

  it('gives what pandas 1.5.3 gives for the committed series', () => {
    for (const id of ['ties', 'gaps']) {
      expect(fixtureDisagreements(lagsConformance, 'lags', id)).toEqual([]);
    }
  });

  it.runIf(hasPeerResults('lags and weighted statistics'))(
    'equals pandas 1.5.3, as the table of conformance counts it',
    () => {
      const found = tally(lagsConformance);
      expect(found).toEqual(expectedTally(lagsConformance, found));
    },
  );

  it('refuses a lag of 0', () => {
    expect(() => columns(lags, { y: new Float64Array(1) }, { lags: [0] })).toThrow(InvalidInput);
  });
});
