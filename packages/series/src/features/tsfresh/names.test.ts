import { describe, expect, it } from 'vitest';
import { aliasOf, featureName, parseFeatureName, real } from './names.ts';

describe('names', () => {
  it.each([
    ['mean', 'mean', {}],
    ['fft_coefficient__attr_"abs"__coeff_1', 'fft_coefficient', { coeff: 1, attr: 'abs' }],
    [
      'cwt_coefficients__coeff_0__w_2__widths_(2, 5)',
      'cwt_coefficients',
      { widths: [2, 5], coeff: 0, w: 2 },
    ],
    ['cid_ce__normalize_True', 'cid_ce', { normalize: true }],
    ['symmetry_looking__r_0.15000000000000002', 'symmetry_looking', { r: 0.05 * 3 }],
    ['symmetry_looking__r_0.0', 'symmetry_looking', { r: real(0) }],
    ['range_count__max_0__min_-1000000000000.0', 'range_count', { min: real(-1e12), max: 0 }],
    ['value_count__value_1e-05', 'value_count', { value: 0.00001 }],
    ['value_count__value_1.5e+16', 'value_count', { value: 1.5e16 }],
    ['value_count__value_nan', 'value_count', { value: Number.NaN }],
    [
      'query_similarity_count__query_None__threshold_0.0',
      'query_similarity_count',
      { query: null, threshold: real(0) },
    ],
  ])('%s is written and read back', (name, calculator, parameters) => {
    expect(featureName(calculator, parameters)).toBe(name);
    expect(parseFeatureName(name)).toEqual({ calculator, parameters });
  });

  it.each(['quantile__q', 'quantile__q_', 'quantile__q_abc', 'quantile__0.5', 'a__b_(1, x)'])(
    'refuses %s',
    (name) => {
      expect(() => parseFeatureName(name)).toThrow('feature: has a part that is not name_value');
    },
  );

  it('have aliases of letters, digits and underscores', () => {
    expect(aliasOf('symmetry_looking__r_0.15000000000000002')).toBe('symmetry_looking_r_0_15');
    expect(aliasOf('range_count__max_0__min_-1000000000000.0')).toBe(
      'range_count_max_0_min_minus_1000000000000',
    );
    expect(aliasOf('change_quantiles__f_agg_"mean"__isabs_False__qh_0.2__ql_0.0')).toBe(
      'change_quantiles_f_agg_mean_isabs_false_qh_0_2_ql_0',
    );
  });
});
