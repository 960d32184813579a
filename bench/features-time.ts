/**
 * Speed of the features by time beside pandas, statsmodels and scikit-learn. `node bench/features-time.ts`
 *
 * The peers' figures are those of `features/peer_timings.csv` of the reference collection, measured on another day.
 */
import { columns, summariser } from '../packages/series/src/features/extract.ts';
import { createRandom } from '../packages/series/src/math/random.ts';

const ROUNDS = 9;

interface Case {
  readonly what: string;
  readonly points: number;
  readonly series: number;
  readonly run: (y: Float64Array) => unknown;
  readonly peer: string;
  readonly peerMs: number;
}

const cold = process.cpuUsage();
const { rolling } = await import('../packages/series/src/features/rolling/rolling.ts');
columns(rolling, { y: walks(2000, 1)[0]! });
console.log(`rolling, first series with loading: ${cpuMs(cold).toFixed(0)} ms`);

const { stl } = await import('../packages/series/src/transform/stl.ts');
const { acf } = await import('../packages/series/src/features/autocorrelation/acf.ts');
const { growIsolationForest, isolationScores } = await import(
  '../packages/series/src/anomaly/isolation-forest.ts'
);
const correlate = summariser(acf, {}, new Set(['acf_nlags40', 'pacf_ywadjusted_nlags20']));

const cases: readonly Case[] = [
  {
    what: 'rolling, 7 statistics x 7 windows',
    points: 2000,
    series: 40,
    run: (y) => columns(rolling, { y }),
    peer: 'pandas 1.5.3',
    peerMs: 15.26,
  },
  {
    what: 'STL, period 12',
    points: 1000,
    series: 40,
    run: (y) => stl(y, { m: 12, defaults: 'statsmodels' }),
    peer: 'statsmodels 0.13.5',
    peerMs: 6.15,
  },
  {
    what: 'STL, period 12, robust',
    points: 1000,
    series: 20,
    run: (y) => stl(y, { m: 12, defaults: 'statsmodels', robust: true }),
    peer: 'statsmodels 0.13.5',
    peerMs: 39.4,
  },
  {
    what: 'acf 40 and pacf 20',
    points: 1000,
    series: 40,
    run: (y) => correlate(y),
    peer: 'statsmodels 0.13.5',
    peerMs: 0.925,
  },
  {
    what: 'isolation forest, 100 trees, fit and score',
    points: 1000,
    series: 20,
    run: (y) => isolationScores(growIsolationForest([y]), [y]),
    peer: 'scikit-learn 1.2.1',
    peerMs: 96.2,
  },
];

for (const { what, points, series, run, peer, peerMs } of cases) {
  const all = walks(points, series);
  for (let warm = 0; warm < 3; warm++) for (const y of all) run(y);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    for (const y of all) run(y);
    return cpuMs(start) / series;
  }).sort((a, b) => a - b);
  const median = rounds[ROUNDS >> 1]!;
  const spread = `${rounds[0]!.toFixed(2)} to ${rounds[ROUNDS - 1]!.toFixed(2)}`;
  console.log(
    `${what}: ${median.toFixed(2)} ms a series of ${points} points (${spread}), ${peer} ${peerMs} ms, ratio ${(median / peerMs).toFixed(3)}`,
  );
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** Random walks with a season of 12. */
function walks(points: number, count: number): readonly Float64Array[] {
  const random = createRandom(20261122);
  return Array.from({ length: count }, () => {
    let level = 0;
    return Float64Array.from({ length: points }, (_, t) => {
      level += random() - 0.5;
      return level + Math.sin((2 * Math.PI * t) / 12);
    });
  });
}
