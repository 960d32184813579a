/**
 * Accuracy, intervals and processor time of the forecasting models beside their peers, on the shared bench subset.
 *
 *   npm run bench:forecast [-- set … | model … | apart]
 *
 * Sets: yearly, quarterly, monthly (M3, 300 series each), daily (NN5, 54), weekly (M4, every third), hourly (M4, every seventh).
 * `apart` takes the M4 series that are not in the subset instead: they had no part in any choice. Data are read from
 * `../shared/reference/forecast` beside the repository, or the folder in KIZASHI_REFERENCE; the M3 and NN5 data may not be passed
 * on, so they are not in the repository. Peers' figures come from `measured/peers_shared.json` there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import {
  type AutoForecastOptions,
  autoForecast,
  errorScale,
  type Forecast,
  fitAutoArima,
  fitCes,
  fitEts,
  fitSeasonalNaive,
  fitStl,
  fitTbats,
  fitTheta,
  forecastPanel,
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
  readonly n: number;
  readonly smape: number;
  readonly mase: number;
  readonly owa: number;
  readonly cov95: number | null;
  readonly msis: number | null;
  readonly cpu: number;
}

/** What the goals of the project ask of `auto`. */
interface Goals {
  readonly owa: number;
  readonly cpu?: number;
}

interface BenchSet {
  readonly frequency: string;
  readonly file: string;
  readonly every: number;
  /** Season lengths that a sampling frequency can have. M4 scores weeks with m = 1, whatever season they have. */
  readonly seasons: readonly number[];
  readonly goals: Goals;
}

const SETS: readonly BenchSet[] = [
  { frequency: 'yearly', file: 'm3_yearly', every: 1, seasons: [], goals: { owa: 0.87 } },
  { frequency: 'quarterly', file: 'm3_quarterly', every: 1, seasons: [4], goals: { owa: 0.9 } },
  {
    frequency: 'monthly',
    file: 'm3_monthly',
    every: 1,
    seasons: [12],
    goals: { owa: 0.79, cpu: 0.1 },
  },
  { frequency: 'daily', file: 'nn5_daily', every: 1, seasons: [7], goals: { owa: 0.6 } },
  { frequency: 'weekly', file: 'm4_weekly', every: 3, seasons: [52], goals: { owa: 0.88 } },
  { frequency: 'hourly', file: 'm4_hourly', every: 7, seasons: [24, 168], goals: { owa: 0.6 } },
];

const LEVELS = [0.95, 0.8];

type Model = (y: Float64Array, series: Series, set: BenchSet) => Forecast;

const MODELS: Readonly<Record<string, Model>> = {
  naive2: (y, { m, h }) => ({ mean: naive2Forecast(y, m, h), intervals: [] }),
  snaive: (y, { m, h }) => fitSeasonalNaive(y, { m }).forecast(h, LEVELS),
  ets: (y, { m, h }) => fitEts(y, { m }).forecast(h, LEVELS),
  theta: (y, { m, h }) => fitTheta(y, { m }).forecast(h, LEVELS),
  ces: (y, { m, h }) => fitCes(y, { m }).forecast(h, LEVELS),
  'stl + ets': (y, { h }, { seasons }) =>
    (seasons.length > 0 ? fitStl(y, { seasons }) : fitEts(y, { m: 1 })).forecast(h, LEVELS),
  tbats: (y, { h }, { seasons }) => fitTbats(y, { seasons }).forecast(h, LEVELS),
  arima: (y, { m, h }) => fitAutoArima(y, { m }).forecast(h, LEVELS),
  auto: (y, series, set) => {
    const result = autoForecast(y, autoOptions(series, set));
    if (result.status !== 'ok') throw new Error('the bench holds no empty series');
    return result.forecast;
  },
};

/** `auto` with the widths of its intervals learnt from all series of the set together. */
const PANEL = 'auto panel';

const NAMES = [...Object.keys(MODELS), PANEL];

function autoOptions({ m, h }: Series, { seasons }: BenchSet): AutoForecastOptions {
  // A set without a usual season, or one scored without, leaves it to the detection.
  return { ...(m > 1 && { m }), seasons, h, levels: LEVELS };
}

