import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { autocorrelationAt } from '../../reference/autocorrelation.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import { acfConformance } from '../../testing/conformance/statsmodels.ts';
import { fixtureDisagreements } from '../../testing/conformance/summaries.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults } from '../../testing/peer-results.ts';
import { summariser } from '../extract.ts';
import { acf } from './acf.ts';
import { rollingCorrelation } from './rolling-correlation.ts';

const summarise = summariser(acf);

describe('acf', () => {
  it('gives what statsmodels 0.13.5 gives for the committed series', () => {
    expect(fixtureDisagreements(acfConformance, 'acf')).toEqual([]);
  });

  it.runIf(hasPeerResults('autocorrelation on all series'))(
    'gives what statsmodels 0.13.5 gives for every series of the collection, as the table of conformance counts it',
    () => {
      const found = tally(acfConformance);
      expect(found).toEqual(expectedTally(acfConformance, found));
    },
  );

  it('equals the definition', () => {
    const y = Array.from({ length: 60 }, createRandom(8));
    const got = summarise(Float64Array.from(y));
    const values = got.acf_nlags40 as readonly number[];
    // Half the series at most.
    expect(values.length).toBe(30);
    values.forEach((value, lag) => {
      expect(value).toBeCloseTo(autocorrelationAt(y, lag), 12);
    });
  });

  it('gives the same keys, and numbers or nothing, for any input', () => {
    const keys = Object.keys(summarise(new Float64Array(0)));
    for (const y of oddSeries(24, 1)) {
      const got = summarise(y);
      expect(Object.keys(got)).toEqual(keys);
      for (const value of Object.values(got).flat()) {
        if (Math.abs(value as number) === Number.POSITIVE_INFINITY) expect.fail('infinite');
      }
    }
  });
});

describe('rollingCorrelation', () => {
  it('is 1 and −1 for lines, and nothing for gaps and constants', () => {
    const line = Float64Array.from({ length: 8 }, (_, t) => t);
    const other = Float64Array.of(5, 3, 1, -1, Number.NaN, 7, 7, 7);
    const got = rollingCorrelation(line, other, 3);
    expect([...got.subarray(0, 2)]).toEqual([NaN, NaN]);
    expect(got[2]).toBeCloseTo(-1, 12);
    expect(got[3]).toBeCloseTo(-1, 12);
    expect([...got.subarray(4)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(rollingCorrelation(line, line, 3)[7]).toBeCloseTo(1, 12);
  });
});
