import { entropyOfShares } from '../../stats/entropy.ts';
import { equalWidthCounts } from '../../stats/histogram.ts';
import { welchDensity } from '../../stats/welch.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';

const SOURCE = 'Welch (1967), IEEE Trans. Audio Electroacoust. 15(2), 70–73';

function densityOf(series: SharedSeries): Float64Array {
  return series.once('tsfresh.welch', () => welchDensity(series.y));
}

/** In shares of the largest density; NaN everywhere where nothing but the mean is left. */
function relativeDensity(series: SharedSeries): Float64Array {
  return series.once('tsfresh.relative welch', () => {
    const density = densityOf(series);
    let largest = 0;
    for (let k = 0; k < density.length; k++) if (density[k]! > largest) largest = density[k]!;
    return density.map((value) => value / largest);
  });
}

export const welchCalculators = [
  calculator({
    name: 'spkt_welch_density',
    formula:
      'Element coeff of the power spectral density by Welch: segments of min(256, n) values without their mean, half overlapping, periodic Hann window, one-sided; unit sampling rate.',
    source: SOURCE,
    unit: 'y²',
    cost: 'n log n',
    parameters: { coeff: whole(0) },
    create:
      ({ coeff }) =>
      (series) =>
        densityOf(series)[coeff] ?? Number.NaN,
  }),
  calculator({
    name: 'fourier_entropy',
    formula:
      'Entropy, in nats, of the densities of spkt_welch_density sorted into `bins` bins of equal width; not defined for a constant series.',
    source: SOURCE,
    unit: 'nats',
    cost: 'n log n',
    parameters: { bins: whole(1) },
    create:
      ({ bins }) =>
      (series) => {
        const density = relativeDensity(series);
        if (!density.every(Number.isFinite)) return Number.NaN;
        return entropyOfShares(equalWidthCounts(density, bins));
      },
  }),
];
