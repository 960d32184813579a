/**
 * Accuracy and speed of the forecasting models beside their peers, on the shared bench subset.
 *
 *   node bench/forecast-accuracy.ts [frequency …]
 *
 * Data: M3 yearly, quarterly, monthly (300 series each), NN5 daily (54), M4 weekly (every third), M4 hourly (every seventh);
 * read from `../shared/reference/forecast` beside the repository, or the folder in KIZASHI_REFERENCE. The M3 and NN5 data may
 * not be passed on, so they are not in the repository. Peers' figures come from `measured/peers_shared.json` there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  autoForecast,
  errorScale,
  type Forecast,
  fitEts,
  fitSeasonalNaive,
  fitTheta,
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

interface PeerResult {
  readonly freq: string;
  readonly model: string;
  readonly smape: number;
  readonly mase: number;
  readonly owa: number;
  readonly cov95: number | null;
  readonly msis: number | null;
  readonly cpu: number;
}

type Model = (y: Float64Array, series: Series) => Forecast;

const LEVELS = [0.95, 0.8];
const SETS = [
  { frequency: 'yearly', file: 'm3_yearly', every: 1 },
  { frequency: 'quarterly', file: 'm3_quarterly', every: 1 },
  { frequency: 'monthly', file: 'm3_monthly', every: 1 },
  { frequency: 'daily', file: 'nn5_daily', every: 1 },
  { frequency: 'weekly', file: 'm4_weekly', every: 3 },
  { frequency: 'hourly', file: 'm4_hourly', every: 7 },
] as const;

const MODELS: Readonly<Record<string, Model>> = {
  naive2: (y, { m, h }) => ({ mean: naive2Forecast(y, m, h), intervals: [] }),
  'seasonal naive': (y, { m, h }) => fitSeasonalNaive(y, { m }).forecast(h, LEVELS),
  'ets textbook': (y, { m, h }) => fitEts(y, { m, style: 'textbook' }).forecast(h, LEVELS),
  ets: (y, { m, h }) => fitEts(y, { m }).forecast(h, LEVELS),
  'theta standard': (y, { m, h }) => fitTheta(y, { m, variant: 'standard' }).forecast(h, LEVELS),
  theta: (y, { m, h }) => fitTheta(y, { m }).forecast(h, LEVELS),
  auto: (y, { m, h }) => {
    const result = autoForecast(y, { m, h, levels: LEVELS });
    if (result.status !== 'ok') throw new Error('the bench holds no empty series');
    return result.forecast;
  },
};

const root = process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../shared/reference');
const folder = join(root, 'forecast');
if (existsSync(folder)) run(process.argv.slice(2));
else console.log(`skipped: no reference data at ${folder}; set KIZASHI_REFERENCE`);

function run(wanted: readonly string[]): void {
  const peers: { results: PeerResult[] } = JSON.parse(
    readFileSync(join(folder, 'measured/peers_shared.json'), 'utf8'),
  );
  for (const { frequency, file, every } of SETS) {
    if (wanted.length > 0 && !wanted.includes(frequency)) continue;
    const all = readFileSync(join(folder, 'series', `${file}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    const set = all.filter((_, i) => i % every === 0).map((line): Series => JSON.parse(line));
    console.log(`\n${frequency}, ${set.length} series`);
    console.log(row(['model', 'sMAPE', 'MASE', 'OWA', 'cov80', 'cov95', 'MSIS', 'ms/series']));
    const scores = Object.entries(MODELS).map(([name, model]) => ({
      name,
      ...measure(model, set),
    }));
    const base = scores[0]!;
    for (const { name, smape, mase, cov80, cov95, msis, ms } of scores) {
      const owa = (smape / base.smape + mase / base.mase) / 2;
      console.log(row([name, smape, mase, owa, cov80, cov95, msis, ms]));
    }
    for (const peer of peers.results.filter(({ freq }) => freq === frequency)) {
      if (!/:(ets|theta|thetaf|arima|ces)$/.test(peer.model)) continue;
      const { model, smape, mase, owa, cov95, msis, cpu } = peer;
      console.log(row([model, smape, mase, owa, null, cov95, msis, cpu * 1000]));
    }
  }
}

function measure(model: Model, set: readonly Series[]) {
  const sums = { smape: 0, mase: 0, cov80: 0, cov95: 0, msis: 0 };
  let ms = 0;
  for (const series of set) {
    const y = Float64Array.from(series.x);
    const actual = Float64Array.from(series.xx);
    const start = performance.now();
    const { mean, intervals } = model(y, series);
    ms += performance.now() - start;
    const point = pointAccuracy(actual, mean);
    const scale = errorScale(y, series.m).absolute!;
    sums.smape += 100 * point.smape!;
    sums.mase += point.mae! / scale;
    for (const { level, lower, upper } of intervals) {
      const { coverage, intervalScore } = intervalAccuracy(actual, lower, upper, level);
      if (level === 0.8) {
        sums.cov80 += coverage!;
      } else {
        sums.cov95 += coverage!;
        sums.msis += intervalScore! / scale;
      }
    }
  }
  const n = set.length;
  return {
    smape: sums.smape / n,
    mase: sums.mase / n,
    cov80: sums.cov80 > 0 ? sums.cov80 / n : null,
    cov95: sums.cov95 > 0 ? sums.cov95 / n : null,
    msis: sums.msis > 0 ? sums.msis / n : null,
    ms: ms / n,
  };
}

function row(cells: readonly (string | number | null)[]): string {
  return cells
    .map((cell, i) => {
      const text = typeof cell === 'number' ? cell.toFixed(i === 7 ? 2 : 4) : (cell ?? '–');
      return i === 0 ? text.padEnd(16) : text.padStart(10);
    })
    .join('');
}
