import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import {
  deviationOf,
  meanOf,
  momentOf,
  quantileOf,
  windowAt,
} from '../../reference/trailing-window.ts';
import { tally } from '../../testing/conformance/comparison.ts';
import { rollingConformance } from '../../testing/conformance/pandas.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import { fixtureDisagreements } from '../../testing/conformance/tables.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults } from '../../testing/peer-results.ts';
import { columns } from '../extract.ts';
import { rolling } from './rolling.ts';
import { rollingWindows } from './rolling-windows.ts';

/** Every kind of trouble that leaves the definitions precise: levels, steps, outliers, gaps, ties. */
function* series() {
  const random = createRandom(11);
  for (const n of [0, 1, 2, 5, 40, 110]) {
    yield Array.from({ length: n }, random);
    yield Array.from({ length: n }, () => 1e9 + random());
    yield Array.from({ length: n }, () => Math.floor(3 * random()));
    yield Array.from({ length: n }, () => (random() < 0.2 ? Number.NaN : random()));
    yield Array.from({ length: n }, () => (random() < 0.1 ? Number.POSITIVE_INFINITY : random()));
    yield Array.from({ length: n }, () => (random() < 0.05 ? 1e9 : random()));
    yield Array.from({ length: n }, (_, t) => (t < 50 ? 0 : 1e9) + random());
  }
}

describe('rolling', () => {
  it('has no deviation where squares overflow, rather than one of 0', () => {
    const y = Float64Array.from({ length: 30 }, (_, t) => 1e300 * Math.sin(t));
    const { mean_7, std_7, median_7 } = columns(rolling, { y }, { windows: [7] });
    expect(std_7!.every(Number.isNaN)).toBe(true);
    expect(mean_7!.subarray(6).every(Number.isFinite)).toBe(true);
    expect(median_7!.subarray(6).every(Number.isFinite)).toBe(true);
  });

  it('equals the definitions, whatever the level and whatever has left the window', () => {
    for (const y of series()) {
      for (const min_periods of [0, 1]) {
        const got = columns(
          rolling,
          { y: Float64Array.from(y) },
          { windows: [1, 3, 20], min_periods },
        );
        for (const window of [1, 3, 20]) {
          y.forEach((_, t) => {
            const values = windowAt(y, t, window);
            const enough = values.length >= (min_periods === 0 ? window : 1);
            const check = (name: string, want: number, tolerance: number) => {
              const value = got[`${name}_${window}`]![t]!;
              if (!enough || Number.isNaN(want)) expect(value).toBeNaN();
              else expect(Math.abs(value - want)).toBeLessThanOrEqual(tolerance * Math.abs(want));
            };
            check('mean', meanOf(values), 1e-12);
            check('std', deviationOf(values), 1e-8);
            check('min', Math.min(...values), 0);
            check('max', Math.max(...values), 0);
            check('median', quantileOf(values, 0.5), 1e-14);
            check('q25', quantileOf(values, 0.25), 1e-14);
            check('q75', quantileOf(values, 0.75), 1e-14);
          });
        }
      }
    }
  });

  it('gives exactly 0 for the deviation of equal values', () => {
    const y = new Float64Array(50).fill(0.1);
    expect(
      columns(rolling, { y }, { windows: [7] })
        .std_7!.subarray(6)
        .every((s) => s === 0),
    ).toBe(true);
  });

  it('gives what pandas 1.5.3 gives for the committed series', () => {
    for (const [id, min_periods] of [
      ['ties', 0],
      ['gaps', 1],
    ] as const) {
      const parameters = { windows: [3, 30], min_periods };
      expect(fixtureDisagreements(rollingConformance, 'rolling', id, parameters)).toEqual([]);
    }
  });

  it.runIf(hasPeerResults('rolling statistics'))(
    'equals pandas 1.5.3, as the table of conformance counts it',
    () => {
      const found = tally(rollingConformance);
      expect(found).toEqual(expectedTally(rollingConformance, found));
    },
  );

  it('refuses windows and least numbers that make no sense', () => {
    const y = new Float64Array(3);
    expect(() => columns(rolling, { y }, { windows: [0] })).toThrow(InvalidInput);
    expect(() => columns(rolling, { y }, { windows: [3, 3] })).toThrow(
      'windows: must name each value once, got 3, 3',
    );
    expect(() => columns(rolling, { y }, { windows: [3], min_periods: 4 })).toThrow(
      'min_periods: must be at most the window 3, got 4',
    );
  });
});

