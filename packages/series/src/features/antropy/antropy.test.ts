import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { antropyConformance } from '../../testing/conformance/antropy.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import { fixtureDisagreements, readFixture } from '../../testing/conformance/summaries.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults } from '../../testing/peer-results.ts';
import { summariser } from '../extract.ts';
import { antropy } from './antropy.ts';

const summarise = summariser(antropy);

function noise(n: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => random() - 0.5);
}

describe('the AntroPy set', () => {
  it('gives what AntroPy 0.1.9 gives for the committed series', () => {
    expect(fixtureDisagreements(antropyConformance, 'antropy')).toEqual([]);
  });

  it.runIf(hasPeerResults('antropy on all series'))(
    'gives what AntroPy 0.1.9 gives for every series of the collection, as the table of conformance counts it',
    () => {
      const found = tally(antropyConformance);
      expect(found).toEqual(expectedTally(antropyConformance, found));
    },
  );

  it('has the names of the recorded results, in their order', () => {
    const names = antropy.features(antropy.defaults).map(({ name }) => name);
    expect(names).toEqual(Object.keys(readFixture('antropy').expected.ar1_500!));
  });

  it('puts overridden parameters into the names', () => {
    const values = summariser(antropy, { kmax: 5, sampleOrders: [4], permOrder: 4 })(noise(300, 1));
    expect(values.higuchi_fd_kmax5).toBeTypeOf('number');
    expect(values.sample_entropy_order4).toBeTypeOf('number');
    expect(values.perm_entropy_order4_delay1).toBeLessThan(Math.log2(24));
    expect(Object.keys(values)).toHaveLength(19);
  });

  it('refuses parameters that make no sense', () => {
    for (const wrong of [{ permOrder: 1 }, { kmax: 0 }, { sampleOrders: [2, 2] }, { sf: 0 }]) {
      expect(() => summariser(antropy, wrong)).toThrow('must');
    }
  });

  it('leaves missing values out', () => {
    const y = noise(200, 2);
    const gaps = [...y.subarray(0, 50), Number.NaN, ...y.subarray(50), Number.POSITIVE_INFINITY];
    expect(summarise(Float64Array.from(gaps))).toEqual(summarise(y));
  });

  it('does not depend on the unit, however large or small', () => {
    const y = noise(300, 4);
    const plain = summarise(y);
    for (const unit of [2 ** 1000, 2 ** -1000]) {
      for (const [name, value] of Object.entries(summarise(y.map((v) => v * unit)))) {
        expect(value, name).toBeCloseTo(plain[name] as number, 6);
      }
    }
  });

  it('takes a difference equal to the tolerance for alike from 5,000 values on, below for different, as AntroPy does', () => {
    // As many 1 as −1: the standard deviation is 1 and a tolerance of 2 is exactly the distance between them.
    const random = createRandom(6);
    const y = new Float64Array(5000);
    for (let t = 0; t < y.length; t += 2) {
      y[t] = random() < 0.5 ? 1 : -1;
      y[t + 1] = -y[t]!;
    }
    const exact = summariser(antropy, { toleranceSd: 2 });
    expect(exact(y).sample_entropy_order2).toBe(0);
    expect(exact(y.subarray(0, 4998)).sample_entropy_order2).toBeGreaterThan(0.3);
    expect(exact(y).app_entropy_order2).toBe(0);
  });

  it('gives numbers or null for whatever it is given', () => {
    const names = Object.keys(summarise(new Float64Array(0)));
    for (const y of oddSeries(33, 2)) {
      const got = summarise(y);
      expect(Object.keys(got)).toEqual(names);
      for (const value of Object.values(got)) expect(Number.isNaN(value)).toBe(false);
    }
  });

  it('is null everywhere for an empty series and one that is all missing', () => {
    for (const y of [new Float64Array(0), new Float64Array(9).fill(Number.NaN)]) {
      expect(Object.values(summarise(y)).every((value) => value === null)).toBe(true);
    }
  });
});
