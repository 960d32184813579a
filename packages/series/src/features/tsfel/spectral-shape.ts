import type { SummaryFeature } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import {
  type AmplitudeSpectrum,
  amplitudeSpectrum,
  centredSpectrum,
} from './amplitude-spectrum.ts';
import { type Domain, entry } from './entry.ts';
import { turningPoints } from './temporal.ts';
import { transformedSum } from './transformed-sum.ts';
import { welchPower } from './welch.ts';

const domain: Domain = 'spectral';

/** Features of the amplitude spectrum and of the power density. `fs` is the number of samples a second. */
export function spectralShapeFeatures(fs: number): readonly SummaryFeature[] {
  const shape = (
    name: string,
    formula: string,
    unit: string,
    compute: (spectrum: AmplitudeSpectrum, n: number) => number,
  ) =>
    entry(domain, name, { formula, unit, cost: 'n log n', parameters: { fs } }, (series) =>
      compute(amplitudeSpectrum(series, fs), series.n),
    );
  const power = (
    name: string,
    formula: string,
    unit: string,
    compute: (s: SharedSeries) => number,
  ) => entry(domain, name, { formula, unit, cost: 'n log n', parameters: { fs } }, compute);
  return [
    power(
      'Fundamental frequency',
      'Frequency of the first peak (a flat one by its middle) of the spectrum of y − mean that reaches 0.3 of the highest; 0 if none',
      'Hz',
      (series) => fundamentalFrequency(series, fs),
    ),
    shape(
      'Human range energy',
      'Share of the energy between the frequencies nearest to 0.6 and 2.5 Hz',
      '1',
      humanRangeEnergy,
    ),
    power(
      'Max power spectrum',
      'Largest power density of y / sd under one Hann window over the whole series',
      '1/Hz',
      (series) => welchPower(series, fs).reduce((a, b) => Math.max(a, b), 0),
    ),
    shape(
      'Maximum frequency',
      'First frequency at which the running sum of magnitudes exceeds 0.95 of their sum',
      'Hz',
      (spectrum) => firstBeyond(spectrum, 0.95),
    ),
    shape(
      'Median frequency',
      'First frequency at which the running sum of magnitudes exceeds half of their sum',
      'Hz',
      (spectrum) => firstBeyond(spectrum, 0.5),
    ),
    power(
      'Power bandwidth',
      'Distance of the frequencies up to which, from either end, 0.95 of the power density of y / sd lies',
      'Hz',
      (series) => powerBandwidth(series, fs),
    ),
    shape(
      'Spectral centroid',
      'Mean frequency weighted by magnitude',
      'Hz',
      ({ centroid }) => centroid,
    ),
    shape(
      'Spectral decrease',
      'Σ (a[k] − a[0]) / k divided by Σ a[k] over k ≥ 1',
      '1',
      spectralDecrease,
    ),
    shape(
      'Spectral distance',
      'Σ of the straight line from 0 to the sum of magnitudes, less their running sum',
      'y',
      spectralDistance,
    ),
    power(
      'Spectral entropy',
      'Entropy of the shares of power of y − mean, divided by log₂ of how many are not 0',
      '1',
      spectralEntropy,
    ),
    shape(
      'Spectral kurtosis',
      'Fourth moment of the frequency, weighted by magnitude, divided by spread⁴',
      '1',
      (spectrum) => spectralMoment(spectrum, 4),
    ),
    shape(
      'Spectral positive turning points',
      'Number of strict local maxima of the magnitudes',
      '1',
      ({ magnitude }) => turningPoints(differencesOf(magnitude), 1),
    ),
    shape(
      'Spectral roll-off',
      'First frequency at which the running sum of magnitudes reaches 0.95 of their sum',
      'Hz',
      (spectrum) => firstReaching(spectrum, 0.95),
    ),
    shape(
      'Spectral roll-on',
      'First frequency at which the running sum of magnitudes reaches 0.05 of their sum',
      'Hz',
      (spectrum) => firstReaching(spectrum, 0.05),
    ),
    shape(
      'Spectral skewness',
      'Third moment of the frequency, weighted by magnitude, divided by spread³',
      '1',
      (spectrum) => spectralMoment(spectrum, 3),
    ),
    shape(
      'Spectral slope',
      'Slope of the least-squares line of the magnitudes, divided by their sum, on frequency',
      '1/Hz',
      spectralSlope,
    ),
    shape(
      'Spectral spread',
      'Standard deviation of the frequency weighted by magnitude',
      'Hz',
      ({ spread }) => spread,
    ),
    shape(
      'Spectral variation',
      '1 − correlation (not centred) of the magnitudes with their neighbours; 1 where one side is 0',
      '1',
      spectralVariation,
    ),
  ];
}

function fundamentalFrequency(series: SharedSeries, fs: number): number {
  const { magnitude } = centredSpectrum(series);
  const last = magnitude.length - 1;
  const least = 0.3 * magnitude.reduce((a, b) => Math.max(a, b), 0);
  for (let k = 1; k < last; ) {
    // A peak may be flat; it ends where the values change, and has to fall there.
    let end = k;
    while (end < last && magnitude[end + 1] === magnitude[k]) end++;
    const rises = magnitude[k - 1]! < magnitude[k]!;
    if (rises && end < last && magnitude[end + 1]! < magnitude[k]! && magnitude[k]! >= least) {
      return ((k + end) >> 1) * (1 / (series.n * (1 / fs)));
    }
    k = end + 1;
  }
  return 0;
}

