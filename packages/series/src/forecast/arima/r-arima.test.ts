/**
 * Comparisons with R forecast 8.20 on series that may not be passed on. They run where the reference folder is at hand
 * (KIZASHI_REFERENCE, or `../shared/reference` beside the repository).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { differencesNeeded, seasonalDifferencesNeeded } from '../../stats/differences-needed.ts';
import { guerreroLambda } from '../../transform/box-cox.ts';
import { fitArima } from './fit-arima.ts';
import { fitAutoArima } from './fit-auto-arima.ts';

interface RResult {
  id: string;
  m: number;
  h: number;
  ndiffs_kpss: number;
  nsdiffs?: number;
  boxcox_lambda_guerrero: number;
  /** Absent where R was not let finish. */
  auto_arima?: {
    method: string;
    coef: Record<string, number>;
    loglik: number;
    aicc: number;
    mean: number[];
    lo80: number[];
    hi80: number[];
    lo95: number[];
    hi95: number[];
  };
}

const root =
  process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../../../../../shared/reference');
const folder = join(root, 'forecast');
const present = existsSync(folder);
if (!present) console.info(`skipped: comparisons with R need the reference data (${folder})`);

function lines<T>(path: string): T[] {
  return readFileSync(join(folder, path), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

const FILES = ['m3_yearly', 'm3_quarterly', 'm3_monthly', 'nn5_daily', 'm4_weekly', 'm4_hourly'];
const series = new Map(
  (present ? FILES : []).flatMap((file) =>
    lines<{ id: string; x: number[] }>(`series/${file}.jsonl`).map(({ id, x }) => [id, x] as const),
  ),
);
const expected = present ? lines<RResult>('expected/r_forecast_expected.jsonl') : [];
const fitted = expected.filter((r) => r.auto_arima !== undefined);
const valuesOf = (id: string) => Float64Array.from(series.get(id)!);

/** `ARIMA(1,0,0)(2,1,0)[7] with drift` as options. */
function optionsOf(method: string, m: number) {
  const [p = 0, d = 0, q = 0, P = 0, D = 0, Q = 0] = [
    ...method.split('[')[0]!.matchAll(/\d+/g),
  ].map(Number);
  return { m, order: { p, d, q }, seasonal: { P, D, Q }, constant: method.includes('with') };
}

describe.skipIf(!present)('R forecast 8.20 on 56 series of six frequencies', () => {
  it.each(expected)('$id: differences needed and power of Box–Cox', (r) => {
    const y = valuesOf(r.id);
    expect(differencesNeeded(y)).toBe(r.ndiffs_kpss);
    if (r.nsdiffs !== undefined) expect(seasonalDifferencesNeeded(y, r.m)).toBe(r.nsdiffs);
    expect(Math.abs(guerreroLambda(y, r.m) - r.boxcox_lambda_guerrero)).toBeLessThan(1e-3);
  });

  it.each(fitted)('$id: $auto_arima.method', (r) => {
    const wanted = r.auto_arima!;
    const model = fitArima(valuesOf(r.id), optionsOf(wanted.method, r.m));
    expect(Math.abs(model.logLikelihood! - wanted.loglik)).toBeLessThan(0.1);
    for (const [name, value] of Object.entries(wanted.coef)) {
      const actual = model.parameters[name === 'intercept' ? 'mean' : name]!;
      const unit = name === 'intercept' || name === 'drift' ? Math.max(1, Math.abs(value)) : 1;
      expect(Math.abs(actual - value) / unit).toBeLessThan(0.005);
    }
    const { mean, intervals } = model.forecast(r.h, [0.8, 0.95]);
    const size = Math.max(...wanted.mean.map(Math.abs));
    wanted.mean.forEach((value, i) => {
      expect(Math.abs(mean[i]! - value) / size).toBeLessThan(0.005);
      const ends: [number, number, number, number][] = [
        [intervals[0]!.lower[i]!, intervals[0]!.upper[i]!, wanted.lo80[i]!, wanted.hi80[i]!],
        [intervals[1]!.lower[i]!, intervals[1]!.upper[i]!, wanted.lo95[i]!, wanted.hi95[i]!],
      ];
      for (const [lower, upper, low, high] of ends) {
        expect(Math.abs(lower - low) / (high - low)).toBeLessThan(0.02);
        expect(Math.abs(upper - high) / (high - low)).toBeLessThan(0.02);
      }
    });
  });

  it('an automatic choice is R’s or has at most its AICc + 2 on at least 80 % of the series', () => {
    const good = fitted.filter((r) => {
      const model = fitAutoArima(valuesOf(r.id), { m: r.m, style: 'textbook' });
      return model.name === r.auto_arima!.method || model.aicc! <= r.auto_arima!.aicc + 2;
    });
    expect(good.length / fitted.length).toBeGreaterThanOrEqual(0.8);
  });
});
