import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { deviationOf, meanOf, quantileOf } from '../../reference/trailing-window.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import {
  isolationForestConformance,
  scoreDifference,
} from '../../testing/conformance/scikit-learn.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults } from '../../testing/peer-results.ts';
import { columns } from '../extract.ts';
import { anomaly } from './anomaly.ts';

describe('anomaly', () => {
  it('scores like the mean of twenty forests of scikit-learn 1.2.1 on the committed series', () => {
    const path = new URL('../../../fixtures/features-anomaly.json', import.meta.url);
    const { y, expected } = JSON.parse(readFileSync(path, 'utf8')) as {
      y: number[];
      expected: Record<string, (number | null)[]>;
    };
    const got = columns(anomaly, { y: Float64Array.from(y) });
    for (const [name, scores] of Object.entries(expected)) {
      const wanted = scores.map((score) => score ?? Number.NaN);
      expect(scoreDifference(name, got[name]!, wanted), name).toBeUndefined();
    }
  });

  it.runIf(hasPeerResults('isolation forest'))(
    'and on every series of the collection, as the table of conformance counts it',
    () => {
      const found = tally(isolationForestConformance);
      expect(found).toEqual(expectedTally(isolationForestConformance, found));
    },
  );

  it('measures a value against the values before it', () => {
    const random = createRandom(3);
    const y = Array.from({ length: 60 }, random);
    y[50] = 30;
    const got = columns(anomaly, { y: Float64Array.from(y) }, { window: 20 });
    for (const t of [20, 35, 50, 51]) {
      const before = y.slice(t - 20, t);
      expect(got.zscore![t]).toBeCloseTo((y[t]! - meanOf(before)) / deviationOf(before), 9);
      const [lower, upper] = [quantileOf(before, 0.25), quantileOf(before, 0.75)];
      const beyond = Math.max(0, y[t]! - upper) - Math.max(0, lower - y[t]!);
      expect(got.iqr_distance![t]).toBeCloseTo(beyond / (upper - lower), 9);
    }
    expect([got.zscore_anomaly![50], got.iqr_anomaly![50]]).toEqual([1, 1]);
    expect([got.zscore_anomaly![35], got.iqr_anomaly![35]]).toEqual([0, 0]);
    expect(got.zscore![9]).toBeNaN();
    expect(got.zscore![10]).not.toBeNaN();
  });

  it('measures a value against the whole series', () => {
    const y = [1, 2, 3, 4, Number.NaN, 100];
    const known = y.filter(Number.isFinite);
    const got = columns(anomaly, { y: Float64Array.from(y) });
    expect(got.zscore_series![5]).toBeCloseTo((100 - meanOf(known)) / deviationOf(known), 12);
    expect(got.iqr_distance_series![5]).toBeCloseTo((100 - 4) / (4 - 2), 12);
    expect(got.iqr_anomaly_series).toEqual(Float64Array.of(0, 0, 0, 0, NaN, 1));
  });

  it('gives numbers or nothing for any input', () => {
    for (const y of oddSeries(26, 1)) {
      for (const values of Object.values(columns(anomaly, { y }, { n_estimators: 3 }))) {
        expect(values.length).toBe(y.length);
        if (values.some((value) => Math.abs(value) === Infinity)) expect.fail('infinite');
      }
    }
  });

  it('refuses limits and windows that make no sense', () => {
    const y = new Float64Array(3);
    expect(() => columns(anomaly, { y }, { zscore_limit: 0 })).toThrow(InvalidInput);
    expect(() => columns(anomaly, { y }, { window: 1 })).toThrow(InvalidInput);
    expect(() => columns(anomaly, { y }, { n_estimators: 0 })).toThrow(InvalidInput);
  });
});
