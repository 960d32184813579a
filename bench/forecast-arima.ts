/**
 * Automatic ARIMA beside R forecast 8.20 and statsforecast, on the same series.
 *
 *   npm run bench -- forecast-arima              all sets
 *   node bench/forecast-arima.ts monthly --part odd
 *   node bench/forecast-arima.ts hourly --r 3    R's in the same run on every third series, which takes ten minutes
 *
 * Where a peer ran on a part of a set only, because it took too long, ours is also measured on that part: every k-th series. R
 * (Debian: r-cran-forecast) is left out when it is not there.
 * Constants of `style: 'cautious'` were chosen on the even-numbered series of the yearly, quarterly, monthly and daily sets;
 * `--part odd` shows the others. Data and peers: see forecast-accuracy.ts.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  errorScale,
  fitAutoArima,
  intervalAccuracy,
  naive2Forecast,
  pointAccuracy,
} from '../packages/series/src/index.ts';

interface Series {
  readonly m: number;
  readonly h: number;
  readonly x: readonly number[];
  readonly xx: readonly number[];
}

interface Peer {
  readonly freq: string;
  readonly model: string;
  readonly n: number;
  readonly failed: number;
  readonly smape: number;
  readonly mase: number;
  readonly owa: number;
  readonly cov95: number;
  readonly msis: number;
  readonly cpu: number;
}

const SETS = [
  { frequency: 'yearly', file: 'm3_yearly', every: 1 },
  { frequency: 'quarterly', file: 'm3_quarterly', every: 1 },
  { frequency: 'monthly', file: 'm3_monthly', every: 1 },
  { frequency: 'daily', file: 'nn5_daily', every: 1 },
  { frequency: 'weekly', file: 'm4_weekly', every: 3 },
  { frequency: 'hourly', file: 'm4_hourly', every: 7 },
] as const;
const STYLES = ['cautious', 'textbook'] as const;

const PEER = 'Rscript';
/** One line of values in, one line of processor seconds, means, lower and upper ends out. */
const R_SCRIPT = `
suppressMessages(library(forecast))
for (line in readLines(file("stdin"))) {
  v <- as.numeric(strsplit(line, " ")[[1]])
  begun <- proc.time()
  f <- forecast(auto.arima(ts(v[-(1:2)], frequency = v[1])), h = v[2], level = 95)
  cpu <- sum((proc.time() - begun)[1:2])
  cat(cpu, f$mean, f$lower, f$upper, "\\n")
}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { part: { type: 'string', default: 'all' }, r: { type: 'string' } },
});
const root = process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../shared/reference');
const folder = join(root, 'forecast');
if (existsSync(folder)) run();
else console.log(`skipped: no reference data at ${folder}; set KIZASHI_REFERENCE`);

function run(): void {
  const peers: { results: Peer[] } = JSON.parse(
    readFileSync(join(folder, 'measured/peers_shared.json'), 'utf8'),
  );
  console.log(row(['', 'series', 'sMAPE', 'MASE', 'OWA', 'cov95', 'MSIS', 'CPU s', 'most s']));
  for (const { frequency, file, every } of SETS) {
    if (positionals.length > 0 && !positionals.includes(frequency)) continue;
    const all = readFileSync(join(folder, 'series', `${file}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    const set = all.filter((_, i) => i % every === 0).map((line): Series => JSON.parse(line));
    console.log(`\n${frequency}`);
    const own = peers.results.filter(
      ({ freq, model }) => freq === frequency && /^(R|SF):arima$/.test(model),
    );
    if (values.r !== undefined) {
      const some = set.filter((_, i) => i % Number(values.r) === 0);
      report('cautious', some, some.map(ours('cautious')));
      const theirs = byR(some);
      if (theirs) report('R in this run', some, theirs);
      continue;
    }
    for (const style of STYLES) report(style, partOf(set), partOf(set).map(ours(style)));
    if (values.part !== 'all') continue;
    for (const peer of own) {
      const { model, n, smape, mase, owa, cov95, msis, cpu, failed } = peer;
      const name = failed > 0 ? `${model}, ${failed} failed` : model;
      if (n < set.length) {
        const step = Math.ceil(set.length / n);
        const some = set.filter((_, i) => i % step === 0);
        report(`cautious, as ${model}`, some, some.map(ours('cautious')));
      }
      console.log(row([name, n, smape, mase, owa, cov95, msis, cpu, null]));
    }
  }
}

function partOf(set: readonly Series[]): readonly Series[] {
  if (values.part === 'all') return set;
  return set.filter((_, i) => i % 2 === (values.part === 'odd' ? 1 : 0));
}

interface Made {
  readonly mean: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly cpu: number;
}

function ours(style: (typeof STYLES)[number]): (series: Series) => Made {
  return ({ m, h, x }) => {
    const before = process.cpuUsage();
    const model = fitAutoArima(Float64Array.from(x), { m, style });
    const { mean, intervals } = model.forecast(h, [0.95]);
    const { user, system } = process.cpuUsage(before);
    const { lower, upper } = intervals[0]!;
    return { mean, lower, upper, cpu: (user + system) / 1e6 };
  };
}

function byR(set: readonly Series[]): Made[] | null {
  const { status, stdout } = spawnSync(PEER, ['-e', R_SCRIPT], {
    input: set.map(({ m, h, x }) => [m, h, ...x].join(' ')).join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) {
    console.log('R with the package forecast: peer absent, its row is left out');
    return null;
  }
  const lines = stdout.trim().split('\n');
  return lines.map((line, i) => {
    const [cpu, ...numbers] = line.trim().split(' ').map(Number);
    const { h } = set[i]!;
    const part = (k: number) => Float64Array.from(numbers.slice(k * h, (k + 1) * h));
    return { cpu: cpu!, mean: part(0), lower: part(1), upper: part(2) };
  });
}

function report(name: string, set: readonly Series[], made: readonly Made[]): void {
  const sums = { smape: 0, mase: 0, smape2: 0, mase2: 0, cov95: 0, msis: 0, cpu: 0 };
  let most = 0;
  for (const [i, { m, h, x, xx }] of set.entries()) {
    const y = Float64Array.from(x);
    const actual = Float64Array.from(xx);
    const { mean, lower, upper, cpu } = made[i]!;
    const scale = errorScale(y, m).absolute!;
    const point = pointAccuracy(actual, mean);
    const naive = pointAccuracy(actual, naive2Forecast(y, m, h));
    const { coverage, intervalScore } = intervalAccuracy(actual, lower, upper, 0.95);
    sums.smape += 100 * point.smape!;
    sums.mase += point.mae! / scale;
    sums.smape2 += 100 * naive.smape!;
    sums.mase2 += naive.mae! / scale;
    sums.cov95 += coverage!;
    sums.msis += intervalScore! / scale;
    sums.cpu += cpu;
    most = Math.max(most, cpu);
  }
  const n = set.length;
  const owa = (sums.smape / sums.smape2 + sums.mase / sums.mase2) / 2;
  const means = [sums.smape / n, sums.mase / n, owa, sums.cov95 / n, sums.msis / n, sums.cpu / n];
  console.log(row([name, n, ...means, most]));
}

function row(cells: readonly (string | number | null)[]): string {
  return cells
    .map((cell, i) => {
      const text = typeof cell === 'number' && i > 1 ? cell.toFixed(3) : `${cell ?? '–'}`;
      return i === 0 ? text.padEnd(22) : text.padStart(9);
    })
    .join('');
}
