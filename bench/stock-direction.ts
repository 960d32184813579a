/**
 * Direction of the next day's stock return: logistic regression and boosted trees beside "always up", and simple forecasts of
 * its size. Walk-forward: models are fitted anew every six months to all days whose outcome was known before that day.
 *
 *   node bench/stock-direction.ts
 *
 * Settings are those of the churn benchmark, taken over before any result was seen. The prices, and the recorded walk-forward
 * result on one of the files, come from `../shared/reference/forecast/stocks` beside the repository, or KIZASHI_REFERENCE.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areaUnderCurve, logLoss } from '../packages/series/src/index.ts';
import { normalHalfWidth } from '../packages/series/src/math/normal.ts';
import { createRandom } from '../packages/series/src/math/random.ts';
import { quantileOfSorted } from '../packages/series/src/stats/quantile.ts';
import { referenceFolder } from './support/online-retail.ts';
import { mean, readStockDays } from './support/stock-days.ts';
import { type Judged, rose, walkForward } from './support/stock-walk.ts';

/** Trading days of a block of the bootstrap, two weeks: longer than returns remember. */
const BOOTSTRAP_DAYS = 10;
const RESAMPLES = 5000;
const SEED = 1;

interface Baseline {
  readonly logistic: Direction;
  readonly hist_gbm: Direction;
  readonly volatility: Readonly<Record<string, Record<'qlike' | 'cov80' | 'cov95', number>>>;
  readonly up_rate_test: number;
  readonly n_test: number;
  readonly protocol: string;
}
type Direction = Record<
  'acc' | 'auc' | 'logloss' | 'acc_minus_always_up' | 't_stat_by_day',
  number
>;

/** Days in the order of time, each with its rows: those of one day share the market's move, so they are drawn together. */
function byDay(days: readonly Judged[]): Judged[][] {
  const groups = Map.groupBy(days, ({ day }) => day);
  return [...groups].toSorted(([a], [b]) => a - b).map(([, rows]) => rows);
}

/** Accuracy less that of "always up", its 95 % interval by a circular block bootstrap of days, and its t by day. */
function difference(days: readonly Judged[], model: string) {
  const groups = byDay(days);
  const gains = groups.map((rows) => rows.reduce((sum, row) => sum + gain(row, model), 0));
  const counts = groups.map(({ length }) => length);
  const n = groups.length;
  const random = createRandom(SEED);
  const drawn = Float64Array.from({ length: RESAMPLES }, () => {
    let [sum, rows] = [0, 0];
    for (let i = 0, at = 0; i < n; i++, at++) {
      if (i % BOOTSTRAP_DAYS === 0) at = Math.floor(random() * n);
      sum += gains[at % n]!;
      rows += counts[at % n]!;
    }
    return sum / rows;
  }).sort();
  const daily = gains.map((value, i) => value / counts[i]!);
  const centre = mean(daily);
  const error = Math.sqrt(mean(daily.map((value) => (value - centre) ** 2)) / (n - 1));
  const bound = (p: number) => quantileOfSorted(drawn, p);
  return {
    value: mean(days.map((row) => gain(row, model))),
    low: bound(0.025),
    high: bound(0.975),
    t: centre / error,
  };
}

const says = (row: Judged, model: string) => (row.up[model]! > 0.5 ? 1 : 0);
/** 1 where the model is right and "always up" is not, −1 the other way round. */
const gain = (row: Judged, model: string) => (says(row, model) === 1 ? 0 : 1 - 2 * rose(row));

const row = ([name, ...cells]: readonly string[]) =>
  name!.padEnd(16) + cells.map((cell) => cell.padStart(10)).join('');
const signed = (value: number) => (value < 0 ? '' : '+') + value.toFixed(4);

function reportDirection(name: string, days: readonly Judged[], model: string): void {
  const target = Float64Array.from(days, rose);
  const p = Float64Array.from(days, ({ up }) => up[model]!);
  const { value, low, high, t } = difference(days, model);
  const { auc, lower, upper } = areaUnderCurve(target, p);
  const always = mean([...target]);
  const numbers = [mean(days.map((day) => says(day, model))), always + value, always];
  const shown = [
    ...numbers.map((x) => x.toFixed(4)),
    ...[value, low, high].map(signed),
    t.toFixed(2),
  ];
  const rest = [auc!, lower!, upper!, logLoss(target, p)!].map((x) => x.toFixed(4));
  console.log(row([`${name} ${model}`, String(days.length), ...shown, ...rest]));
}

function reportVolatility(days: readonly Judged[], method: string, recorded?: Baseline): void {
  const known = days.filter(({ variance }) => variance.const250! > 0);
  const share = (level: number) =>
    mean(
      known.map(({ next, variance }) =>
        Number(Math.abs(next) <= normalHalfWidth(level) * Math.sqrt(variance[method]!)),
      ),
    );
  // In squared percent.
  const loss = known.map(
    ({ next, variance }) => Math.log(1e4 * variance[method]!) + next ** 2 / variance[method]!,
  );
  const its = recorded?.volatility[method];
  const theirs = its ? [its.qlike, its.cov80, its.cov95] : [];
  const cells = [mean(loss), share(0.8), share(0.95), ...theirs].map((x) => x.toFixed(4));
  console.log(row([method, String(known.length), ...cells]));
}

function run(path: string, from: string, recorded?: Baseline): void {
  const judged = walkForward(readStockDays(path), from);
  const symbols = Map.groupBy(judged, ({ symbol }) => symbol);
  console.log(`\n${symbols.size} symbols, ${byDay(judged).length} days from ${from}`);
  console.log(
    row([
      '',
      'n',
      'says up',
      'accuracy',
      'always up',
      'less it',
      '95 % from',
      'to',
      't by day',
      'AUC',
      '95 % from',
      'to',
      'log loss',
    ]),
  );
  for (const model of ['logistic', 'trees']) {
    if (symbols.size <= 5)
      for (const [symbol, days] of symbols) reportDirection(symbol, days, model);
    reportDirection('all', judged, model);
    const its = recorded?.[model === 'trees' ? 'hist_gbm' : 'logistic'];
    if (!recorded || !its) continue;
    const cells = [its.acc, recorded.up_rate_test].map((x) => x.toFixed(4));
    const rest = [
      signed(its.acc_minus_always_up),
      '',
      '',
      its.t_stat_by_day.toFixed(2),
      its.auc.toFixed(4),
      '',
      '',
    ];
    console.log(
      row(['  recorded', String(recorded.n_test), '', ...cells, ...rest, its.logloss.toFixed(4)]),
    );
  }
  console.log(
    row([
      'variance',
      'n',
      'QLIKE',
      '80 %',
      '95 %',
      ...(recorded ? ['recorded', '80 %', '95 %'] : []),
    ]),
  );
  for (const method of ['const250', 'ewma94', 'har']) reportVolatility(judged, method, recorded);
}

const folder = referenceFolder();
if (folder !== null) {
  const stocks = join(folder, 'stocks');
  run(join(stocks, 'wiki_5symbols_2015_2017.csv'), '2016-01-01');
  const recorded = JSON.parse(
    readFileSync(join(stocks, 'direction_baseline.json'), 'utf8'),
  ) as Baseline;
  const same = join(stocks, 'us20_2015_2020_REFERENCE_ONLY.csv');
  if (existsSync(same)) {
    console.log(`\nThe file of the recorded result (${recorded.protocol})`);
    run(same, '2017-07-01', recorded);
  }
}
