/**
 * Accuracy and time of the LSTM and of Prophet's model beside ETS, Theta and the seasonal naive, on a third of two sets.
 *
 *   node bench/forecast-learned.ts
 *
 * Data: every third series of M3 monthly (100) and NN5 daily (18), from `../shared/reference/forecast` beside the repository, or
 * under KIZASHI_REFERENCE. The series that were looked at while the LSTM was written (every tenth, every ninth) begin at 0; these
 * begin at 1. Dates, which Prophet's seasons need, are made up: months from 1980, days from the first of NN5.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  additiveFit,
  errorScale,
  fitEts,
  fitLstm,
  fitSeasonalNaive,
  fitTheta,
  naive2Forecast,
  pointAccuracy,
} from '../packages/series/src/index.ts';

interface Series {
  readonly m: number;
  readonly h: number;
  readonly x: readonly number[];
  readonly xx: readonly number[];
}

type Model = (y: Float64Array, series: Series) => Float64Array;

const prophet =
  (options: Parameters<typeof additiveFit>[1]): Model =>
  (y, { m, h }) =>
    additiveFit({ t: times(m, y.length + h) }, options)(y).forecast(h).mean;

const MODELS: Readonly<Record<string, Model>> = {
  naive2: (y, { m, h }) => naive2Forecast(y, m, h),
  'seasonal naive': (y, { m, h }) => fitSeasonalNaive(y, { m }).forecast(h).mean,
  ets: (y, { m, h }) => fitEts(y, { m }).forecast(h).mean,
  theta: (y, { m, h }) => fitTheta(y, { m }).forecast(h).mean,
  lstm: (y, { m, h }) => fitLstm(y, { m }).forecast(h).mean,
  prophet: prophet({}),
  'prophet exact': prophet({ search: 'exact' }),
  'prophet exact ×': prophet({ search: 'exact', mode: 'multiplicative' }),
};

const root = process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../shared/reference');
const folder = join(root, 'forecast/series');
if (existsSync(folder)) for (const file of ['m3_monthly', 'nn5_daily']) compare(file);
else console.log(`skipped: no reference data at ${folder}; set KIZASHI_REFERENCE`);

function compare(file: string): void {
  const lines = readFileSync(join(folder, `${file}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  const set = lines.filter((_, i) => i % 3 === 1).map((line): Series => JSON.parse(line));
  console.log(`\n${file}, ${set.length} series`);
  console.log(row(['model', 'sMAPE', 'MASE', 'OWA', 'CPU ms']));
  let base = { smape: 1, mase: 1 };
  for (const [name, model] of Object.entries(MODELS)) {
    const { smape, mase, ms } = measure(model, set);
    if (name === 'naive2') base = { smape, mase };
    const owa = (smape / base.smape + mase / base.mase) / 2;
    console.log(row([name, smape.toFixed(2), mase.toFixed(3), owa.toFixed(3), ms.toFixed(1)]));
  }
}

function measure(model: Model, set: readonly Series[]) {
  let smape = 0;
  let mase = 0;
  const start = process.cpuUsage();
  const forecasts = set.map((series) => model(Float64Array.from(series.x), series));
  const { user, system } = process.cpuUsage(start);
  set.forEach((series, i) => {
    const point = pointAccuracy(Float64Array.from(series.xx), forecasts[i]!);
    smape += (100 * point.smape!) / set.length;
    mase += point.mae! / errorScale(Float64Array.from(series.x), series.m).absolute! / set.length;
  });
  return { smape, mase, ms: (user + system) / 1000 / set.length };
}

function times(m: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) =>
    m === 12 ? Date.UTC(1980, i, 1) : Date.UTC(1996, 2, 18 + i),
  );
}

function row(cells: readonly string[]): string {
  return cells.map((cell, i) => (i === 0 ? cell.padEnd(18) : cell.padStart(9))).join('');
}