/** Measures of one model on one series. */
interface Row {
  readonly smape: number;
  readonly mase: number;
  readonly cov80: number;
  readonly cov95: number;
  readonly msis: number;
  readonly cpu: number;
}

interface Summary extends Row {
  readonly owa: number;
  /** OWA of the even and of the odd series; choices were made on the even ones. */
  readonly halves: readonly [number, number];
}

const root = process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../shared/reference');
const folder = join(root, 'forecast');
if (existsSync(folder)) run(process.argv.slice(2));
else console.log(`skipped: no reference data at ${folder}; set KIZASHI_REFERENCE`);

function run(words: readonly string[]): void {
  const peers: { results: PeerResult[] } = JSON.parse(
    readFileSync(join(folder, 'measured/peers_shared.json'), 'utf8'),
  );
  const apart = words.includes('apart');
  const sets = SETS.filter(({ frequency, every }) =>
    words.some((word) => SETS.some((one) => one.frequency === word))
      ? words.includes(frequency)
      : !apart || every > 1,
  );
  const models = NAMES.filter(
    (name) =>
      name === 'naive2' || !words.some((word) => NAMES.includes(word)) || words.includes(name),
  );
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`);
  for (const set of sets) {
    const series = readFileSync(join(folder, 'series', `${set.file}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .filter((_, i) => (i % set.every === 0) !== apart)
      .map((line): Series => JSON.parse(line));
    report(set, series, models, apart ? [] : peers.results);
  }
}

function report(
  set: BenchSet,
  series: readonly Series[],
  models: readonly string[],
  peers: readonly PeerResult[],
): void {
  console.log(`\n## ${set.frequency}, ${series.length} series\n`);
  print(['model', 'sMAPE', 'MASE', 'OWA', 'even', 'odd', '80 %', '95 %', 'MSIS', 'CPU s', 'n']);
  print(new Array(11).fill('---'));
  const base = measure('naive2', series, set);
  let ours: Summary | undefined;
  let pooled: Summary | undefined;
  for (const name of models) {
    const rows = name === 'naive2' ? base : measure(name, series, set);
    const one = summary(rows, base);
    if (name === 'auto') ours = one;
    if (name === PANEL) pooled = one;
    const interval =
      one.cov95 > 0 ? [share(one.cov80), share(one.cov95), three(one.msis)] : ['', '', ''];
    const points = [three(one.smape), three(one.mase), three(one.owa), ...one.halves.map(three)];
    print([name, ...points, ...interval, one.cpu.toFixed(4), `${series.length}`]);
  }
  const others = peers.filter(({ freq, model }) => freq === set.frequency && !/naive/.test(model));
  for (const { model, n, smape, mase, owa, cov95, msis, cpu } of others) {
    const interval = ['', cov95 === null ? '' : share(cov95), msis === null ? '' : three(msis)];
    print([
      model,
      three(smape),
      three(mase),
      three(owa),
      '',
      '',
      ...interval,
      cpu.toFixed(4),
      `${n}`,
    ]);
  }
  if (ours !== undefined) judge(ours, pooled ?? ours, set, others, series.length);
}

/**
 * Ratios to the best peers, and what of the goals is met.
 *
 * @param pooled whose intervals are judged: of the many series of a set, the product pools what it learns.
 */