function humanRangeEnergy({ frequency, magnitude }: AmplitudeSpectrum): number {
  const from = nearest(frequency, 0.6);
  const to = nearest(frequency, 2.5);
  let all = 0;
  let inside = 0;
  for (let k = 0; k < magnitude.length; k++) {
    const energy = magnitude[k]! * magnitude[k]!;
    all += energy;
    if (k >= from && k < to) inside += energy;
  }
  return all === 0 ? 0 : inside / all;
}

/** Place of the ascending value nearest to `target`, the first of two equally near. */
function nearest(ascending: Float64Array, target: number): number {
  let place = 0;
  for (let k = 1; k < ascending.length; k++) {
    if (Math.abs(target - ascending[k]!) < Math.abs(target - ascending[place]!)) place = k;
  }
  return place;
}

function firstBeyond({ frequency, cumulative, total }: AmplitudeSpectrum, share: number): number {
  if (!Number.isFinite(total)) return Number.NaN;
  const k = cumulative.findIndex((sum) => sum > share * total);
  return frequency[Math.max(k, 0)]!;
}

function firstReaching({ frequency, cumulative, total }: AmplitudeSpectrum, share: number): number {
  if (!Number.isFinite(total)) return Number.NaN;
  return frequency[cumulative.findIndex((sum) => sum >= share * total)]!;
}

function powerBandwidth(series: SharedSeries, fs: number): number {
  const power = welchPower(series, fs);
  let all = 0;
  for (let k = 0; k < power.length; k++) all += power[k]!;
  if (all === 0) return 0;
  if (!Number.isFinite(all)) return Number.NaN;
  const enough = 0.95 * all;
  let lower = 0;
  for (let sum = power[0]!; sum < enough && lower < power.length - 1; ) sum += power[++lower]!;
  let upper = power.length - 1;
  for (let sum = power[upper]!; sum < enough && upper > 0; ) sum += power[--upper]!;
  return (Math.abs(upper - lower) * fs) / series.n;
}

function spectralDecrease({ magnitude }: AmplitudeSpectrum): number {
  let sum = 0;
  let weighted = 0;
  for (let k = 1; k < magnitude.length; k++) {
    sum += magnitude[k]!;
    weighted += (magnitude[k]! - magnitude[0]!) / k;
  }
  return sum === 0 ? 0 : weighted / sum;
}

function spectralDistance({ cumulative, total }: AmplitudeSpectrum): number {
  const last = cumulative.length - 1;
  let sum = 0;
  for (let k = 0; k <= last; k++) {
    sum += (last === 0 ? 0 : (k / last) * total) - cumulative[k]!;
  }
  return sum;
}

function spectralEntropy(series: SharedSeries): number {
  const { magnitude } = centredSpectrum(series);
  let all = 0;
  for (let k = 1; k < magnitude.length; k++) all += magnitude[k]! ** 2;
  if (all === 0) return 0;
  if (!Number.isFinite(all)) return Number.NaN;
  let sum = 0;
  for (let k = 1; k < magnitude.length; k++) {
    const share = magnitude[k]! ** 2 / all;
    if (share > 0) sum += share * Math.log2(share);
  }
  // The peer counts the lines that are not 0, and rounding leaves something everywhere but at times at frequency 0.
  const count = magnitude.length - (transformedSum(series.centred) === 0 ? 1 : 0);
  return sum === 0 ? 0 : -sum / Math.log2(count);
}

function spectralMoment(spectrum: AmplitudeSpectrum, k: 3 | 4): number {
  const { frequency, magnitude, centroid, spread, total } = spectrum;
  if (spread === 0) return 0;
  let sum = 0;
  for (let i = 0; i < magnitude.length; i++) {
    const z = (frequency[i]! - centroid) / spread;
    sum += (k === 3 ? z * z * z : z * z * z * z) * magnitude[i]!;
  }
  return sum / total;
}

function differencesOf(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length - 1);
  for (let k = 0; k < out.length; k++) out[k] = values[k + 1]! - values[k]!;
  return out;
}

function spectralSlope({ frequency, magnitude, total }: AmplitudeSpectrum): number {
  const count = frequency.length;
  let sum = 0;
  let squares = 0;
  let product = 0;
  for (let k = 0; k < count; k++) {
    sum += frequency[k]!;
    squares += frequency[k]! ** 2;
    product += frequency[k]! * magnitude[k]!;
  }
  const denominator = count * squares - sum * sum;
  if (total === 0 || denominator === 0) return 0;
  return (count * product - sum * total) / total / denominator;
}

function spectralVariation({ magnitude }: AmplitudeSpectrum): number {
  let products = 0;
  let later = 0;
  let earlier = 0;
  for (let k = 1; k < magnitude.length; k++) {
    products += magnitude[k - 1]! * magnitude[k]!;
    earlier += magnitude[k - 1]! ** 2;
    later += magnitude[k]! ** 2;
  }
  if (later === 0 || earlier === 0) return 1;
  return 1 - products / (Math.sqrt(later) * Math.sqrt(earlier));
}
