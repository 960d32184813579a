/**
 * Entropies, complexity and fractal dimensions under the names of AntroPy 0.1.9, with their parameters in the name. Missing
 * values are left out before.
 */
import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import { spectralEntropy, welchEntropy } from '../../stats/spectral-entropy.ts';
import type { SetParameters, SummaryFeature, SummarySet } from '../feature.ts';
import { wholeNumbers } from '../parameters.ts';
import type { SharedSeries } from '../shared-series.ts';
import { largestPermutationEntropy, permutationEntropy } from './permutation-entropy.ts';
import { approximateEntropy, type Reach, sampleEntropy } from './regularity.ts';
import { detrendedFluctuation, higuchiDimension } from './scaling.ts';
import {
  complexity,
  complexityAboveMean,
  katzDimension,
  mobility,
  petrosianDimension,
  signChanges,
} from './shape.ts';
import { singularValueEntropy } from './singular-value-entropy.ts';
import { type Values, valuesOf } from './values.ts';

/** 18! is the last factorial below 2⁵³. */
const LARGEST_ORDER = 18;

type Entry = Omit<SummaryFeature, 'missing' | 'pointInTime'> & {
  readonly compute: (series: SharedSeries) => number;
};

/** All of them, in the peer's units: bits, but nats for approximate and sample entropy. */
export const antropy: SummarySet = {
  kind: 'summary',
  name: 'antropy',
  pipeline: 'antropy',
  version: 1,
  defaults: {
    permOrder: 3,
    permDelay: 1,
    longPermOrder: 5,
    longPermDelay: 2,
    sf: 1,
    nperseg: 64,
    svdOrder: 3,
    svdDelay: 1,
    appOrder: 2,
    sampleOrders: [2, 3],
    toleranceSd: 0.2,
    kmax: 10,
  },
  features(parameters) {
    check(parameters);
    return [
      ...permutation(parameters),
      ...spectral(parameters),
      ...singular(parameters),
      ...regularity(parameters),
      ...shape,
      ...scaling(parameters),
    ].map((entry): SummaryFeature => ({ ...entry, missing: 'dropped', pointInTime: false }));
  },
};

/** @throws InvalidInput */
function check(parameters: SetParameters): void {
  for (const name of ['permOrder', 'longPermOrder', 'svdOrder']) {
    requireWhole(name, number(parameters, name), 2, LARGEST_ORDER);
  }
  for (const name of ['permDelay', 'longPermDelay', 'svdDelay', 'kmax', 'nperseg']) {
    requireWhole(name, number(parameters, name), 1);
  }
  requireWhole('appOrder', number(parameters, 'appOrder'), 2);
  wholeNumbers(parameters, 'sampleOrders', 1);
  for (const name of ['sf', 'toleranceSd']) {
    const value = number(parameters, name);
    if (value > 0 && Number.isFinite(value)) continue;
    throw new InvalidInput(name, `must be a number above 0, got ${show(value)}`);
  }
}

function number(parameters: SetParameters, name: string): number {
  return parameters[name] as number;
}

function permutation(parameters: SetParameters): readonly Entry[] {
  const entry = (order: number, delay: number, normalized: boolean): Entry => ({
    name: `perm_entropy_order${order}_delay${delay}${normalized ? '_normalized' : ''}`,
    formula: `Entropy of the shares of the orders in which ${order} values ${delay} apart stand; of equal values the earlier counts as the smaller${normalized ? `. Divided by log₂ ${order}!` : ''}.`,
    source: 'Bandt & Pompe (2002), Physical Review Letters 88, 174102',
    unit: normalized ? '1' : 'bits',
    cost: 'n',
    parameters: { order, delay, normalized },
    compute(series) {
      const entropy = series.once(`antropy.permutation ${order} ${delay}`, () =>
        permutationEntropy(valuesOf(series), order, delay),
      );
      return normalized ? entropy / largestPermutationEntropy(order) : entropy;
    },
  });
  const [order, delay] = [number(parameters, 'permOrder'), number(parameters, 'permDelay')];
  const longOrder = number(parameters, 'longPermOrder');
  const longDelay = number(parameters, 'longPermDelay');
  const short = [entry(order, delay, false), entry(order, delay, true)];
  return order === longOrder && delay === longDelay
    ? short
    : [...short, entry(longOrder, longDelay, true)];
}

