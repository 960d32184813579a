import {
  type FeatureInfo,
  type FeatureParameter,
  type FeatureSet,
  featureSets,
  parametersOf,
} from '@kizashi/series';
import { describe, expect, it } from 'vitest';
import { parameterText } from '../parameter-texts.ts';
import { japaneseFormula } from './formula.ts';
import { japaneseUnit } from './unit.ts';

/** Parameters other than the defaults: they change texts, and make features that the defaults do not have. */
const others: Readonly<Record<string, Readonly<Record<string, FeatureParameter>>>> = {
  rolling: { windows: [5] },
  'rolling-windows': { windows: [5], shape_windows: [9], alphas: [0.05, 1e-7] },
  lags: { lags: [4, 400] },
  acf: { nlags: 7, pacf_nlags: 6, ljungbox_lags: [3] },
  anomaly: { window: 12, zscore_limit: 2.5, iqr_limit: 3 },
  calendar: { fourier_periods: [24.5], fourier_orders: [5], holidays: [0, 100] },
  lottery: { lowest: 0, highest: 9, windows: [25], correlation_window: 20 },
  antropy: { permOrder: 6, longPermDelay: 4, nperseg: 32, svdOrder: 5, toleranceSd: 0.15, kmax: 6 },
  'matrix-profile': { m: 33 },
  motifs: { m: 33 },
  tsfel: { fs: 0.5 },
  tsfeatures: { freq: 12 },
  static: { m: 12 },
};

function featuresOf(
  set: FeatureSet,
  overrides?: Readonly<Record<string, FeatureParameter>>,
): readonly FeatureInfo[] {
  const parameters = parametersOf(set, overrides);
  return set.kind === 'summary'
    ? set.features(parameters)
    : set.groups(parameters).flatMap((group) => group.columns);
}

const features = featureSets.flatMap((set) => [
  ...featuresOf(set),
  ...featuresOf(set, others[set.name]),
]);
const numbersIn = (text: string) => text.match(/\d+(?:[.,]\d+)*/g) ?? [];

describe('the Japanese of a feature', () => {
  it('is there for every feature of every set, whatever its parameters', () => {
    const without = features.filter(({ formula }) => japaneseFormula(formula) === undefined);
    expect(without.map(({ name, formula }) => `${name}: ${formula}`)).toEqual([]);
  });

  it('has the parameters of the English one', () => {
    const [{ formula }] = featuresOf(featureSets[0]!, { windows: [5] }) as [FeatureInfo];
    expect(japaneseFormula(formula)).toBe('直近5点（t を含む）の平均。');
    expect(
      japaneseFormula('y(t) / y(t − 60) − 1, a fraction; ±Infinity where y(t − 60) is 0.'),
    ).toBe(
      '60点前からの変化率 y(t) / y(t − 60) − 1（小数。百分率ではない）。y(t − 60) が0なら±∞。',
    );
    expect(
      japaneseFormula('y(t) / y(t − 60) − 1, a fraction; ±Infinity where y(t − 61) is 0.'),
    ).toBeUndefined();
  });

  it('translates a text inside another one', () => {
    expect(japaneseFormula('Autocorrelation at lag 1. Of (y − mean) / sd, divisor n − 1.')).toBe(
      'ラグ1の自己相関。標準化した系列 (y − 平均) / 標準偏差（除数 n − 1）で求める。',
    );
    expect(japaneseFormula('Nobody knows. Of (y − mean) / sd, divisor n − 1.')).toBeUndefined();
  });

  it('is Japanese, ends like the English one, leaves out no number and has no words of it', () => {
    for (const { formula } of features) {
      const japanese = japaneseFormula(formula)!;
      expect(japanese).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      expect(japanese).not.toMatch(/\b(the|of|and|or|is|are|in|with|where|which|by|over)\b/i);
      expect(japanese.endsWith('。'), japanese).toBe(formula.endsWith('.'));
      expect(numbersIn(japanese), japanese).toEqual(expect.arrayContaining(numbersIn(formula)));
    }
  });

  it('is there for the parameters of every set, beside the English', () => {
    for (const set of featureSets) {
      for (const name of Object.keys(set.defaults)) {
        const { en, ja } = parameterText(set.name, name);
        expect(en, `${set.name} ${name}`).not.toBe(name);
        expect(ja).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      }
    }
  });

  it('tells units in Japanese where they are words', () => {
    expect(japaneseUnit('samples')).toBe('点');
    expect(japaneseUnit('y²/Hz')).toBe('y²/Hz');
    for (const { unit } of features) {
      // What is left of the Latin alphabet: symbols, and parameters in a feature's name.
      const words = japaneseUnit(unit).replaceAll(
        /f_agg|coeff|intercept|slope|stderr|normalize|Hz/g,
        '',
      );
      expect(words).not.toMatch(/[a-z]{2}/i);
    }
  });
});