function judge(
  ours: Summary,
  pooled: Summary,
  { goals }: BenchSet,
  peers: readonly PeerResult[],
  n: number,
): void {
  const whole = peers.filter((peer) => peer.n === n);
  const best = (of: (peer: PeerResult) => number | null) =>
    whole.reduce<PeerResult | undefined>((least, peer) => {
      const value = of(peer);
      return value !== null && (least === undefined || value < of(least)!) ? peer : least;
    }, undefined);
  const owa = best((peer) => peer.owa);
  const msis = best((peer) => peer.msis);
  const ets = whole.find(({ model }) => model === 'R:ets');
  console.log('');
  const check = (what: string, met: boolean) =>
    console.log(`- ${met ? 'met' : 'NOT MET'}: ${what}`);
  check(`OWA ${three(ours.owa)}, goal ${goals.owa}`, ours.owa <= goals.owa);
  check(`80 % holds ${share(pooled.cov80)}, goal 77 to 83 %`, within(pooled.cov80, 0.77, 0.83));
  check(`95 % holds ${share(pooled.cov95)}, goal 92 to 97 %`, within(pooled.cov95, 0.92, 0.97));
  if (pooled !== ours)
    console.log(
      `- each series by itself: 80 % holds ${share(ours.cov80)}, 95 % ${share(ours.cov95)}`,
    );
  if (owa)
    console.log(
      `- OWA is ${ratio(ours.owa, owa.owa)} of the best peer's (${owa.model} ${three(owa.owa)})`,
    );
  if (msis)
    check(
      `MSIS is ${ratio(pooled.msis, msis.msis!)} of the best peer's (${msis.model} ${three(msis.msis!)})`,
      pooled.msis < msis.msis!,
    );
  if (goals.cpu)
    check(`${ours.cpu.toFixed(4)} s a series, goal ${goals.cpu} s`, ours.cpu <= goals.cpu);
  if (ets) console.log(`- CPU is ${ratio(ours.cpu, ets.cpu)} of R ets (${ets.cpu.toFixed(4)} s)`);
}

function measure(name: string, all: readonly Series[], set: BenchSet): Row[] {
  const start = process.cpuUsage();
  const forecasts = name === PANEL ? panel(all, set) : alone(MODELS[name]!, all, set);
  const { user, system } = process.cpuUsage(start);
  const cpu = (user + system) / 1e6 / all.length;
  return all.map((series, i) => {
    const y = Float64Array.from(series.x);
    const actual = Float64Array.from(series.xx);
    const { mean, intervals } = forecasts[i]!;
    const point = pointAccuracy(actual, mean);
    const scale = errorScale(y, series.m).absolute!;
    const held = (level: number) => {
      const interval = intervals.find((one) => one.level === level);
      if (interval === undefined) return { coverage: 0, msis: 0 };
      const { coverage, intervalScore } = intervalAccuracy(
        actual,
        interval.lower,
        interval.upper,
        level,
      );
      return { coverage: coverage!, msis: intervalScore! / scale };
    };
    return {
      smape: 100 * point.smape!,
      mase: point.mae! / scale,
      cov80: held(0.8).coverage,
      cov95: held(0.95).coverage,
      msis: held(0.95).msis,
      cpu,
    };
  });
}

function alone(model: Model, all: readonly Series[], set: BenchSet): Forecast[] {
  return all.map((series) => model(Float64Array.from(series.x), series, set));
}

function panel(all: readonly Series[], set: BenchSet): Forecast[] {
  const series = all.map(({ x }, i) => ({ id: `${i}`, y: Float64Array.from(x) }));
  return forecastPanel(series, autoOptions(all[0]!, set)).forecasts.map(({ result }) => {
    if (result.status !== 'ok') throw new Error('the bench holds no empty series');
    return result.forecast;
  });
}

function summary(rows: readonly Row[], base: readonly Row[]): Summary {
  const owa = (keep: (i: number) => boolean) => {
    const relative = (key: 'smape' | 'mase') =>
      mean(rows.filter((_, i) => keep(i)).map((row) => row[key])) /
      mean(base.filter((_, i) => keep(i)).map((row) => row[key]));
    return (relative('smape') + relative('mase')) / 2;
  };
  const of = (key: keyof Row) => mean(rows.map((row) => row[key]));
  return {
    smape: of('smape'),
    mase: of('mase'),
    cov80: of('cov80'),
    cov95: of('cov95'),
    msis: of('msis'),
    cpu: of('cpu'),
    owa: owa(() => true),
    halves: [owa((i) => i % 2 === 0), owa((i) => i % 2 === 1)],
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

function three(value: number): string {
  return value.toFixed(3);
}

function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function ratio(value: number, other: number): string {
  return (value / other).toFixed(2);
}

function print(cells: readonly string[]): void {
  console.log(
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(20) : cell.padStart(7))).join(' | ')} |`,
  );
}
