/**
 * Features worth computing over trailing windows by default: one or two of each kind of property, cheap, and told apart on
 * ninety points. A set that is not here is computed whole.
 */
const CURATED: Readonly<Record<string, readonly string[]>> = {
  'tsfresh-efficient': [
    ...['mean_abs_change', 'variation_coefficient', 'skewness', 'kurtosis'],
    ...['cid_ce__normalize_True', 'longest_strike_above_mean', 'longest_strike_below_mean'],
    ...['count_above_mean', 'last_location_of_maximum', 'last_location_of_minimum'],
    'percentage_of_reoccurring_datapoints_to_all_datapoints',
    'ratio_value_number_to_time_series_length',
    ...['time_reversal_asymmetry_statistic__lag_1', 'c3__lag_1'],
    ...['autocorrelation__lag_1', 'autocorrelation__lag_7', 'partial_autocorrelation__lag_2'],
    ...['number_peaks__n_3', 'number_crossing_m__m_0', 'ratio_beyond_r_sigma__r_2'],
    ...['binned_entropy__max_bins_10', 'permutation_entropy__dimension_3__tau_1'],
    'lempel_ziv_complexity__bins_5',
    ...['linear_trend__attr_"slope"', 'linear_trend__attr_"rvalue"'],
  ],
  tsfel: [
    ...['spectral|Fundamental frequency', 'spectral|Median frequency'],
    ...['spectral|Spectral centroid', 'spectral|Spectral entropy', 'spectral|Spectral slope'],
    ...['spectral|Spectral spread', 'statistical|Entropy', 'statistical|Interquartile range'],
    ...['statistical|Mean absolute deviation', 'statistical|Root mean square'],
    ...['temporal|Autocorrelation', 'temporal|Mean absolute diff', 'temporal|Signal distance'],
    ...['temporal|Slope', 'temporal|Positive turning points', 'temporal|Zero crossing rate'],
  ],
  motifs: ['mp_min', 'mp_max_finite', 'mp_sum_finite'],
  antropy: [
    ...['perm_entropy_order3_delay1_normalized', 'spectral_entropy_sf1_fft_normalized'],
    ...['svd_entropy_order3_delay1_normalized', 'sample_entropy_order2'],
    ...['lziv_complexity_gt_mean_normalized', 'hjorth_mobility', 'hjorth_complexity'],
    ...['petrosian_fd', 'katz_fd', 'higuchi_fd_kmax10', 'detrended_fluctuation'],
  ],
};

/** Pipelines whose sets are computed over trailing windows unless a run says otherwise (P6–P10). */
const WINDOWED = ['tsfresh', 'tsfel', 'catch22', 'antropy', 'matrix-profile'] as const;
/** Parts of other sets, or chosen by name: not in a run unless it names them. */
const ON_REQUEST = ['tsfresh', 'tsfresh-selected'];

/** Names of the curated features of a set; undefined for all of them. */
export function curatedFeatures(set: string): ReadonlySet<string> | undefined {
  const names = CURATED[set];
  return names === undefined ? undefined : new Set(names);
}

export function isWindowed(set: { pipeline: string; kind: string; name: string }): boolean {
  return (
    set.kind === 'summary' &&
    set.name !== 'tsfresh-entropy' &&
    (WINDOWED as readonly string[]).includes(set.pipeline)
  );
}

export function isDefault(set: string): boolean {
  return !ON_REQUEST.includes(set);
}
