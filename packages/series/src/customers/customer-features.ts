import { InvalidInput, requireWhole } from '../invalid-input.ts';
import { endsWithin, fitGapModel, gapLaw } from './gap-model.ts';
import { fitNbd } from './nbd.ts';
import { type PurchaseLines, purchaseLog } from './purchase-log.ts';
import { purchaseSummary } from './purchase-summary.ts';

/** Purchases with what was bought, where it is known. */
export interface ItemisedLines extends PurchaseLines {
  /** Codes of items, whole numbers ≥ 0. */
  readonly item?: Int32Array | undefined;
}

/** What is known of each customer at the end of one day; nothing later is looked at. Plain data. */
export interface CustomerFeatures {
  /** Codes of those who had bought by then. */
  readonly customer: Int32Array;
  readonly names: readonly string[];
  /** One array a name, a value a customer. Missing where there is none (a gap of one purchase). */
  readonly columns: readonly Float64Array[];
  readonly at: number;
}

/** Days of the windows: a month, a quarter, half a year. */
const WINDOWS = [30, 90, 180] as const;

/**
 * Features of customers for models of buying and leaving, built as of the end of day `at`.
 *
 * Recency, age, frequency and money (also of the last month, quarter and half year, and their change), gaps between purchases
 * and how late the next one is, variety, returns, and the rate that everybody's purchases suggest for the customer. Counts,
 * days and money are logarithms (ln(1 + x)): what doubles counts alike, whatever the size.
 *
 * @throws InvalidInput (`customer`, `day`, `amount`, `item`, `at`)
 * Cost: O(n log n) for n lines.
 */
export function customerFeatures(lines: ItemisedLines, at: number): CustomerFeatures {
  requireWhole('at', at, -1e7, 1e7);
  if (lines.item !== undefined && lines.item.length !== lines.customer.length) {
    const wanted = lines.customer.length;
    throw new InvalidInput('item', `must have ${wanted} values, got ${lines.item.length}`);
  }
  const log = purchaseLog(lines, at);
  const summary = purchaseSummary(log);
  const gaps = fitGapModel(log);
  const nbd = fitNbd(summary).parameters;
  const extras = lineFeatures(lines, at);
  const n = summary.customer.length;
  const columns = new Map<string, Float64Array>();
  const set = (name: string, i: number, value: number | null): void => {
    let column = columns.get(name);
    if (column === undefined) {
      column = new Float64Array(n).fill(Number.NaN);
      columns.set(name, column);
    }
    column[i] = value ?? Number.NaN;
  };
  for (let i = 0; i < n; i++) {
    const c = summary.customer[i]!;
    const from = log.offsets[c]!;
    const to = log.offsets[c + 1]!;
    const since = at - log.day[to - 1]!;
    let spent = 0;
    const counts = WINDOWS.map(() => 0);
    const sums = WINDOWS.map(() => 0);
    let before = 0;
    const months = new Set<number>();
    for (let k = from; k < to; k++) {
      const ago = at - log.day[k]!;
      spent += log.amount[k]!;
      months.add(Math.floor(ago / 30));
      WINDOWS.forEach((window, w) => {
        if (ago >= window) return;
        counts[w]!++;
        sums[w]! += log.amount[k]!;
      });
      if (ago >= 90 && ago < 180) before++;
    }
    set('recency', i, Math.log1p(since));
    set('age', i, Math.log1p(at - log.day[from]!));
    set('purchases', i, Math.log1p(to - from));
    set('spent', i, Math.log1p(spent));
    set('mean amount', i, Math.log1p(spent / (to - from)));
    set('last amount', i, Math.log1p(log.amount[to - 1]!));
    set('active months', i, Math.log1p(months.size));
    WINDOWS.forEach((window, w) => {
      set(`purchases in ${window} days`, i, Math.log1p(counts[w]!));
      set(`spent in ${window} days`, i, Math.log1p(sums[w]!));
    });
    set('change of purchases', i, Math.log1p(counts[1]!) - Math.log1p(before));
    set('bought once', i, to - from === 1 ? 1 : 0);
    const days = (at - log.day[from]!) / 7;
    set('rate', i, nbd && Math.log((nbd.r + to - from - 1) / (nbd.alpha + days)));
    const law = gaps && gapLaw(gaps, log, c);
    set('usual gap', i, law && Math.log1p(law.median));
    set('lateness', i, law && endsWithin(law, 0, since));
    set('due within 90 days', i, law && endsWithin(law, since, 90));
    const several = to - from > 1;
    set('last gap', i, several ? Math.log1p(log.day[to - 1]! - log.day[to - 2]!) : null);
    const mean = (log.day[to - 1]! - log.day[from]!) / (to - from - 1);
    set('mean gap', i, several ? Math.log1p(mean) : null);
    const extra = extras[c]!;
    set('lines', i, Math.log1p(extra.lines));
    set('lines a purchase', i, Math.log1p(extra.lines / (to - from)));
    set('returns', i, Math.log1p(extra.returns));
    if (lines.item !== undefined) {
      set('items', i, Math.log1p(extra.items.size));
      set('items again', i, extra.items.size / Math.max(1, extra.lines));
    }
  }
  return {
    customer: summary.customer,
    names: [...columns.keys()],
    columns: [...columns.values()],
    at,
  };
}

/** What the log of purchase days no longer knows. */
function lineFeatures({ customer, day, amount, item, customers }: ItemisedLines, at: number) {
  const extras = Array.from({ length: customers }, () => ({
    lines: 0,
    returns: 0,
    items: new Set<number>(),
  }));
  for (let i = 0; i < customer.length; i++) {
    if (day[i]! > at) continue;
    const extra = extras[customer[i]!]!;
    if (amount[i]! < 0) extra.returns++;
    else if (amount[i]! >= 0) {
      extra.lines++;
      if (item !== undefined) extra.items.add(item[i]!);
    }
  }
  return extras;
}
