/**
 * Time of `autoForecast` as a page view asks for it: 374 days of real sales with an outlier on the last day, 28 days ahead; and
 * as an alert asks for it: each of 30 days from the ones before it. Then the processor time of each model for a monthly series,
 * fit and forecast of 18 months, and of one update of its follower.
 *
 *   node bench/forecast-speed.ts
 *
 * Monthly series: every third of the 300 shared ones of M3, read from `../shared/reference/forecast` or the folder in
 * KIZASHI_REFERENCE, as are the peers' times, which were measured on another machine; without it 100 seeded ones of like
 * length, and no peers.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import {
  autoForecast,
  type Fit,
  fitCes,
  fitCroston,
  fitDrift,
  fitEts,
  fitHolt,
  fitHoltWinters,
  fitNaive,
  fitSeasonalNaive,
  fitSes,
  fitStl,
  fitTbats,
  fitTheta,
} from '../packages/series/src/index.ts';
import { createRandom } from '../packages/series/src/math/random.ts';

const fixture = new URL('../packages/series/fixtures/online-retail-daily.json', import.meta.url);
const y = Float64Array.from(JSON.parse(readFileSync(fixture, 'utf8')).values as number[]);

report('one forecast of 28 days', 40, () => {
  autoForecast(y, { m: 7, h: 28, nonNegative: true });
});
report('30 forecasts of one day', 5, () => {
  for (let n = y.length - 30; n < y.length; n++) {
    autoForecast(y.subarray(0, n), { m: 7, h: 1, levels: [0.95], nonNegative: true });
  }
});

const MONTHLY: Readonly<Record<string, { model: Fit; peers?: readonly string[]; goal?: number }>> =
  {
    naive: { model: fitNaive },
    'seasonal naive': { model: (x) => fitSeasonalNaive(x, { m: 12 }) },
    drift: { model: fitDrift },
    ses: { model: fitSes },
    'holt damped': { model: (x) => fitHolt(x, { damped: true }) },
    'holt-winters': { model: (x) => fitHoltWinters(x, { m: 12, season: 'multiplicative' }) },
    ets: { model: (x) => fitEts(x, { m: 12 }), peers: ['R:ets', 'SF:ets'], goal: 15 },
    'theta standard': {
      model: (x) => fitTheta(x, { m: 12, variant: 'standard' }),
      peers: ['R:theta', 'R:thetaf'],
      goal: 1,
    },
    theta: { model: (x) => fitTheta(x, { m: 12 }), peers: ['SF:theta'], goal: 1 },
    ces: { model: (x) => fitCes(x, { m: 12 }), peers: ['SF:ces'] },
    'stl + ets': { model: (x) => fitStl(x, { seasons: [12] }), peers: ['JS:augurs-mstl'] },
    tbats: { model: (x) => fitTbats(x, { seasons: [12] }) },
    croston: { model: (x) => fitCroston(x) },
  };

monthlyTable();

function monthlyTable(): void {
  const root = process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../shared/reference');
  const folder = join(root, 'forecast');
  const shared = existsSync(folder);
  const series = shared ? sharedMonths(folder) : seededMonths();
  const length = series.reduce((sum, x) => sum + x.length / series.length, 0);
  console.log(
    `\n${series.length} ${shared ? 'M3' : 'seeded'} monthly series of ${length.toFixed(0)} values, ${cpus()[0]!.model}`,
  );
  if (!shared) console.log(`peers left out: no reference data at ${folder}; set KIZASHI_REFERENCE`);
  const peers = shared ? peerTimes(folder) : new Map<string, number>();
  console.log(
    'model             CPU ms/series   goal   update µs   peers, CPU ms/series (times ours)',
  );
  for (const [name, { model, peers: theirs = [], goal }] of Object.entries(MONTHLY)) {
    for (const x of series.slice(0, 20)) model(x).forecast(18);
    const ms =
      cpuMs(() => {
        for (const x of series) model(x).forecast(18);
      }) / series.length;
    const beside = theirs
      .filter((peer) => peers.has(peer))
      .map(
        (peer) => `${peer} ${peers.get(peer)!.toFixed(1)} (${(peers.get(peer)! / ms).toFixed(0)}×)`,
      );
    const cells = [
      name.padEnd(16),
      ms.toFixed(3).padStart(14),
      (goal === undefined ? '' : `≤ ${goal}`).padStart(7),
      updateMicroseconds(model, series[0]!).toFixed(2).padStart(12),
    ];
    console.log(`${cells.join('')}   ${beside.join(', ')}`);
  }
}

/** Mean processor time of 100,000 updates. */
function updateMicroseconds(model: Fit, x: Float64Array): number {
  const follower = model(x).follow!();
  const updates = 100_000;
  const ms = cpuMs(() => {
    for (let i = 0; i < updates; i++) follower.update(x[i % x.length]!);
  });
  return (1000 * ms) / updates;
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function sharedMonths(folder: string): Float64Array[] {
  const lines = readFileSync(join(folder, 'series/m3_monthly.jsonl'), 'utf8').trim().split('\n');
  return lines.filter((_, i) => i % 3 === 0).map((line) => Float64Array.from(JSON.parse(line).x));
}

function peerTimes(folder: string): Map<string, number> {
  const { results } = JSON.parse(readFileSync(join(folder, 'measured/peers_shared.json'), 'utf8'));
  return new Map(
    (results as { freq: string; model: string; cpu: number }[])
      .filter(({ freq }) => freq === 'monthly')
      .map(({ model, cpu }) => [model, 1000 * cpu]),
  );
}

/** Level, slope, season and noise, of 50 to 126 months. */
function seededMonths(): Float64Array[] {
  const random = createRandom(1);
  return Array.from({ length: 100 }, () => {
    const [level, slope, swing, noise] = [5000 * random() + 500, 20 * random(), random(), random()];
    return Float64Array.from({ length: 50 + Math.floor(77 * random()) }, (_, t) => {
      const season = 1 + 0.3 * swing * Math.sin((2 * Math.PI * t) / 12);
      return (level + slope * t) * season * (1 + 0.2 * noise * (random() - 0.5));
    });
  });
}

function report(what: string, runs: number, work: () => void): void {
  work();
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < runs; i++) {
    const used = process.cpuUsage();
    const start = performance.now();
    work();
    wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
  }
  console.log(
    `${what}: ${summary(wall)} ms, CPU ${summary(cpu)} ms (median, least to most of ${runs})`,
  );
}

function summary(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, middle, most] = [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!];
  return `${middle.toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)})`;
}
