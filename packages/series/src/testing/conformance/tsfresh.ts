import { summariser } from '../../features/extract.ts';
import type { SummarySet } from '../../features/feature.ts';
import { tsfreshDepartures } from '../../features/tsfresh/departures.ts';
import { tsfreshEfficient, tsfreshSelected } from '../../features/tsfresh/tsfresh.ts';
import { relativeDifference } from '../peer-results.ts';
import { type SummaryConformance, summaryConformance } from './summaries.ts';

const LOOSE = /^(ar_coefficient|augmented|agg_linear|friedrich|max_langevin|cwt_coeff|spkt)/;

export const tsfreshEfficientConformance = conformance('tsfresh_efficient', tsfreshEfficient);
export const tsfreshSelectedConformance = conformance('tsfresh_selected', tsfreshSelected);

function conformance(file: string, set: SummarySet): SummaryConformance {
  const summarise = summariser(set);
  return summaryConformance({
    file,
    set: set.name,
    tolerance:
      'relative 1e-9; regressions, wavelets and densities 1e-6; Fourier coefficients absolute 1e-9 · n · max |y|, their angles where there is something to have one',
    departures: tsfreshDepartures,
    compute: (_, y) => summarise(y),
    agrees(name, got, want, { y, expected }) {
      if (relativeDifference(got, want) <= (LOOSE.test(name) ? 1e-6 : 1e-9)) return true;
      if (!name.startsWith('fft_coefficient') || got === null || want === null) return false;
      const finite = y.filter(Number.isFinite);
      const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const floor = 1e-9 * finite.length * largest;
      if (!name.includes('angle')) return Math.abs(Number(got) - Number(want)) <= floor;
      return Number(expected[name.replace('angle', 'abs')]) <= floor;
    },
  });
}
