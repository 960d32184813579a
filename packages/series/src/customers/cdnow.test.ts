/**
 * CDNOW: estimates and predictions beside the published ones. The data may not be passed on with this library; the comparison
 * runs where the reference folder is at hand (KIZASHI_REFERENCE, or `../shared/reference` beside the repository).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIsoDate } from '../calendar/day.ts';
import { bgNbdAlive, bgNbdExpectedPurchases } from './bgnbd.ts';
import { fitBgNbd } from './fit-bgnbd.ts';
import { fitParetoNbd } from './fit-pareto-nbd.ts';
import { fitGammaGamma, gammaGammaExpectedValue } from './gamma-gamma.ts';
import { lifetimeValue } from './lifetime-value.ts';
import { purchaseLog } from './purchase-log.ts';
import { purchaseSummary } from './purchase-summary.ts';

const root =
  process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../../../../shared/reference');
const folder = join(root, 'forecast/customers');
const present = existsSync(folder);
if (!present) console.info(`skipped: comparisons on CDNOW need the reference data (${folder})`);

const rowsOf = (file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

function summaryOfCdnow() {
  const rows = rowsOf('cdnow_sample_transactions.csv');
  const code = new Map([...new Set(rows.map(([id]) => id!))].map((id, i) => [id, i]));
  const lines = {
    customer: Int32Array.from(rows, ([id]) => code.get(id!)!),
    day: Int32Array.from(rows, ([, date]) => parseIsoDate(date!)!),
    amount: Float64Array.from(rows, ([, , , dollars]) => Number(dollars)),
    customers: code.size,
  };
  return purchaseSummary(purchaseLog(lines, parseIsoDate('1997-09-30')!));
}

/** Largest relative difference allowed. */
const TOLERANCE = 0.005;
const near = (actual: number, wanted: number, least: number) =>
  Math.abs(actual - wanted) <= TOLERANCE * Math.max(wanted, least);

describe.skipIf(!present)('2,357 customers of CDNOW', () => {
  const summary = present ? summaryOfCdnow() : undefined!;
  const published: Record<string, Record<string, number>> = present
    ? JSON.parse(readFileSync(join(folder, 'cdnow_params.json'), 'utf8'))
    : {};
  const same = (fit: object | null, wanted: Record<string, number>) => {
    for (const [name, value] of Object.entries(fit ?? { none: Number.NaN })) {
      expect(value / wanted[name]!, name).toBeCloseTo(1, 2);
      expect(Math.abs(value / wanted[name]! - 1), name).toBeLessThan(TOLERANCE);
    }
  };

  it('BG/NBD', () => {
    const fit = fitBgNbd(summary);
    expect(fit.status).toBe('ok');
    same(fit.parameters, published.bgnbd!);
    expect(fit.logLikelihood!).toBeGreaterThan(-9582.43 - 0.05);
  });

  it('Pareto/NBD', () => {
    const fit = fitParetoNbd(summary);
    expect(fit.status).toBe('ok');
    same(fit.parameters, published.pareto_nbd!);
    expect(fit.logLikelihood!).toBeGreaterThan(-9594.97 - 0.05);
  });

  it('Gamma-Gamma', () => {
    const fit = fitGammaGamma(summary.frequency, summary.value);
    expect([fit.status, fit.customers]).toEqual(['ok', 946]);
    same(fit.parameters, published.gamma_gamma!);
    expect(fit.logLikelihood!).toBeGreaterThan(-4055.92 - 0.05);
  });

  it('P(alive), purchases in 39 weeks, value and 12-month value of each customer', () => {
    const model = fitBgNbd(summary).parameters!;
    const values = fitGammaGamma(summary.frequency, summary.value).parameters!;
    const apart: string[] = [];
    rowsOf('cdnow_expected.csv').forEach((row, i) => {
      const [id, x, , , , , alive, purchases, value, clv] = row.map(Number) as number[];
      const history = [summary.frequency[i]!, summary.recency[i]!, summary.age[i]!] as const;
      expect(history[0]).toBe(x);
      const expected = (t: number) => bgNbdExpectedPurchases(model, t, ...history);
      const each = gammaGammaExpectedValue(values, x!, summary.value[i]!);
      const isNear =
        near(bgNbdAlive(model, ...history), alive!, 0.001) &&
        near(expected(39), purchases!, 0.001) &&
        near(each, value!, 0.1) &&
        near(lifetimeValue(expected, each), clv!, 0.1);
      if (!isNear) apart.push(String(id));
    });
    expect(apart).toEqual([]);
  });
});
