import { catch22 } from '../../features/catch22/catch22.ts';
import { catch22Departures } from '../../features/catch22/departures.ts';
import { summariser } from '../../features/extract.ts';
import { relativeDifference } from '../peer-results.ts';
import { summaryConformance } from './summaries.ts';

const summarise = summariser(catch22);

export const catch22Conformance = summaryConformance({
  file: 'catch22',
  set: catch22.name,
  tolerance: 'relative 1e-8, absolute 1e-10',
  departures: catch22Departures,
  compute: (_, y) => summarise(y),
  agrees: (_, got, want) => relativeDifference(got, want, 1e-2) <= 1e-8,
});
