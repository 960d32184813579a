/**
 * The 22 canonical time-series characteristics, and the mean and standard deviation that go with them as "catch24".
 * Written from Lubba et al., "catch22: CAnonical Time-series CHaracteristics", Data Min. Knowl. Disc. 33 (2019) 1821–1852, the
 * documentation of hctsa and catch22, and recorded values of catch22 0.5.0.
 */
import type { FeatureInfo, SummaryFeature, SummarySet } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import {
  firstCrossing,
  firstMinimum,
  firstMinimumOfInformation,
  whitening,
} from './autocorrelation.ts';
import { histogramMode } from './distribution.ts';
import { distancesAgainstExponential } from './embedding.ts';
import { fluctuationBreak } from './fluctuation.ts';
import { histogramInformation } from './histogram-information.ts';
import { errorOfMeanOfThree, shareOfLargeChanges, timeReversibility } from './increments.ts';
import { outlierTiming } from './outlier-timing.ts';
import { periodicity } from './periodicity.ts';
import { centroid, powerInLowestFifth } from './power.ts';
import {
  entropyOfPairs,
  longestFall,
  longestStretchAboveMean,
  transitionVariance,
} from './symbols.ts';
import { rawMoments, type ZScores, zScores } from './z-scores.ts';

const PAPER = 'Lubba et al. (2019), Data Min. Knowl. Disc. 33, 1821–1852';

interface Entry extends Pick<FeatureInfo, 'name' | 'alias' | 'formula'> {
  readonly unit?: string;
  readonly cost?: FeatureInfo['cost'];
  readonly source?: string;
  /** What a series with all values equal gives; not defined where left out. */
  readonly ofConstant?: number;
  readonly compute: (z: ZScores) => number;
}

const entries: readonly Entry[] = [
  {
    name: 'DN_HistogramMode_5',
    alias: 'mode_5',
    formula:
      'Centre of the fullest of 5 equal bins over the range of the z-scores; the mean of the centres where several are.',
    unit: 'sd of y',
    compute: (z) => histogramMode(z, 5),
  },
  {
    name: 'DN_HistogramMode_10',
    alias: 'mode_10',
    formula:
      'Centre of the fullest of 10 equal bins over the range of the z-scores; the mean of the centres where several are.',
    unit: 'sd of y',
    compute: (z) => histogramMode(z, 10),
  },
  {
    name: 'CO_f1ecac',
    alias: 'acf_timescale',
    formula: 'First lag at which the autocorrelation falls below 1/e, interpolated between lags.',
    unit: 'samples',
    cost: 'n log n',
    ofConstant: 0,
    compute: firstCrossing,
  },
  {
    name: 'CO_FirstMin_ac',
    alias: 'acf_first_min',
    formula: 'First lag at which the autocorrelation is below that of both neighbouring lags.',
    unit: 'samples',
    cost: 'n log n',
    ofConstant: 0,
    compute: firstMinimum,
  },
  {
    name: 'CO_HistogramAMI_even_2_5',
    alias: 'ami2',
    formula:
      'Mutual information of z[t] and z[t + 2] from 5 × 5 equal bins between min − 0.1 and max + 0.1.',
    unit: 'nats',
    compute: histogramInformation,
  },
  {
    name: 'CO_trev_1_num',
    alias: 'trev',
    formula: 'Mean of (z[t + 1] − z[t])³.',
    unit: '1',
    compute: timeReversibility,
  },
  {
    name: 'MD_hrv_classic_pnn40',
    alias: 'high_fluctuation',
    formula: 'Share of the changes |z[t + 1] − z[t]| above 0.04.',
    unit: '1',
    compute: shareOfLargeChanges,
  },
  {
    name: 'SB_BinaryStats_mean_longstretch1',
    alias: 'stretch_high',
    formula:
      'Longest stretch of values above the mean, as the largest distance between successive positions not above it (first and last but one position included).',
    unit: 'samples',
    compute: longestStretchAboveMean,
  },
  {
    name: 'SB_TransitionMatrix_3ac_sumdiagcov',
    alias: 'transition_variance',
    formula:
      'Trace of the covariance of the columns of the transition matrix between three equally likely letters, after taking every τ-th value, τ the first zero of the autocorrelation.',
    unit: '1',
    cost: 'n log n',
    compute: transitionVariance,
  },
  {
    name: 'PD_PeriodicityWang_th0_01',
    alias: 'periodicity',
    formula:
      'First peak of the autocovariance, up to lag n / 3, that is positive and at least 0.01 above the trough before it, after a cubic regression spline with one inner knot is taken off; 0 without one.',
    source: `${PAPER}; Wang, Smith and Hyndman (2006), Data Min. Knowl. Disc. 13, 335–364`,
    unit: 'samples',
    cost: 'n log n',
    ofConstant: 0,
    compute: periodicity,
  },
  {
    name: 'CO_Embed2_Dist_tau_d_expfit_meandiff',
    alias: 'embedding_dist',
    formula:
      'Mean absolute difference between the histogram of distances between successive points (z[t], z[t + τ]) and an exponential density of the same mean; τ the first zero of the autocorrelation, at most n / 10.',
    unit: '1',
    cost: 'n log n',
    compute: distancesAgainstExponential,
  },
  {
    name: 'IN_AutoMutualInfoStats_40_gaussian_fmmi',
    alias: 'ami_timescale',
    formula:
      'First local minimum over lags up to 40 of −½ log(1 − r²), r the correlation at the lag; lags count from 0.',
    unit: 'samples',
    compute: firstMinimumOfInformation,
  },
  {
    name: 'FC_LocalSimple_mean1_tauresrat',
    alias: 'whiten_timescale',
    formula:
      'First zero of the autocorrelation of the changes z[t + 1] − z[t] over that of the values.',
    unit: '1',
    cost: 'n log n',
    compute: whitening,
  },
  {
    name: 'DN_OutlierInclude_p_001_mdrmd',
    alias: 'outlier_timing_pos',
    formula:
      'Median over thresholds 0, 0.01, … of the median time of the z-scores at or above it, −1 at the start and 1 at the end.',
    unit: '1',
    compute: (z) => outlierTiming(z, 1),
  },
  {
    name: 'DN_OutlierInclude_n_001_mdrmd',
    alias: 'outlier_timing_neg',
    formula:
      'Median over thresholds 0, 0.01, … of the median time of the negated z-scores at or above it, −1 at the start and 1 at the end.',
    unit: '1',
    compute: (z) => outlierTiming(z, -1),
  },
  {
    name: 'SP_Summaries_welch_rect_area_5_1',
    alias: 'low_freq_power',
    formula: 'Area under the periodogram of the z-scores over the lowest fifth of frequencies.',
    unit: '1',
    cost: 'n log n',
    compute: powerInLowestFifth,
  },
  {
    name: 'SB_BinaryStats_diff_longstretch0',
    alias: 'stretch_decreasing',
    formula:
      'Longest stretch of falling values, as the largest distance between successive changes that do not fall (first and last included).',
    unit: 'samples',
    compute: longestFall,
  },
  {
    name: 'SB_MotifThree_quantile_hh',
    alias: 'entropy_pairs',
    formula: 'Entropy −Σ p log p of the pairs of successive letters, a letter for each tercile.',
    unit: 'nats',
    cost: 'n log n',
    compute: entropyOfPairs,
  },
  {
    name: 'SC_FluctAnal_2_rsrangefit_50_1_logi_prop_r1',
    alias: 'rs_range',
    formula:
      'Share of the scales in the first of two straight lines through log fluctuation over log scale; fluctuation is the root mean square, over windows of the running sum, of the range around a fitted line. 0 below 12 scales.',
    source: `${PAPER}; Caccia et al. (1997), Physica A 246, 609–632`,
    unit: '1',
    compute: (z) => fluctuationBreak(z, 1, 'range'),
  },
  {
    name: 'SC_FluctAnal_2_dfa_50_1_2_logi_prop_r1',
    alias: 'dfa',
    formula:
      'Share of the scales in the first of two straight lines through log fluctuation over log scale; fluctuation is the root mean square residual around fitted lines in windows of the running sum of every second value. 0 below 12 scales.',
    source: `${PAPER}; Talkner and Weber (2000), Phys. Rev. E 62, 150–160`,
    unit: '1',
    compute: (z) => fluctuationBreak(z, 2, 'residual'),
  },
  {
    name: 'SP_Summaries_welch_rect_centroid',
    alias: 'centroid_freq',
    formula: 'Angular frequency at which the running total of the periodogram passes half of it.',
    unit: 'radians/sample',
    cost: 'n log n',
    compute: centroid,
  },
  {
    name: 'FC_LocalSimple_mean3_stderr',
    alias: 'forecast_error',
    formula:
      'Standard deviation (divisor less one) of z[t] − (z[t − 1] + z[t − 2] + z[t − 3]) / 3.',
    unit: 'sd of y',
    compute: errorOfMeanOfThree,
  },
];

