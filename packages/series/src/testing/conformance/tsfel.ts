import { summariser } from '../../features/extract.ts';
import { tsfelDepartures } from '../../features/tsfel/departures.ts';
import { tsfelSet } from '../../features/tsfel/tsfel.ts';
import { relativeDifference } from '../peer-results.ts';
import { type SummaryConformance, summaryConformance } from './summaries.ts';

const LOOSE = /MFCC|LPCC|Wavelet|^fractal/;

export const tsfelConformance = conformance(100);
export const tsfelSlowConformance = conformance(1);

/** At `fs` samples a second. */
function conformance(fs: number): SummaryConformance {
  const summarise = summariser(tsfelSet, { fs });
  return summaryConformance({
    file: `tsfel_fs${fs}`,
    set: tsfelSet.name,
    tolerance: 'relative 1e-8; MFCC, LPCC, wavelets and fractals 1e-6; names of frequencies equal',
    departures: tsfelDepartures,
    compute: (_, y) => summarise(y),
    agrees(name, got, want) {
      if (name.endsWith('|names')) return JSON.stringify(got) === JSON.stringify(want);
      return relativeDifference(got, want) <= (LOOSE.test(name) ? 1e-6 : 1e-8);
    },
  });
}
