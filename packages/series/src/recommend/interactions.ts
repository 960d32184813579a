import { InvalidInput, requirePositive, requireWhole } from '../invalid-input.ts';

/** Who bought what, one line each, in any order. All arrays have the same length n. */
export interface InteractionLines {
  /** Whole numbers 0 … customers − 1. */
  readonly customer: Int32Array;
  /** Whole numbers 0 … items − 1. */
  readonly item: Int32Array;
  /** Day as days since 1970-01-01, whole. Without it every line is an occasion of its own, and nothing is recent. */
  readonly day?: Int32Array | undefined;
  /** Default 1; lines with a quantity that is not above 0 (returns) count for nothing. */
  readonly quantity?: Float64Array | undefined;
  readonly customers: number;
  readonly items: number;
}

export interface InteractionOptions {
  /** Last day to look at, default the last day of the lines that count. */
  readonly until?: number | undefined;
  /** An occasion this long ago counts half, default 365 days: a year, after which the same season has come again. */
  readonly halfLifeDays?: number;
  /** How long a purchase counts as one of now, default 30 days. */
  readonly recentDays?: number;
}

/** Items of each customer: those of customer c are at offsets[c] … offsets[c + 1] − 1, ascending. Plain data. */
export interface Interactions {
  readonly customers: number;
  readonly items: number;
  readonly until: number | null;
  readonly offsets: Int32Array;
  readonly item: Int32Array;
  /** Occasions on which the customer bought the item: days, where days are known. */
  readonly times: Float64Array;
  /** The same, older ones counting less. */
  readonly weight: Float64Array;
  /** Day of the last; −1 where no days are known. */
  readonly last: Int32Array;
  /** Customers of each item. */
  readonly buyers: Int32Array;
  /**
   * Demand for each item now beside that of the whole time: share of its buyers who bought it in the last `recentDays`,
   * drawn towards that of all items; 1 is as usual. All 1 where no days are known.
   */
  readonly demand: Float64Array;
  readonly leftOut: { readonly returns: number; readonly later: number };
}

/** Buyers that an item's own share of recent ones is weighed against: one with fewer says little by itself. */
const PRIOR_BUYERS = 10;

/**
 * Groups lines of purchases by customer and item: how often, how lately, and what is in demand now. What recommenders learn
 * from.
 *
 * @param lines n lines each: codes of customer and item from 0, day numbers, quantities in any unit.
 * @returns plain data; `leftOut` counts returns and lines after `until`.
 * @throws InvalidInput (`customer`, `item`, `day`, `quantity`, `until`, `halfLifeDays`, `recentDays`)
 *
 * Cost: O(n log n).
 */
export function interactions(
  lines: InteractionLines,
  { until, halfLifeDays = 365, recentDays = 30 }: InteractionOptions = {},
): Interactions {
  requirePositive('halfLifeDays', halfLifeDays);
  requireWhole('recentDays', recentDays, 1);
  if (until !== undefined) requireWhole('until', until, -1e7, 1e7);
  requireLines(lines);
  const { customer, item, day, customers, items } = lines;
  const { order, last: end, leftOut } = usable(lines, until);
  order.sort(
    (a, b) =>
      customer[a]! - customer[b]! ||
      item[a]! - item[b]! ||
      (day === undefined ? 0 : day[a]! - day[b]!),
  );
  const offsets = new Int32Array(customers + 1);
  const found: { item: number; times: number; weight: number; last: number }[] = [];
  let before = -1;
  for (const i of order) {
    const isSamePair = before >= 0 && customer[before] === customer[i] && item[before] === item[i];
    if (!isSamePair) {
      found.push({ item: item[i]!, times: 0, weight: 0, last: -1 });
      offsets[customer[i]! + 1]!++;
    }
    const pair = found.at(-1)!;
    if (!(isSamePair && day !== undefined && day[i] === pair.last)) {
      pair.times++;
      pair.weight += day === undefined ? 1 : 2 ** ((day[i]! - end!) / halfLifeDays);
      pair.last = day?.[i] ?? -1;
    }
    before = i;
  }
  for (let c = 0; c < customers; c++) offsets[c + 1]! += offsets[c]!;
  const result = {
    ...{ customers, items, offsets, leftOut, until: end },
    item: Int32Array.from(found, (pair) => pair.item),
    times: Float64Array.from(found, (pair) => pair.times),
    weight: Float64Array.from(found, (pair) => pair.weight),
    last: Int32Array.from(found, (pair) => pair.last),
  };
  return { ...result, ...demandOf(result, recentDays) };
}

function usable({ customer, day, quantity }: InteractionLines, until: number | undefined) {
  const leftOut = { returns: 0, later: 0 };
  const order = new Int32Array(customer.length);
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < customer.length; i++) {
    if (quantity !== undefined && !(quantity[i]! > 0)) leftOut.returns++;
    else if (day !== undefined && until !== undefined && day[i]! > until) leftOut.later++;
    else {
      order[count++] = i;
      if (day !== undefined) last = Math.max(last, day[i]!);
    }
  }
  const end = day === undefined ? null : (until ?? (Number.isFinite(last) ? last : 0));
  return { order: order.subarray(0, count), last: end, leftOut };
}

function demandOf(
  { item, last, items, until }: Pick<Interactions, 'item' | 'last' | 'items' | 'until'>,
  recentDays: number,
): Pick<Interactions, 'buyers' | 'demand'> {
  const buyers = new Int32Array(items);
  const recent = new Int32Array(items);
  let allRecent = 0;
  for (let k = 0; k < item.length; k++) {
    buyers[item[k]!]!++;
    if (until === null || last[k]! <= until - recentDays) continue;
    recent[item[k]!]!++;
    allRecent++;
  }
  const usual = item.length === 0 ? 0 : allRecent / item.length;
  const demand = new Float64Array(items).fill(1);
  if (usual > 0) {
    for (let i = 0; i < items; i++) {
      demand[i] = (recent[i]! + PRIOR_BUYERS * usual) / (buyers[i]! + PRIOR_BUYERS) / usual;
    }
  }
  return { buyers, demand };
}

function requireLines({ customer, item, day, quantity, customers, items }: InteractionLines): void {
  requireWhole('customers', customers, 0, 1e8);
  requireWhole('items', items, 0, 1e8);
  for (const [name, values] of [
    ['item', item],
    ['day', day],
    ['quantity', quantity],
  ] as const) {
    if (values !== undefined && values.length !== customer.length) {
      throw new InvalidInput(name, `must have ${customer.length} values, got ${values.length}`);
    }
  }
  for (const [name, codes, count] of [
    ['customer', customer, customers],
    ['item', item, items],
  ] as const) {
    const odd = codes.findIndex((code) => code < 0 || code >= count);
    if (odd >= 0) {
      throw new InvalidInput(name, `must be from 0 to ${count - 1}, got ${codes[odd]}`);
    }
  }
}
