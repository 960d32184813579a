import { InvalidInput, requireWhole } from '../invalid-input.ts';

/** Purchases as they come, one line each, in any order. All arrays have the same length n. */
export interface PurchaseLines {
  /** Whole numbers 0 … customers − 1. */
  readonly customer: Int32Array;
  /** Day of the purchase as days since 1970-01-01, whole. */
  readonly day: Int32Array;
  /** Amount of money of the line, any currency; negative ones are returns. */
  readonly amount: Float64Array;
  /** Number of customers, ≥ 1 + the largest code. */
  readonly customers: number;
}

/**
 * Purchase days of every customer up to a day: what one customer bought on one day is one purchase. The days of customer c
 * are day[offsets[c] … offsets[c + 1] − 1], ascending, each with its `amount`.
 */
export interface PurchaseLog {
  readonly customers: number;
  readonly offsets: Int32Array;
  readonly day: Int32Array;
  readonly amount: Float64Array;
  /** Last day looked at; later purchases are not in the log. */
  readonly until: number;
  /** Lines that count for nothing, and why. */
  readonly leftOut: {
    /** Negative amounts: returns. */
    readonly returns: number;
    /** Behind `until`. */
    readonly later: number;
    /** Amounts that are no finite number. */
    readonly unreadable: number;
  };
}

/** Amounts up to here add up without overflow, whatever their number. */
const LARGEST_AMOUNT = 1e15;

/**
 * Groups lines by customer and day.
 *
 * @param until last day to look at, default the last day of the lines that count (of all, where none does).
 * @returns the log; customers without a purchase up to `until` have no days. A line of amount 0 is a purchase.
 * @throws InvalidInput (`customer`, `day`, `amount`, `until`) where arrays differ in length or a code is out of range.
 *
 * Cost: O(n log n).
 */
export function purchaseLog(lines: PurchaseLines, until?: number): PurchaseLog {
  const { customer, day, amount, customers } = lines;
  requireLines(lines);
  if (until !== undefined) requireWhole('until', until, -1e7, 1e7);
  const last = until ?? (day.length === 0 ? 0 : lastDay(lines));
  const kept = new Int32Array(customer.length);
  const leftOut = { returns: 0, later: 0, unreadable: 0 };
  let count = 0;
  for (let i = 0; i < customer.length; i++) {
    if (!(Math.abs(amount[i]!) <= LARGEST_AMOUNT)) leftOut.unreadable++;
    else if (amount[i]! < 0) leftOut.returns++;
    else if (day[i]! > last) leftOut.later++;
    else kept[count++] = i;
  }
  const order = kept.subarray(0, count);
  order.sort((a, b) => customer[a]! - customer[b]! || day[a]! - day[b]!);
  const days = new Int32Array(count);
  const amounts = new Float64Array(count);
  const offsets = new Int32Array(customers + 1);
  let used = 0;
  let before = -1;
  for (let k = 0; k < count; k++) {
    const i = order[k]!;
    const isSame = before >= 0 && customer[before] === customer[i] && day[before] === day[i];
    if (!isSame) {
      days[used++] = day[i]!;
      offsets[customer[i]! + 1]!++;
    }
    amounts[used - 1]! += amount[i]!;
    before = i;
  }
  for (let c = 0; c < customers; c++) offsets[c + 1]! += offsets[c]!;
  return {
    ...{ customers, offsets, until: last, leftOut },
    day: days.slice(0, used),
    amount: amounts.slice(0, used),
  };
}

/**
 * The same log as it was known at the end of an earlier day, for tests in time: what a model says of it can be compared with
 * what came later.
 *
 * @param until day number; purchases after it are left out. Customers keep their codes, those who had not bought yet have none.
 * @returns a new log; `log` is not modified.
 *
 * Cost: O(purchases).
 */
export function logUntil(log: PurchaseLog, until: number): PurchaseLog {
  const offsets = new Int32Array(log.customers + 1);
  const kept = log.day.map((day) => (day <= until ? 1 : 0));
  const places: number[] = [];
  for (let c = 0; c < log.customers; c++) {
    for (let k = log.offsets[c]!; k < log.offsets[c + 1]!; k++) if (kept[k]) places.push(k);
    offsets[c + 1] = places.length;
  }
  return {
    ...{ ...log, offsets, until },
    day: Int32Array.from(places, (k) => log.day[k]!),
    amount: Float64Array.from(places, (k) => log.amount[k]!),
  };
}

function lastDay({ day, amount }: PurchaseLines): number {
  const counted = day.filter((_, i) => amount[i]! >= 0);
  return (counted.length > 0 ? counted : day).reduce((last, one) => Math.max(last, one), -Infinity);
}

function requireLines({ customer, day, amount, customers }: PurchaseLines): void {
  requireWhole('customers', customers, 0, 1e8);
  for (const [name, length] of [
    ['day', day.length],
    ['amount', amount.length],
  ] as const) {
    if (length !== customer.length) {
      throw new InvalidInput(name, `must have ${customer.length} values, got ${length}`);
    }
  }
  const odd = customer.findIndex((code) => code < 0 || code >= customers);
  if (odd >= 0) {
    throw new InvalidInput('customer', `must be from 0 to ${customers - 1}, got ${customer[odd]}`);
  }
}
