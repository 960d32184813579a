import { InvalidInput } from '../invalid-input.ts';
import type { PurchaseLog } from './purchase-log.ts';

/** What the models of buying need of each customer; element i is the i-th customer that has bought at all. */
export interface PurchaseSummary {
  /** Codes of the customers, ascending. */
  readonly customer: Int32Array;
  /** Number of purchases after the first, x. */
  readonly frequency: Float64Array;
  /** Time from the first to the last purchase, t_x, in time units; 0 where x = 0. */
  readonly recency: Float64Array;
  /** Time from the first purchase to the end of observation, T, in time units. */
  readonly age: Float64Array;
  /** Mean amount of the purchases after the first; 0 where x = 0. */
  readonly value: Float64Array;
  /** Days in a time unit. */
  readonly unitDays: number;
}

/**
 * Frequency, recency and age of every customer who has bought, counted from the first purchase.
 *
 * @param unitDays days in a time unit, > 0, default 7: rates are then per week, as in the papers.
 * @throws InvalidInput (`unitDays`)
 *
 * Source: Fader, Hardie & Lee (2005), Marketing Science 24(2), section 3. Compare: lifetimes 0.11
 *   `summary_data_from_transaction_data` with `freq="D"`, its times divided by `unitDays`.
 */
export function purchaseSummary(log: PurchaseLog, unitDays = 7): PurchaseSummary {
  if (!(unitDays > 0 && Number.isFinite(unitDays))) {
    throw new InvalidInput('unitDays', `must be > 0, got ${unitDays}`);
  }
  const { offsets, day, amount, customers, until } = log;
  let n = 0;
  for (let c = 0; c < customers; c++) if (offsets[c + 1]! > offsets[c]!) n++;
  const summary = {
    customer: new Int32Array(n),
    frequency: new Float64Array(n),
    recency: new Float64Array(n),
    age: new Float64Array(n),
    value: new Float64Array(n),
    unitDays,
  };
  let i = 0;
  for (let c = 0; c < customers; c++) {
    const from = offsets[c]!;
    const to = offsets[c + 1]!;
    if (to === from) continue;
    const x = to - from - 1;
    let sum = 0;
    for (let k = from + 1; k < to; k++) sum += amount[k]!;
    summary.customer[i] = c;
    summary.frequency[i] = x;
    summary.recency[i] = (day[to - 1]! - day[from]!) / unitDays;
    summary.age[i] = (until - day[from]!) / unitDays;
    summary.value[i] = x === 0 ? 0 : sum / x;
    i++;
  }
  return summary;
}

/** Customers with the same frequency, recency and age count as one with a weight: a likelihood then costs a fraction. */
export interface DistinctHistories {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  readonly weight: Float64Array;
  readonly customers: number;
  readonly repeaters: number;
  readonly largestFrequency: number;
  readonly meanAge: number;
  /** Repeat purchases over time observed, per time unit. */
  readonly meanRate: number;
}

/**
 * The same with times rounded to at most `steps` steps, for a first look at very many histories.
 */
export function roundedHistories(
  summary: Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>,
  steps: number,
): DistinctHistories {
  const step = summary.age.reduce((a, b) => Math.max(a, b), 0) / steps;
  const rounded = (values: Float64Array) => values.map((value) => step * Math.round(value / step));
  const { frequency } = summary;
  return distinctHistories({
    ...{ frequency, recency: rounded(summary.recency), age: rounded(summary.age) },
  });
}

/**
 * @throws InvalidInput (`frequency`, `recency`, `age`) unless frequencies are whole numbers ≥ 0 and
 *   0 ≤ recency ≤ age < Infinity.
 */
export function distinctHistories(
  summary: Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>,
): DistinctHistories {
  const { frequency, recency, age } = summary;
  requireHistories(summary);
  const order = Uint32Array.from(frequency, (_, i) => i).sort(
    (a, b) => frequency[a]! - frequency[b]! || recency[a]! - recency[b]! || age[a]! - age[b]!,
  );
  const places: number[] = [];
  const weights: number[] = [];
  const totals = { age: 0, frequency: 0, repeaters: 0 };
  for (const i of order) {
    const before = places.at(-1);
    const isSame =
      before !== undefined &&
      frequency[before] === frequency[i] &&
      recency[before] === recency[i] &&
      age[before] === age[i];
    if (isSame) weights[weights.length - 1]!++;
    else {
      places.push(i);
      weights.push(1);
    }
    totals.age += age[i]!;
    totals.frequency += frequency[i]!;
    if (frequency[i]! > 0) totals.repeaters++;
  }
  const n = frequency.length;
  return {
    frequency: Float64Array.from(places, (i) => frequency[i]!),
    recency: Float64Array.from(places, (i) => recency[i]!),
    age: Float64Array.from(places, (i) => age[i]!),
    weight: Float64Array.from(weights),
    customers: n,
    repeaters: totals.repeaters,
    largestFrequency: frequency.reduce((a, b) => Math.max(a, b), 0),
    meanAge: n === 0 ? 0 : totals.age / n,
    meanRate: totals.age > 0 ? totals.frequency / totals.age : 0,
  };
}

function requireHistories({
  frequency,
  recency,
  age,
}: Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>): void {
  for (const [name, { length }] of [
    ['recency', recency],
    ['age', age],
  ] as const) {
    if (length !== frequency.length) {
      throw new InvalidInput(name, `must have ${frequency.length} values, got ${length}`);
    }
  }
  for (let i = 0; i < frequency.length; i++) {
    if (!(Number.isSafeInteger(frequency[i]!) && frequency[i]! >= 0)) {
      throw new InvalidInput('frequency', `must be whole numbers >= 0, got ${frequency[i]}`);
    }
    if (!(recency[i]! >= 0 && recency[i]! <= age[i]!)) {
      throw new InvalidInput(
        'recency',
        `must be from 0 to the age, got ${recency[i]} of ${age[i]}`,
      );
    }
    if (!Number.isFinite(age[i]!)) throw new InvalidInput('age', `must be finite, got ${age[i]}`);
  }
}