function spectral(parameters: SetParameters): readonly Entry[] {
  const sf = number(parameters, 'sf');
  const segment = number(parameters, 'nperseg');
  return [
    {
      name: `spectral_entropy_sf${sf}_fft_normalized`,
      formula:
        'Entropy of the shares of the power at each frequency of the periodogram, over log₂ of their number; the same for every sampling frequency.',
      source: 'Inouye et al. (1991), Electroenceph. Clin. Neurophysiol. 79(3), 204–210',
      unit: '1',
      cost: 'n log n',
      parameters: { sf },
      compute: varied(({ x, mean }) => spectralEntropy(x.map((value) => value - mean))),
    },
    {
      name: `spectral_entropy_sf${sf}_welch_nperseg${segment}_normalized`,
      formula: `Entropy of the shares of the power at each frequency of Welch's density (segments of ${segment} values, half overlapping, Hann window), over log₂ of their number.`,
      source:
        'Inouye et al. (1991), Electroenceph. Clin. Neurophysiol. 79(3), 204–210; Welch (1967)',
      unit: '1',
      cost: 'n log n',
      parameters: { sf, nperseg: segment },
      compute: varied(({ x }) => welchEntropy(x, segment)),
    },
  ];
}

function singular(parameters: SetParameters): readonly Entry[] {
  const [order, delay] = [number(parameters, 'svdOrder'), number(parameters, 'svdDelay')];
  const entry = (normalized: boolean): Entry => ({
    name: `svd_entropy_order${order}_delay${delay}${normalized ? '_normalized' : ''}`,
    formula: `Entropy of the shares of the singular values of the matrix whose rows are ${order} values ${delay} apart${normalized ? `, over log₂ ${order}` : ''}.`,
    source: 'Roberts, Penny & Rezek (1999), Med. Biol. Eng. Comput. 37, 93–98',
    unit: normalized ? '1' : 'bits',
    cost: 'n',
    parameters: { order, delay, normalized },
    compute(series) {
      const entropy = series.once(`antropy.singular ${order} ${delay}`, () =>
        singularValueEntropy(valuesOf(series), order, delay),
      );
      return normalized ? entropy / Math.log2(order) : entropy;
    },
  });
  return [entry(false), entry(true)];
}

function regularity(parameters: SetParameters): readonly Entry[] {
  const appOrder = number(parameters, 'appOrder');
  const sampleOrders = parameters.sampleOrders as readonly number[];
  const toleranceSd = number(parameters, 'toleranceSd');
  const reach: Reach = { longest: Math.max(appOrder, ...sampleOrders) + 1, toleranceSd };
  const common = { unit: 'nats', cost: 'n²' } as const;
  return [
    {
      ...common,
      name: `app_entropy_order${appOrder}`,
      formula: `Mean logarithm of the share of stretches of ${appOrder} values that differ by at most ${toleranceSd} standard deviations from each stretch (itself included), less the same for one value more.`,
      source: 'Pincus (1991), PNAS 88(6), 2297–2301',
      parameters: { order: appOrder, toleranceSd },
      compute: (series) => approximateEntropy(series, appOrder, reach),
    },
    ...sampleOrders.map((order) => ({
      ...common,
      name: `sample_entropy_order${order}`,
      formula: `−log of the share of pairs of stretches within ${toleranceSd} standard deviations for ${order} values that are so for one more; below 5,000 values a difference equal to the tolerance is none, as in the peer. Infinite where no pair is.`,
      source: 'Richman & Moorman (2000), Am. J. Physiol. 278(6), H2039–H2049',
      parameters: { order, toleranceSd },
      compute: (series: SharedSeries) => sampleEntropy(series, order, reach),
    })),
  ];
}

/** A feature of the values alone. NaN for none. */
function whole(compute: (values: Values) => number): (series: SharedSeries) => number {
  return (series) => {
    const values = valuesOf(series);
    return values.n === 0 ? Number.NaN : compute(values);
  };
}

