import { readFileSync } from 'node:fs';
import { type FeatureTable, featureTable } from '../../packages/series/src/index.ts';

/** A trading day of one symbol: what is known at its close, and what the next one brought. */
export interface StockDay {
  readonly symbol: string;
  /** Days since 1970-01-01 of the close, and of the next close, which tells the target. */
  readonly day: number;
  readonly known: number;
  readonly features: readonly number[];
  /** Log return from this close to the next, adjusted for dividends and splits. */
  readonly next: number;
  /** Variance of a day: of the last 250, and weighted by .94 to the power of the age (RiskMetrics). */
  readonly constant: number;
  readonly weighted: number;
  /** Mean squared return of the last 1, 5 and 22 days (Corsi 2009). */
  readonly har: readonly number[];
}

const NAMES = [
  ...['return', 'return-1', 'return-2', 'return-3', 'return-4', 'mean 5', 'mean 20'],
  ...['volatility', 'volatility 5 to 20', 'volume', 'volume 5 to 20', 'weekday'],
];
/** Days before a symbol's first row. */
const HISTORY = 20;
const YEAR = 250;
const DECAY = 0.94;

/** Days of each symbol in the order of time; columns are found by name. The last day, whose target is unknown, is left out. */
export function readStockDays(path: string): StockDay[] {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = head!.split(',');
  const place = (...choices: string[]) =>
    names.indexOf(choices.find((name) => names.includes(name))!);
  const close = place('adjclose', 'adj_close');
  const volume = place('adjvolume', 'volume');
  const bySymbol = Map.groupBy(
    lines.map((line) => line.split(',')),
    (cells) => cells[0]!,
  );
  return [...bySymbol].flatMap(([symbol, rows]) => {
    rows.sort(([, a], [, b]) => (a! < b! ? -1 : 1));
    const dates = rows.map((cells) => Date.parse(`${cells[1]}T00:00Z`) / 86_400_000);
    const prices = rows.map((cells) => Math.log(Number(cells[close])));
    const volumes = rows.map((cells) => Number(cells[volume]));
    return symbolDays(symbol, dates, prices, volumes);
  });
}

function symbolDays(symbol: string, dates: number[], prices: number[], volumes: number[]) {
  const days: StockDay[] = [];
  const returns: number[] = [];
  let weighted = 0;
  for (let t = 1; t + 1 < prices.length; t++) {
    const latest = prices[t]! - prices[t - 1]!;
    returns.push(latest);
    const share = Math.max(1 - DECAY, 1 / t);
    weighted += share * (latest ** 2 - weighted);
    if (t < HISTORY) continue;
    // Only what is known at this close is handed on, so no feature can look ahead.
    days.push({
      symbol,
      day: dates[t]!,
      known: dates[t + 1]!,
      features: features(returns, volumes.slice(0, t + 1), dates[t]!),
      next: prices[t + 1]! - prices[t]!,
      constant: t < YEAR ? Number.NaN : meanSquare(returns, YEAR),
      weighted,
      har: [1, 5, 22].map((window) => meanSquare(returns, window)),
    });
  }
  return days;
}

/** Returns in units of the volatility, so that calm and wild symbols can share a model. */
function features(returns: readonly number[], volumes: readonly number[], day: number): number[] {
  const scale = Math.sqrt(meanSquare(returns, HISTORY));
  const lately = mean(volumes.slice(-HISTORY));
  return [
    ...[1, 2, 3, 4, 5].map((age) => returns.at(-age)! / scale),
    mean(returns.slice(-5)) / scale,
    mean(returns.slice(-HISTORY)) / scale,
    Math.log(scale),
    Math.log(meanSquare(returns, 5) / scale ** 2) / 2,
    Math.log(volumes.at(-1)! / lately),
    Math.log(mean(volumes.slice(-5)) / lately),
    // 1970-01-01 was a Thursday.
    (day + 4) % 7,
  ];
}

/** What models learn from. */
export function stockTable(days: readonly StockDay[]): FeatureTable {
  const columns = NAMES.map((_, k) => Float64Array.from(days, (day) => day.features[k]!));
  return featureTable(columns, { names: NAMES, categories: [NAMES.indexOf('weekday')] });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanSquare(values: readonly number[], window: number): number {
  return mean(values.slice(-window).map((value) => value ** 2));
}
