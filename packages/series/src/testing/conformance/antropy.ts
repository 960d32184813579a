import { antropy } from '../../features/antropy/antropy.ts';
import { antropyDepartures } from '../../features/antropy/departures.ts';
import { summariser } from '../../features/extract.ts';
import { relativeDifference } from '../peer-results.ts';
import { summaryConformance } from './summaries.ts';

const LOOSE = /^(svd|detrended|higuchi)/;
const summarise = summariser(antropy);

export const antropyConformance = summaryConformance({
  file: 'antropy',
  set: antropy.name,
  tolerance: 'relative 1e-9; singular values and scaling slopes 1e-6',
  departures: antropyDepartures,
  compute: (_, y) => summarise(y),
  agrees: (name, got, want) => relativeDifference(got, want) <= (LOOSE.test(name) ? 1e-6 : 1e-9),
});
