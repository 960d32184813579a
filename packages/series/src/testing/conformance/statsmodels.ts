import { acf } from '../../features/autocorrelation/acf.ts';
import { summariser } from '../../features/extract.ts';
import { stlSet } from '../../features/trend/stl-set.ts';
import { deviationOf } from '../../reference/trailing-window.ts';
import { peerOf } from '../peer-results.ts';
import { summaryConformance } from './summaries.ts';
import { tableConformance } from './tables.ts';

const summarise = summariser(acf);

/** As the collection's README, ten times as strict where that is easy. */
function toleranceOf(name: string, i: number, want: number): number {
  if (name.includes('pvalue') || (/adf|kpss/.test(name) && i === 1)) return 1e-9 * want + 1e-300;
  if (/adf|kpss/.test(name)) return 1e-8 * Math.abs(want);
  if (name.startsWith('ljungbox')) return 1e-10 * want;
  return 1e-10;
}

export const acfConformance = summaryConformance({
  file: 'statsmodels',
  set: acf.name,
  tolerance:
    'autocorrelations absolute 1e-10; Ljung-Box relative 1e-10; ADF and KPSS 1e-8; p-values 1e-9',
  departures: [],
  compute: (_, y) => summarise(y),
  agrees(name, got, want) {
    if (!Array.isArray(want) || !Array.isArray(got)) return got === want;
    if (got.length !== want.length) return false;
    return want.every((value, i) => {
      if (value === null) return Number.isNaN(got[i]);
      return Math.abs(Number(got[i]) - Number(value)) <= toleranceOf(name, i, Number(value));
    });
  },
});

export const stlConformance = tableConformance({
  prefix: 'stl_',
  peer: () => peerOf('statsmodels'),
  columns: stlSet,
  tolerance: 'absolute 1e-9 · sd(y)',
  departures: [],
  read(name) {
    const [, id, period, robust] = /^(.*)_p(\d+)(_robust)?$/.exec(name)!;
    return { id: id!, parameters: { period: Number(period), robust: robust !== undefined } };
  },
  agreement(y) {
    const tolerance = 1e-9 * deviationOf([...y]);
    return (_, value, want) => Math.abs(value - want) <= tolerance;
  },
});
