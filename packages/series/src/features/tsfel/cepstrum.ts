import { fourier, realSpectrum } from '../../math/fft.ts';
import { solveByElimination } from '../../math/linear-system.ts';
import { createAutocovariance } from '../../stats/lazy-autocovariance.ts';
import type { SummaryFeature } from '../feature.ts';
import { entry } from './entry.ts';
import { type MelFilterBank, melFilterBank } from './mel-filter-bank.ts';

const TRANSFORM = 512;
const FILTERS = 40;
const COEFFICIENTS = 12;
const LIFTER = 22;
const EMPHASIS = 0.97;
const PREDICTION = 12;

/** Coefficients used for speech: of the mel-scaled spectrum and of linear prediction. `fs` in samples a second. */
export function cepstralFeatures(fs: number): readonly SummaryFeature[] {
  let tables: MelTables | undefined;
  return [
    entry(
      'spectral',
      'LPCC',
      {
        formula:
          '|inverse transform of ln |A|²| where A is the transform of the 12 linear prediction coefficients (Yule and Walker, autocorrelation in single precision, no mean taken off)',
        unit: '1',
        source:
          'Rabiner & Schafer, Theory and Applications of Digital Speech Processing, 9.2; TSFEL 0.2.0 documentation',
        parameters: { n_coeff: PREDICTION },
      },
      ({ y }) => predictionCepstrum(y),
    ),
    entry(
      'spectral',
      'MFCC',
      {
        formula:
          'Discrete cosine transform 1 … 12 of the decibels of 40 triangular mel bands over the first 512 values of y[t] − 0.97·y[t−1], less their mean, lifted by 1 + 11·sin(πk/22)',
        unit: '1',
        source: 'Davis & Mermelstein (1980), IEEE Trans. Acoust. 28(4); TSFEL 0.2.0 documentation',
        parameters: {
          fs,
          pre_emphasis: EMPHASIS,
          nfft: TRANSFORM,
          nfilt: FILTERS,
          num_ceps: COEFFICIENTS,
          cep_lifter: LIFTER,
        },
      },
      ({ y }) => {
        tables ??= { bank: melFilterBank(fs, FILTERS, TRANSFORM), rows: cosineRows() };
        return melCepstrum(y, tables);
      },
    ),
  ];
}

interface MelTables {
  readonly bank: MelFilterBank;
  readonly rows: readonly Float64Array[];
}

function melCepstrum(y: Float64Array, { bank, rows }: MelTables): readonly number[] {
  const emphasised = new Float64Array(TRANSFORM);
  for (let t = 0; t < Math.min(y.length, TRANSFORM); t++) {
    emphasised[t] = t === 0 ? y[0]! : y[t]! - EMPHASIS * y[t - 1]!;
  }
  const { re, im } = realSpectrum(emphasised);
  const decibels = bank.map(({ from, weights }) => {
    let band = 0;
    for (let i = 0; i < weights.length; i++) {
      const k = from + i;
      band += (weights[i]! * (re[k]! * re[k]! + im[k]! * im[k]!)) / TRANSFORM;
    }
    return 20 * Math.log10(band === 0 ? Number.EPSILON : band);
  });
  const coefficients = rows.map((row) => {
    let sum = 0;
    // The rows add up to 0, so a level common to all may go, which keeps equal bands free of rounding.
    for (let i = 0; i < row.length; i++) sum += row[i]! * (decibels[i]! - decibels[0]!);
    return sum;
  });
  const mean = coefficients.reduce((a, b) => a + b, 0) / COEFFICIENTS + 1e-8;
  return coefficients.map(
    (value, i) => (value - mean) * (1 + (LIFTER / 2) * Math.sin((Math.PI * i) / LIFTER)),
  );
}

/** Rows 1 … 12 of the orthonormal cosine transform of the second kind. */
function cosineRows(): readonly Float64Array[] {
  return Array.from({ length: COEFFICIENTS }, (_, row) =>
    Float64Array.from(
      { length: FILTERS },
      (__, i) =>
        Math.cos((Math.PI * (row + 1) * (2 * i + 1)) / (2 * FILTERS)) * Math.sqrt(2 / FILTERS),
    ),
  );
}

/** Not defined for fewer values than coefficients, or where the equations have no single solution. */
function predictionCepstrum(y: Float64Array): number | readonly number[] {
  if (y.length < PREDICTION) return Number.NaN;
  const coefficients = predictionCoefficients(y);
  if (coefficients === null) return Number.NaN;
  if (coefficients.reduce((a, b) => a + b, 0) === 0) return coefficients.map(() => 0);
  const response = fourier(Float64Array.from(coefficients), new Float64Array(PREDICTION));
  const logPower = response.re.map((re, k) => Math.log(re * re + response.im[k]! ** 2));
  const { re, im } = fourier(logPower, new Float64Array(PREDICTION));
  return Array.from(re, (value, k) => Math.hypot(value, im[k]!) / PREDICTION);
}

/** 1 and the coefficients of the best linear prediction, negated; all 0 where there is nothing to predict; null if undefined. */
function predictionCoefficients(y: Float64Array): readonly number[] | null {
  // Single precision as the peer stores them: it moves the solution of nearly dependent equations far more than rounding.
  const products = createAutocovariance(y);
  const lags = Array.from({ length: PREDICTION }, (_, lag) => Math.fround(products.at(lag)));
  const order = PREDICTION - 1;
  const rows = Array.from({ length: order }, (_, i) =>
    Float64Array.from({ length: order }, (_, j) => lags[Math.abs(i - j)]!),
  );
  const sum = rows.reduce((total, row) => total + row.reduce((a, b) => a + b, 0), 0);
  if (sum === 0) return Array.from({ length: PREDICTION }, () => 0);
  const solution = solveByElimination(
    rows,
    Float64Array.from(lags.slice(1), (lag) => -lag),
  );
  return solution === null ? null : [1, ...solution];
}