const ofRawValues: readonly SummaryFeature[] = [
  {
    name: 'DN_Mean',
    alias: 'mean',
    formula: 'Σ y / n.',
    source: PAPER,
    unit: 'y',
    cost: 'n',
    missing: 'kept',
    pointInTime: false,
    compute: (series) => rawMoments(series).mean,
  },
  {
    name: 'DN_Spread_Std',
    alias: 'SD',
    formula: '√(Σ (y − mean)² / (n − 1)).',
    source: PAPER,
    unit: 'y',
    cost: 'n',
    missing: 'kept',
    pointInTime: false,
    compute: (series) => rawMoments(series).sd,
  },
];

/**
 * catch22 with mean and standard deviation. Values are taken as z-scores (divisor n − 1) except for those two. A series with
 * a missing value has none of the features, as in the peer; a constant one has those that say so.
 */
export const catch22: SummarySet = {
  kind: 'summary',
  name: 'catch22',
  pipeline: 'catch22',
  version: 1,
  defaults: {},
  features: () => [...entries.map(toFeature), ...ofRawValues],
};

function toFeature(entry: Entry): SummaryFeature {
  const { compute, ofConstant = Number.NaN, unit = '1', cost = 'n', source = PAPER } = entry;
  return {
    name: entry.name,
    ...(entry.alias === undefined ? {} : { alias: entry.alias }),
    formula: entry.formula,
    source,
    unit,
    cost,
    missing: 'kept',
    pointInTime: false,
    compute: (series) => {
      const z = zScores(series);
      if (z !== undefined) return compute(z);
      return isConstant(series) ? ofConstant : Number.NaN;
    },
  };
}

function isConstant(series: SharedSeries): boolean {
  return rawMoments(series).sd === 0;
}