/** The same where equal values, of which rounding would leave a spectrum, give 0. */
function varied(compute: (values: Values) => number): (series: SharedSeries) => number {
  return whole((values) => (values.constant && values.n > 1 ? 0 : compute(values)));
}

function phrases(series: SharedSeries): number {
  return series.once('antropy.phrases', () => complexityAboveMean(valuesOf(series)));
}

const shape: readonly Entry[] = [
  {
    name: 'lziv_complexity_gt_mean',
    formula:
      'Number of phrases when the series, as 1 above the mean and 0 elsewhere, is cut into the shortest strings not seen before.',
    source: 'Lempel & Ziv (1976), IEEE Trans. Inf. Theory 22(1), 75–81',
    unit: 'phrases',
    cost: 'n',
    compute: phrases,
  },
  {
    name: 'lziv_complexity_gt_mean_normalized',
    formula: 'lziv_complexity_gt_mean · log₂ n / n.',
    source:
      'Lempel & Ziv (1976), IEEE Trans. Inf. Theory 22(1), 75–81; Zhang et al. (2009), Ann. Biomed. Eng. 37',
    unit: '1',
    cost: 'n',
    compute(series) {
      const { n } = series;
      return n < 2 ? Number.NaN : phrases(series) / (n / Math.log2(n));
    },
  },
  {
    name: 'num_zerocross',
    formula: 'How often neighbouring values have different signs; 0 counts as positive.',
    source: 'AntroPy 0.1.9, num_zerocross',
    unit: 'crossings',
    cost: 'n',
    compute: whole(({ x }) => signChanges(x)),
  },
  {
    name: 'num_zerocross_demeaned',
    formula: 'How often neighbouring values lie on different sides of the mean.',
    source: 'AntroPy 0.1.9, num_zerocross',
    unit: 'crossings',
    cost: 'n',
    compute: whole(({ x, mean, constant }) => (constant ? 0 : signChanges(x, mean))),
  },
  {
    name: 'hjorth_mobility',
    formula: '√(variance of the differences / variance of the values).',
    source: 'Hjorth (1970), Electroenceph. Clin. Neurophysiol. 29(3), 306–310',
    unit: '1/sample',
    cost: 'n',
    compute: whole(mobility),
  },
  {
    name: 'hjorth_complexity',
    formula: 'Mobility of the differences over mobility of the values.',
    source: 'Hjorth (1970), Electroenceph. Clin. Neurophysiol. 29(3), 306–310',
    unit: '1',
    cost: 'n',
    compute: whole(complexity),
  },
  {
    name: 'petrosian_fd',
    formula:
      'log n / (log n + log(n / (n + 0.4 c))), c how often the differences change their sign.',
    source: 'Petrosian (1995), Proc. IEEE Symp. Computer-Based Medical Systems, 212–217',
    unit: '1',
    cost: 'n',
    compute: whole(petrosianDimension),
  },
  {
    name: 'katz_fd',
    formula:
      'log(L / a) / log(d / a): L the sum and a the mean of the absolute differences, d the largest distance from the first value.',
    source: 'Katz (1988), Comput. Biol. Med. 18(3), 145–156',
    unit: '1',
    cost: 'n',
    compute: whole(katzDimension),
  },
];

function scaling(parameters: SetParameters): readonly Entry[] {
  const kmax = number(parameters, 'kmax');
  return [
    {
      name: `higuchi_fd_kmax${kmax}`,
      formula: `Slope of the logarithm of the mean curve length at spacings k = 1 … ${kmax} over log(1/k); the last step of each curve is left out, as in the peer.`,
      source: 'Higuchi (1988), Physica D 31(2), 277–283',
      unit: '1',
      cost: 'n·window',
      parameters: { kmax },
      compute: whole((values) => higuchiDimension(values, kmax)),
    },
    {
      name: 'detrended_fluctuation',
      formula:
        'Slope of log fluctuation over log scale, scales 4 · 1.2^i up to n / 10; fluctuation is the root mean square of the running sum less a line in each window.',
      source: 'Peng et al. (1994), Phys. Rev. E 49, 1685–1689',
      unit: '1',
      cost: 'n log n',
      compute: whole(detrendedFluctuation),
    },
  ];
}
