import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';
import { acf } from './autocorrelation/acf.ts';
import { catch22 } from './catch22/catch22.ts';
import { summariser } from './extract.ts';
import type { SummarySet } from './feature.ts';
import { featureSets } from './sets.ts';
import { trailingWindows } from './trailing-windows.ts';

const random = createRandom(6);
const y = Float64Array.from({ length: 150 }, random);
const summarySets = featureSets.filter((set): set is SummarySet => set.kind === 'summary');

describe('trailingWindows', () => {
  it('summarises the last values at each step', () => {
    const got = trailingWindows(catch22, y, { window: 60, step: 25 });
    const summarise = summariser(catch22);
    for (let t = 0; t < y.length; t++) {
      const isStep = t >= 59 && (t - 59) % 25 === 0;
      const want = isStep ? summarise(y.slice(t - 59, t + 1)) : {};
      for (const [name, column] of Object.entries(got)) {
        expect(column[t]).toBe(want[name] ?? Number.NaN);
      }
    }
  });

  it('computes chosen features only', () => {
    const got = trailingWindows(catch22, y, { only: new Set(['CO_f1ecac', 'DN_Mean']) });
    expect(Object.keys(got).sort()).toEqual(['CO_f1ecac', 'DN_Mean']);
    expect(got.DN_Mean!.findIndex((value) => !Number.isNaN(value))).toBe(89);
  });

  it('spreads features of several numbers over columns', () => {
    const only = new Set(['acf_nlags3', 'adfuller_c_aic']);
    const got = trailingWindows(acf, y, { window: 50, only, parameters: { nlags: 3 } });
    expect(got.acf_nlags3__0![60]).toBe(1);
    expect(Object.keys(got).filter((name) => name.startsWith('acf_nlags3'))).toHaveLength(4);
    const want = summariser(acf, { nlags: 3 })(y.slice(11, 61)).adfuller_c_aic as number[];
    expect(got.adfuller_c_aic__1![60]).toBe(want[1]);
  });

  it('has a column for every feature even where no window is full', () => {
    const got = trailingWindows(catch22, y.subarray(0, 5), { window: 6 });
    expect(Object.keys(got).length).toBe(24);
    expect(Object.values(got).every((column) => column.every(Number.isNaN))).toBe(true);
    expect(trailingWindows(catch22, new Float64Array(0)).DN_Mean).toEqual(new Float64Array(0));
  });

  it.each(summarySets.map((set) => [set.name, set] as const))(
    'of %s knows nothing of what comes after',
    (_, set) => {
      const options = { window: 40, step: 30 };
      const whole = trailingWindows(set, y, options);
      const cut = trailingWindows(set, y.slice(0, 100), options);
      const changed = y.map((value, t) => (t < 100 ? value : 3 - value));
      const other = trailingWindows(set, changed, options);
      let compared = 0;
      for (const [name, column] of Object.entries(cut)) {
        // Features of several numbers change their columns with what is defined.
        if (column.every(Number.isNaN)) continue;
        expect(whole[name]!.subarray(0, 100), name).toEqual(column);
        expect(other[name]!.subarray(0, 100), name).toEqual(column);
        compared++;
      }
      expect(compared).toBeGreaterThan(0);
    },
  );

  it('refuses windows that make no sense', () => {
    expect(() => trailingWindows(catch22, y, { window: 0 })).toThrow(InvalidInput);
    expect(() => trailingWindows(catch22, y, { step: 1.5 })).toThrow(InvalidInput);
  });
});
