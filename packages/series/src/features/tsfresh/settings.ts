/** Which parameters each calculator is asked for, in the form tsfresh has them: null for one without parameters. */
import { type Parameters, real } from './names.ts';

export type Settings = Readonly<Record<string, readonly Parameters[] | null>>;

/** Every combination, the last list changing fastest. */
function combinations(
  choices: Readonly<Record<string, readonly Parameters[string][]>>,
): Parameters[] {
  return Object.entries(choices).reduce<Parameters[]>(
    (all, [name, values]) =>
      all.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function each(name: string, values: readonly Parameters[string][]): Parameters[] {
  return values.map((value) => ({ [name]: value }));
}

const plain = (names: string): Settings =>
  Object.fromEntries(names.split(' ').map((name) => [name, null]));

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9];
const WIDTHS = [2, 5, 10, 20];
const LINE = ['pvalue', 'rvalue', 'intercept', 'slope', 'stderr'];

/** The set tsfresh calls efficient: all calculators but approximate and sample entropy. */
export const efficientSettings: Settings = {
  ...plain(
    'variance_larger_than_standard_deviation has_duplicate_max has_duplicate_min has_duplicate sum_values abs_energy mean_abs_change mean_change mean_second_derivative_central median mean length standard_deviation variation_coefficient variance skewness kurtosis root_mean_square absolute_sum_of_changes longest_strike_below_mean longest_strike_above_mean count_above_mean count_below_mean last_location_of_maximum first_location_of_maximum last_location_of_minimum first_location_of_minimum percentage_of_reoccurring_values_to_all_values percentage_of_reoccurring_datapoints_to_all_datapoints sum_of_reoccurring_values sum_of_reoccurring_data_points ratio_value_number_to_time_series_length maximum absolute_maximum minimum benford_correlation',
  ),
  time_reversal_asymmetry_statistic: each('lag', [1, 2, 3]),
  c3: each('lag', [1, 2, 3]),
  cid_ce: each('normalize', [true, false]),
  symmetry_looking: each(
    'r',
    range(0, 20).map((i) => real(i * 0.05)),
  ),
  large_standard_deviation: each(
    'r',
    range(1, 20).map((i) => i * 0.05),
  ),
  quantile: each('q', TENTHS),
  autocorrelation: each('lag', range(0, 10)),
  agg_autocorrelation: combinations({ f_agg: ['mean', 'median', 'var'], maxlag: [40] }),
  partial_autocorrelation: each('lag', range(0, 10)),
  number_cwt_peaks: each('n', [1, 5]),
  number_peaks: each('n', [1, 3, 5, 10, 50]),
  binned_entropy: each('max_bins', [10]),
  index_mass_quantile: each('q', TENTHS),
  cwt_coefficients: combinations({ widths: [WIDTHS], coeff: range(0, 15), w: WIDTHS }),
  spkt_welch_density: each('coeff', [2, 5, 8]),
  ar_coefficient: combinations({ coeff: range(0, 11), k: [10] }),
  change_quantiles: combinations({
    ql: [real(0), 0.2, 0.4, 0.6, 0.8],
    qh: [0.2, 0.4, 0.6, 0.8, real(1)],
    isabs: [false, true],
    f_agg: ['mean', 'var'],
  }).filter(({ ql, qh }) => plainNumber(ql) < plainNumber(qh)),
  fft_coefficient: combinations({ attr: ['real', 'imag', 'abs', 'angle'], coeff: range(0, 100) }),
  fft_aggregated: each('aggtype', ['centroid', 'variance', 'skew', 'kurtosis']),
  value_count: each('value', [0, 1, -1]),
  range_count: [
    { min: -1, max: 1 },
    { min: real(-1e12), max: 0 },
    { min: 0, max: real(1e12) },
  ],
  friedrich_coefficients: combinations({ coeff: range(0, 4), m: [3], r: [30] }),
  max_langevin_fixed_point: [{ m: 3, r: 30 }],
  linear_trend: each('attr', LINE),
  agg_linear_trend: combinations({
    attr: ['rvalue', 'intercept', 'slope', 'stderr'],
    chunk_len: [5, 10, 50],
    f_agg: ['max', 'min', 'mean', 'var'],
  }),
  augmented_dickey_fuller: each('attr', ['teststat', 'pvalue', 'usedlag']),
  number_crossing_m: each('m', [0, -1, 1]),
  energy_ratio_by_chunks: combinations({ num_segments: [10], segment_focus: range(0, 10) }),
  ratio_beyond_r_sigma: each('r', [0.5, 1, 1.5, 2, 2.5, 3, 5, 6, 7, 10]),
  count_above: each('t', [0]),
  count_below: each('t', [0]),
  lempel_ziv_complexity: each('bins', [2, 3, 5, 10, 100]),
  fourier_entropy: each('bins', [2, 3, 5, 10, 100]),
  permutation_entropy: combinations({ tau: [1], dimension: [3, 4, 5, 6, 7] }),
  query_similarity_count: [{ query: null, threshold: real(0) }],
  mean_n_absolute_max: each('number_of_maxima', [7]),
};

/** The two entropies tsfresh leaves out of its efficient set because they take longest. */
export const entropySettings: Settings = {
  sample_entropy: null,
  approximate_entropy: combinations({ m: [2], r: [0.1, 0.3, 0.5, 0.7, 0.9] }),
};

/** A smaller set: nearly every calculator, with one to four parameters each. */
export const selectedSettings: Settings = {
  ...plain(
    'abs_energy absolute_sum_of_changes mean_abs_change mean_change mean_second_derivative_central variance standard_deviation variation_coefficient skewness kurtosis root_mean_square median sum_values',
  ),
  quantile: each('q', [0.1, 0.25, 0.75, 0.9]),
  ...plain(
    'count_above_mean count_below_mean longest_strike_above_mean longest_strike_below_mean first_location_of_maximum last_location_of_maximum first_location_of_minimum last_location_of_minimum has_duplicate has_duplicate_max has_duplicate_min percentage_of_reoccurring_values_to_all_values percentage_of_reoccurring_datapoints_to_all_datapoints ratio_value_number_to_time_series_length sum_of_reoccurring_values sum_of_reoccurring_data_points',
  ),
  autocorrelation: each('lag', [1, 2, 7, 10]),
  partial_autocorrelation: each('lag', [1, 2, 5]),
  agg_autocorrelation: combinations({ f_agg: ['mean', 'median', 'var'], maxlag: [40] }),
  c3: each('lag', [1, 2, 3]),
  cid_ce: each('normalize', [true, false]),
  time_reversal_asymmetry_statistic: each('lag', [1, 2, 3]),
  approximate_entropy: combinations({ m: [2], r: [0.1, 0.5] }),
  sample_entropy: null,
  permutation_entropy: combinations({ tau: [1], dimension: [3, 4, 5] }),
  lempel_ziv_complexity: each('bins', [2, 3, 10]),
  binned_entropy: each('max_bins', [10]),
  fourier_entropy: each('bins', [2, 5]),
  number_peaks: each('n', [1, 3, 5]),
  number_cwt_peaks: each('n', [1, 5]),
  number_crossing_m: each('m', [0, 1]),
  ratio_beyond_r_sigma: each('r', [1, 2, 3]),
  large_standard_deviation: each('r', [0.25]),
  symmetry_looking: each('r', [0.05]),
  linear_trend: each('attr', ['slope', 'intercept', 'rvalue', 'pvalue', 'stderr']),
  agg_linear_trend: combinations({
    attr: ['slope', 'rvalue'],
    chunk_len: [10],
    f_agg: ['mean', 'var'],
  }),
  fft_coefficient: combinations({ coeff: range(0, 4), attr: ['real', 'imag', 'abs', 'angle'] }),
  fft_aggregated: each('aggtype', ['centroid', 'variance', 'skew', 'kurtosis']),
  spkt_welch_density: each('coeff', [2, 5, 8]),
  energy_ratio_by_chunks: combinations({ num_segments: [10], segment_focus: [0, 4, 9] }),
  index_mass_quantile: each('q', [0.1, 0.5, 0.9]),
  cwt_coefficients: combinations({ widths: [WIDTHS], coeff: [0, 5], w: [2, 20] }),
  ar_coefficient: combinations({ k: [10], coeff: [0, 1, 2] }),
  augmented_dickey_fuller: each('attr', ['teststat', 'pvalue', 'usedlag']),
  change_quantiles: combinations({
    ql: [real(0)],
    qh: [0.8],
    isabs: [true, false],
    f_agg: ['mean'],
  }),
  benford_correlation: null,
  friedrich_coefficients: combinations({ m: [3], r: [30], coeff: [0, 3] }),
  max_langevin_fixed_point: [{ m: 3, r: 30 }],
  value_count: each('value', [0, 1]),
  range_count: [{ min: -1, max: 1 }],
  mean_n_absolute_max: each('number_of_maxima', [7]),
};

function plainNumber(value: Parameters[string] | undefined): number {
  return typeof value === 'object' && value !== null && 'real' in value
    ? value.real
    : Number(value);
}