describe('rolling-windows', () => {
  it('equals the definitions', () => {
    for (const y of series()) {
      const got = columns(
        rollingWindows,
        { y: Float64Array.from(y) },
        { windows: [8], shape_windows: [8], alphas: [0.3] },
      );
      y.forEach((value, t) => {
        const values = windowAt(y, t, 8);
        const check = (name: string, want: number, tolerance = 1e-6) => {
          const own = got[name]![t]!;
          if (!Number.isFinite(want)) expect(own).toBeNaN();
          else expect(Math.abs(own - want)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(want)));
        };
        if (values.length === 8) {
          const mean = meanOf(values);
          check('iqr_8', quantileOf(values, 0.75) - quantileOf(values, 0.25));
          check('deviation_8', value - mean);
          check('zscore_8', (value - mean) / deviationOf(values));
          const [m2, m3, m4] = [2, 3, 4].map((power) => momentOf(values, power));
          const same = Math.min(...values) === Math.max(...values);
          const skew = (Math.sqrt(56) / 6) * (m3! / m2! ** 1.5);
          check('rolling_skew_8', same ? 0 : skew, 1e-5);
          const tails = (9 * m4!) / m2! ** 2 - 21;
          check('rolling_kurt_8', same ? -3 : (7 / 30) * tails, 1e-5);
        } else {
          for (const name of ['iqr_8', 'deviation_8', 'zscore_8', 'rolling_skew_8']) {
            expect(got[name]![t]).toBeNaN();
          }
        }
        const sofar = y.slice(0, t + 1).filter(Number.isFinite);
        check('expanding_mean', meanOf(sofar), 1e-12);
        check('expanding_std', deviationOf(sofar));
        const weights = y.slice(0, t + 1).map((v, i) => (Number.isFinite(v) ? 0.7 ** (t - i) : 0));
        const all = weights.reduce((sum, w) => sum + w, 0);
        const first = sofar[0] ?? Number.NaN;
        const sum = weights.reduce((s, w, i) => (w > 0 ? s + w * (y[i]! - first) : s), 0);
        check('ewm_mean_alpha0.3', first + sum / all, 1e-12);
        const squares = weights.reduce(
          (s, w, i) => (w > 0 ? s + w * (y[i]! - first - sum / all) ** 2 : s),
          0,
        );
        const factor = all ** 2 - weights.reduce((s, w) => s + w * w, 0);
        check('ewm_std_alpha0.3', sofar.length < 2 ? NaN : Math.sqrt((squares * all) / factor));
      });
    }
  });

  it('correlates neighbours like the definition', () => {
    const random = createRandom(12);
    const y = Array.from({ length: 60 }, () => 1e6 + random());
    const got = columns(rollingWindows, { y: Float64Array.from(y) }, { shape_windows: [10] });
    for (let t = 0; t < 60; t++) {
      const own = got.rolling_autocorr1_10![t]!;
      if (t < 10) expect(own).toBeNaN();
      else {
        const [a, b] = [y.slice(t - 9, t + 1), y.slice(t - 10, t)];
        const [ma, mb] = [meanOf(a), meanOf(b)];
        const product = a.reduce((sum, value, i) => sum + (value - ma) * (b[i]! - mb), 0);
        expect(own).toBeCloseTo(product / (9 * deviationOf(a) * deviationOf(b)), 8);
      }
    }
  });

  it('does not mind the unit of the values', () => {
    const random = createRandom(13);
    const y = Float64Array.from({ length: 80 }, random);
    const plain = columns(rollingWindows, { y });
    for (const unit of [1e-140, 1e140]) {
      const scaled = columns(rollingWindows, { y: y.map((value) => value * unit) });
      for (const name of [
        'rolling_skew_30',
        'rolling_kurt_30',
        'rolling_autocorr1_30',
        'zscore_7',
      ]) {
        expect(scaled[name]![70]! / plain[name]![70]!).toBeCloseTo(1, 9);
      }
    }
  });

  it('refuses an alpha that makes no sense', () => {
    expect(() => columns(rollingWindows, { y: new Float64Array(1) }, { alphas: [1.5] })).toThrow(
      'alpha: must be at least 0 and below 1, got 1.5',
    );
  });
});

describe('both sets', () => {
  it('give finite numbers or nothing for any input', () => {
    for (const y of oddSeries(21, 1)) {
      for (const set of [rolling, rollingWindows]) {
        for (const [name, values] of Object.entries(columns(set, { y }))) {
          expect(values.length).toBe(y.length);
          for (const value of values) {
            if (Math.abs(value) === Number.POSITIVE_INFINITY) expect.fail(`${name}: ${value}`);
          }
        }
      }
    }
  });
});
