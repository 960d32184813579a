import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { catch22Conformance } from '../../testing/conformance/catch22.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import { fixtureDisagreements } from '../../testing/conformance/summaries.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults } from '../../testing/peer-results.ts';
import { summariser } from '../extract.ts';
import { catch22 } from './catch22.ts';

const summarise = summariser(catch22);
describe('catch22', () => {
  it('gives what catch22 0.5.0 gives for the committed series', () => {
    expect(fixtureDisagreements(catch22Conformance, 'catch22')).toEqual([]);
  });

  it.runIf(hasPeerResults('catch22 on all series'))(
    'gives what catch22 0.5.0 gives for every series of the collection, as the table of conformance counts it',
    () => {
      const found = tally(catch22Conformance);
      expect(found).toEqual(expectedTally(catch22Conformance, found));
    },
  );

  it('has a name, a formula and a source for each of 24 features', () => {
    const features = catch22.features({});
    expect(new Set(features.map(({ name }) => name)).size).toBe(24);
    expect(features.every(({ formula, source }) => formula !== '' && source !== '')).toBe(true);
  });

  it('does not change with the level and the size of the values, but for mean and deviation', () => {
    const random = createRandom(3);
    const y = Float64Array.from({ length: 300 }, () => random() - 0.5);
    const { DN_Mean: mean, DN_Spread_Std: sd, ...rest } = summarise(y);
    const { DN_Mean: _, DN_Spread_Std: __, ...moved } = summarise(y.map((v) => 8 * v + 5));
    for (const [name, value] of Object.entries(rest)) {
      expect(moved[name], name).toBeCloseTo(value as number, 9);
    }
    const huge = summarise(y.map((v) => v * 2 ** 1000));
    expect(huge.DN_Mean).toBe((mean as number) * 2 ** 1000);
    expect(huge.DN_Spread_Std).toBe((sd as number) * 2 ** 1000);
    expect(huge.SB_MotifThree_quantile_hh).toBe(rest.SB_MotifThree_quantile_hh);
  });

  it('is null where a value is missing, as in the peer', () => {
    const values = Object.values(summarise(Float64Array.of(1, 2, Number.NaN, 4, 5, 6)));
    expect(values.every((value) => value === null)).toBe(true);
  });

  it('takes a constant series as constant even where its mean is not exact', () => {
    const values = summarise(new Float64Array(100).fill(0.1));
    expect(values).toMatchObject({ DN_Mean: 0.1, DN_Spread_Std: 0, CO_f1ecac: 0 });
    expect(values.DN_HistogramMode_5).toBeNull();
  });

  it('finds the repeats of a series that repeats exactly', () => {
    const y = Float64Array.from({ length: 600 }, (_, t) => [1, 2, -0.5, -1, -2, 0.5][t % 6]!);
    expect(summarise(y).IN_AutoMutualInfoStats_40_gaussian_fmmi).toBe(3);
  });

  it('gives numbers or null for whatever it is given', () => {
    const names = Object.keys(summarise(new Float64Array(0)));
    for (const y of oddSeries(22)) {
      const got = summarise(y);
      expect(Object.keys(got)).toEqual(names);
      for (const value of Object.values(got)) {
        expect(value === null || Number.isFinite(value)).toBe(true);
      }
    }
  });
});
