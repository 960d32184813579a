/** R prophet 1.0 on its example data, as recorded in the reference folder. For tests and benches. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseIsoDate } from '../calendar/day.ts';
import type { AdditiveOptions } from '../forecast/additive/options.ts';

/** What Prophet found. */
export interface ExpectedRun {
  readonly fit_cpu_s: number;
  readonly insample_rmse: number;
  readonly holidays?: Readonly<Record<string, unknown>>;
  readonly future: { readonly ds: readonly string[] } & Readonly<Record<string, readonly number[]>>;
}

/** One run, ready to be repeated. */
export interface ProphetRun {
  readonly name: string;
  readonly expected: ExpectedRun;
  readonly history: { readonly t: Float64Array; readonly y: Float64Array };
  /** Times of the forecast. */
  readonly future: Float64Array;
  readonly limit: { readonly cap?: number };
  readonly options: AdditiveOptions;
}

const root =
  process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../../../../shared/reference');
/** Where the recorded runs are, if they are. */
export const prophetFolder = join(root, 'forecast/prophet');

const DAY = 86_400_000;
const RUNS: Readonly<Record<string, { file: string; cap?: number; options?: AdditiveOptions }>> = {
  peyton_default: { file: 'wp_log_peyton_manning' },
  peyton_holidays: { file: 'wp_log_peyton_manning' },
  air_multiplicative: { file: 'air_passengers', options: { mode: 'multiplicative' } },
  air_additive: { file: 'air_passengers' },
  retail_default: { file: 'retail_sales' },
  'wpR_logistic_cap8.5': { file: 'wp_log_R', cap: 8.5, options: { growth: 'logistic' } },
  'peyton_cps0.5': { file: 'wp_log_peyton_manning', options: { changepointPriorScale: 0.5 } },
};

/** All recorded runs; empty without the reference folder. */
export function prophetRuns(): readonly ProphetRun[] {
  if (!existsSync(prophetFolder)) return [];
  const text = readFileSync(join(prophetFolder, 'prophet_expected.json'), 'utf8');
  const all: Readonly<Record<string, ExpectedRun>> = JSON.parse(text);
  return Object.entries(all).map(([name, expected]) => {
    const { file, cap, options } = RUNS[name]!;
    return {
      name,
      expected,
      history: read(file),
      future: timesOf(expected.future.ds),
      limit: cap === undefined ? {} : { cap },
      options: { ...options, ...eventsOf(expected) },
    };
  });
}

/** Largest difference between a forecast and the expected one, as a share of the largest expected value. */
export function largestShare(found: ArrayLike<number>, expected: readonly number[]): number {
  const size = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(found[i]! - value))) / size;
}

function timesOf(dates: readonly string[]): Float64Array {
  return Float64Array.from(dates, (date) => parseIsoDate(date) * DAY);
}

function read(file: string): ProphetRun['history'] {
  const lines = readFileSync(join(prophetFolder, `example_${file}.csv`), 'utf8').split(/\r\n?|\n/);
  const rows = lines.slice(1).flatMap((line) => {
    const [date, value] = line.replaceAll('"', '').split(',');
    return value === undefined ? [] : [[date!, Number(value)] as const];
  });
  return {
    t: timesOf(rows.map(([date]) => date)),
    y: Float64Array.from(rows, ([, value]) => value),
  };
}

function eventsOf(run: ExpectedRun): AdditiveOptions {
  const named = Object.entries(run.holidays ?? {}).filter((entry): entry is [string, string[]] =>
    Array.isArray(entry[1]),
  );
  return {
    events: named.map(([name, dates]) => ({ name, days: dates.map(parseIsoDate), after: 1 })),
  };
}
