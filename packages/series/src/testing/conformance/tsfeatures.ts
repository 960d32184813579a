import { summariser } from '../../features/extract.ts';
import { tsfeaturesDepartures } from '../../features/tsfeatures/departures.ts';
import { tsfeaturesSet } from '../../features/tsfeatures/tsfeatures.ts';
import { readPeerFile, relativeDifference } from '../peer-results.ts';
import { summaryConformance } from './summaries.ts';

const SEARCHED = /alpha|beta|guerrero/;
const LOOSE = /trend|spike|linearity|curvature|e_acf|seasonal_strength|hurst/;

export const tsfeaturesConformance = summaryConformance({
  file: 'tsfeatures',
  set: tsfeaturesSet.name,
  tolerance:
    'relative 1e-6; of STL and the Hurst exponent 1e-5; what optimisers find absolute 1e-2',
  departures: tsfeaturesDepartures,
  compute: (id, y) => summariser(tsfeaturesSet, { freq: seasonLength(id) })(y),
  agrees(name, got, want) {
    if (SEARCHED.test(name)) {
      return got === want || Math.abs(Number(got ?? Number.NaN) - Number(want)) <= 1e-2;
    }
    // A variance of 1e-30 is rounding.
    return relativeDifference(got, want, 1e-24) <= (LOOSE.test(name) ? 1e-5 : 1e-6);
  },
});

const seasonLengths = new Map<string, number>();

function seasonLength(id: string): number {
  if (seasonLengths.size === 0) {
    for (const row of readPeerFile('input/series_index.csv').trim().split('\n').slice(1)) {
      const [series, , season] = row.split(',');
      seasonLengths.set(series!, Number(season));
    }
  }
  return seasonLengths.get(id)!;
}
