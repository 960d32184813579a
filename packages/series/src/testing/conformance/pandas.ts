import { lagsDepartures } from '../../features/lags/departures.ts';
import { lags } from '../../features/lags/lags.ts';
import { rolling } from '../../features/rolling/rolling.ts';
import { tableConformance } from './tables.ts';

/** The tables name no version; the collection's README does. */
const peer = () => ({ name: 'pandas', version: '1.5.3' });
const WINDOWS = [3, 5, 7, 14, 30, 60, 90];
const FEWEST = '_minp1';

const near = (relative: number) => () => (_: string, value: number, want: number) =>
  Math.abs(value - want) <= relative * Math.abs(want) + 1e-12;

export const rollingConformance = tableConformance({
  prefix: 'rolling_',
  peer,
  columns: rolling,
  tolerance: 'relative 1e-8 or absolute 1e-12',
  departures: [],
  read: (name) => ({
    id: name.replace(FEWEST, ''),
    parameters: { windows: WINDOWS, min_periods: name.endsWith(FEWEST) ? 1 : 0 },
  }),
  agreement: near(1e-8),
});

export const lagsConformance = tableConformance({
  prefix: 'lags_ewm_',
  peer,
  columns: lags,
  tolerance: 'relative 1e-7 or absolute 1e-12',
  departures: lagsDepartures,
  read: (id) => ({ id, parameters: {} }),
  agreement: near(1e-7),
});
