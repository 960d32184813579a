/**
 * Comparison with R prophet 1.0 on its example data (MIT). Runs where the reference folder is at hand (KIZASHI_REFERENCE, or
 * `../shared/reference` beside the repository).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIsoDate } from '../../calendar/day.ts';
import { fitAdditive } from './fit-additive.ts';
import type { AdditiveOptions } from './options.ts';

interface ProphetRun {
  readonly insample_rmse: number;
  readonly holidays?: Readonly<Record<string, unknown>>;
  readonly future: { readonly ds: readonly string[] } & Readonly<Record<string, readonly number[]>>;
}

const root =
  process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../../../../../shared/reference');
const folder = join(root, 'forecast/prophet');
const present = existsSync(folder);
if (!present) console.info(`skipped: comparisons with Prophet need the reference data (${folder})`);

const DAY = 86_400_000;
const runs: Readonly<Record<string, ProphetRun>> = present
  ? JSON.parse(readFileSync(join(folder, 'prophet_expected.json'), 'utf8'))
  : {};

const RUNS: Readonly<Record<string, { file: string; cap?: number; options?: AdditiveOptions }>> = {
  peyton_default: { file: 'wp_log_peyton_manning' },
  peyton_holidays: { file: 'wp_log_peyton_manning' },
  air_multiplicative: { file: 'air_passengers', options: { mode: 'multiplicative' } },
  air_additive: { file: 'air_passengers' },
  retail_default: { file: 'retail_sales' },
  'wpR_logistic_cap8.5': { file: 'wp_log_R', cap: 8.5, options: { growth: 'logistic' } },
  'peyton_cps0.5': { file: 'wp_log_peyton_manning', options: { changepointPriorScale: 0.5 } },
};

function timesOf(dates: readonly string[]): Float64Array {
  return Float64Array.from(dates, (date) => parseIsoDate(date) * DAY);
}

function read(file: string): { t: Float64Array; y: Float64Array } {
  const lines = readFileSync(join(folder, `example_${file}.csv`), 'utf8').split(/\r\n?|\n/);
  const rows = lines.slice(1).flatMap((line) => {
    const [date, value] = line.replaceAll('"', '').split(',');
    return value === undefined ? [] : [[date!, Number(value)] as const];
  });
  return {
    t: timesOf(rows.map(([date]) => date)),
    y: Float64Array.from(rows, ([, value]) => value),
  };
}

function eventsOf(run: ProphetRun): AdditiveOptions {
  const named = Object.entries(run.holidays ?? {}).filter((entry): entry is [string, string[]] =>
    Array.isArray(entry[1]),
  );
  return {
    events: named.map(([name, dates]) => ({ name, days: dates.map(parseIsoDate), after: 1 })),
  };
}

describe.skipIf(!present)('additive model against R prophet 1.0', () => {
  it.each(Object.keys(runs))('%s', (name) => {
    const run = runs[name]!;
    const { file, cap, options } = RUNS[name]!;
    const limit = cap === undefined ? {} : { cap };
    const model = fitAdditive({ ...read(file), ...limit }, { ...options, ...eventsOf(run) });
    const t = timesOf(run.future.ds);
    const { mean, trend, components, intervals } = model.predict({ t, ...limit }, [0.8]);
    const { yhat, yhat_lower80: low, yhat_upper80: high } = run.future;
    const size = Math.max(...yhat!.map(Math.abs));
    const apart = (found: ArrayLike<number>, expected: readonly number[]) =>
      Math.max(...expected.map((value, i) => Math.abs(found[i]! - value)));
    expect(apart(mean, yhat!)).toBeLessThan(0.003 * size);
    const errors = model.residuals.filter((value) => !Number.isNaN(value));
    const rmse = Math.sqrt(errors.reduce((sum, value) => sum + value * value, 0) / errors.length);
    expect(Math.abs(rmse / run.insample_rmse - 1)).toBeLessThan(0.01);
    const width = (upper: ArrayLike<number>, lower: ArrayLike<number>) =>
      t.reduce((sum, _, i) => sum + upper[i]! - lower[i]!, 0);
    const found = width(intervals[0]!.upper, intervals[0]!.lower);
    expect(Math.abs(found / width(high!, low!) - 1)).toBeLessThan(0.1);
    expect(apart(trend, run.future.trend!)).toBeLessThan(0.01 * size);
    for (const part of ['weekly', 'yearly', 'holidays']) {
      const expected = run.future[part];
      if (expected === undefined) continue;
      const mine = components.filter((one) =>
        part === 'holidays' ? one.kind === 'event' : one.name === part,
      );
      const shares = mine[0]!.mode === 'multiplicative';
      const sum = t.map((_, i) => mine.reduce((total, { values }) => total + values[i]!, 0));
      expect(apart(sum, expected)).toBeLessThan(0.01 * (shares ? 1 : size));
    }
  });
});
