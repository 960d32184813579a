/**
 * Models of buying and leaving beside the published estimates, next purchase dates, and the probability to buy in 90 days beside
 * the peers of the same protocol.
 *
 *   node bench/customers.ts [cdnow] [next] [within] [speed]
 *
 * Data: CDNOW (2,357 customers, reference only) and Online Retail (CC BY 4.0), from `../shared/reference/forecast` beside the
 * repository, or the folder in KIZASHI_REFERENCE.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  customersOutlook,
  fitBgNbd,
  fitGammaGamma,
  fitParetoNbd,
  type ItemisedLines,
  isoDate,
  logUntil,
  nextPurchases,
  parseIsoDate,
  purchaseLog,
  purchaseProbabilities,
  purchaseSummary,
} from '../packages/series/src/index.ts';
import { coder, referenceFolder } from './support/online-retail.ts';

const parts: Readonly<Record<string, (folder: string) => void>> = {
  cdnow: estimates,
  next: nextDates,
  within: probabilities,
  speed,
};
const wanted = process.argv.slice(2);
const folder = referenceFolder();
if (folder !== null) {
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) part(folder);
  }
}

function estimates(folder: string): void {
  const summary = purchaseSummary(purchaseLog(cdnow(folder), parseIsoDate('1997-09-30')));
  const peers = JSON.parse(readFileSync(join(folder, 'customers/cdnow_params.json'), 'utf8'));
  console.log(
    '\nCDNOW, 2,357 customers until 1997-09-30: estimate (standard error), reference, ratio',
  );
  const fits = [
    ['BG/NBD', 'bgnbd', timed(() => fitBgNbd(summary))],
    ['Pareto/NBD', 'pareto_nbd', timed(() => fitParetoNbd(summary))],
    ['Gamma-Gamma', 'gamma_gamma', timed(() => fitGammaGamma(summary.frequency, summary.value))],
  ] as const;
  for (const [name, key, { result, ms }] of fits) {
    const errors: Record<string, number> = { ...result.standardErrors };
    const cells = Object.entries({ ...result.parameters }).map(([parameter, value]) => {
      const other = peers[key][parameter];
      return `${parameter} ${value.toFixed(4)} (${errors[parameter]?.toFixed(4)}), ${other.toFixed(4)}, ${(value / other).toFixed(5)}`;
    });
    console.log(`${name}: ${cells.join('; ')}`);
    console.log(
      `  log-likelihood ${result.logLikelihood!.toFixed(4)}, reference ${peers[key].loglik.toFixed(4)}; ${ms.toFixed(0)} ms CPU`,
    );
  }
}

function nextDates(folder: string): void {
  console.log('\nDate of the next purchase: learned before the horizon, measured in it');
  const sets = [
    ['CDNOW', cdnow(folder), ['1998-06-30', '1998-03-31', '1997-12-31']],
    ['Online Retail', onlineRetail(folder), ['2011-12-09', '2011-10-31', '2011-08-31']],
  ] as const;
  for (const [name, lines, ends] of sets) {
    const log = purchaseLog(lines);
    for (const end of ends) {
      const known = logUntil(log, parseIsoDate(end));
      for (const level of [0.5, 0.8, 0.95]) {
        const { measured, horizonDays } = nextPurchases(known, { level });
        if (measured === null) continue;
        const { customers, returned, expected, coverage, meanWidthDays } = measured;
        console.log(
          `${name} until ${end}, ${horizonDays} days, level ${level}: coverage ${coverage!.toFixed(3)}, ` +
            `mean width ${meanWidthDays!.toFixed(0)} days; ${returned} of ${customers} returned, ${expected.toFixed(0)} expected`,
        );
      }
    }
  }
}

function probabilities(folder: string): void {
  const lines = onlineRetail(folder);
  console.log(
    '\nPurchase within 90 days, Online Retail, learned until 2011-09-09, measured until 2011-12-08',
  );
  const { result, ms } = timed(() =>
    purchaseProbabilities(lines, { until: parseIsoDate('2011-12-08') }),
  );
  const { at, customers, share, mean, auc, aucError, brier, logLoss } = result.measured!;
  console.log(
    `ours: AUC ${auc!.toFixed(4)} (± ${aucError!.toFixed(4)}), Brier ${brier!.toFixed(4)}, log loss ${logLoss!.toFixed(4)}; ` +
      `${customers} customers at ${isoDate(at)}, ${share.toFixed(3)} bought, ${mean.toFixed(3)} expected; ${(ms / 1000).toFixed(1)} s CPU with the forecast of today`,
  );
  const peers: Record<string, { auc: number; brier: number; logloss: number }> = JSON.parse(
    readFileSync(join(folder, 'customers/churn_baselines.json'), 'utf8'),
  ).online_retail_buy_in_90d;
  for (const name of ['logistic_log1p_std', 'hist_gbm']) {
    const peer = peers[name]!;
    console.log(
      `${name}: AUC ${peer.auc.toFixed(4)}, Brier ${peer.brier.toFixed(4)}, log loss ${peer.logloss.toFixed(4)}; ratio of AUC ${(auc! / peer.auc).toFixed(4)}`,
    );
  }
}

function speed(folder: string): void {
  console.log('\nEverything about customers at once (customersOutlook), CPU');
  for (const [name, lines] of [
    ['CDNOW', cdnow(folder)],
    ['Online Retail', onlineRetail(folder)],
  ] as const) {
    const { result, ms } = timed(() => customersOutlook(lines));
    const problems = result.bgNbd.problems.map(({ code }) => code).join(', ');
    console.log(
      `${name}: ${result.customers.length} customers, ${lines.customer.length} lines: ${(ms / 1000).toFixed(2)} s; ` +
        `model ${result.model}${problems === '' ? '' : ` (BG/NBD: ${problems})`}`,
    );
  }
}

function cdnow(folder: string): ItemisedLines {
  const rows = readFileSync(join(folder, 'customers/cdnow_sample_transactions.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const customers = coder();
  const customer = Int32Array.from(rows, ([id]) => customers.code(id!));
  return {
    customer,
    day: Int32Array.from(rows, ([, date]) => parseIsoDate(date!)),
    amount: Float64Array.from(rows, ([, , , dollars]) => Number(dollars)),
    customers: customers.names.length,
  };
}

/** With returns: they are a feature. */
function onlineRetail(folder: string): ItemisedLines {
  const text = gunzipSync(readFileSync(join(folder, 'sales/online_retail.csv.gz'))).toString();
  const customers = coder();
  const items = coder();
  const rows: [number, number, number, number][] = [];
  for (const line of text.split('\n').slice(1)) {
    const [, stock, quantity, time, price, customer] = line.split(',');
    const amount = Number(quantity) * Number(price);
    if (!customer || !(amount > 0 || amount < 0)) continue;
    const day = parseIsoDate(time!.slice(0, 10));
    rows.push([customers.code(customer), day, amount, items.code(stock!)]);
  }
  return {
    customer: Int32Array.from(rows, ([customer]) => customer),
    day: Int32Array.from(rows, ([, day]) => day),
    amount: Float64Array.from(rows, ([, , amount]) => amount),
    item: Int32Array.from(rows, ([, , , item]) => item),
    customers: customers.names.length,
  };
}

/** Processor time of the second of two calls: the first one warms up. */
function timed<T>(work: () => T): { result: T; ms: number } {
  work();
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return { result, ms: (user + system) / 1000 };
}
