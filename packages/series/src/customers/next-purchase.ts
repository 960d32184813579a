import { requireFraction } from '../invalid-input.ts';
import { endsAfter, endsWithin, fitGapModel, type GapLaw, gapLaw } from './gap-model.ts';
import { logUntil, type PurchaseLog } from './purchase-log.ts';
import { type ReturnCurve, returnCurve, returnPosition, returnShare } from './return-curve.ts';

export interface NextPurchaseOptions {
  /** Probability that the interval should hold the date, a fraction in (0, 1), default 0.8. */
  readonly level?: number;
}

/** Element i is the i-th customer that has bought at all. Days are days since 1970-01-01. */
export interface NextPurchases {
  /** `too-short`: fewer than 20 gaps, or no time to learn how many come back; the arrays are then empty. */
  readonly status: 'ok' | 'too-short';
  readonly customer: Int32Array;
  /** Probability of a purchase in the next `horizonDays`. */
  readonly probability: Float64Array;
  /** If there is one: the day before which it comes with probability one half. */
  readonly day: Int32Array;
  /** If there is one: first and last day of the interval. */
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  /** Days from one purchase to the next that are usual for the customer (median). */
  readonly usualGapDays: Float64Array;
  /** Probability that a gap as usual for the customer had ended by now: near 1 is late. */
  readonly lateness: Float64Array;
  readonly horizonDays: number;
  readonly level: number;
  /** The same forecast made one horizon earlier, beside what came; null where the data do not reach so far back. */
  readonly measured: NextPurchaseTest | null;
}

export interface NextPurchaseTest {
  readonly customers: number;
  /** Customers who came back within the horizon. */
  readonly returned: number;
  /** Sum of their probabilities to. */
  readonly expected: number;
  /** Share of those who came back on a day of their interval. */
  readonly coverage: number | null;
  /** Mean width of these intervals, in days. */
  readonly meanWidthDays: number | null;
}

/** Share of the time observed from which it is learned how many come back, and which is looked ahead. */
const HORIZON_SHARE = 1 / 3;

/**
 * Date of each customer's next purchase, with an interval, and the probability that there is one.
 *
 * Each customer's own gaps, drawn towards everybody's (see `GapModel`), say when a purchase is due. They cannot say how many
 * never return: that is read from the past. A third of the time observed before the end, the same laws are asked, and a
 * Kaplan–Meier curve of what came afterwards replaces their probabilities, one for customers of one purchase and of several,
 * early, due and late ones. The dates are those of customers who do return within the horizon.
 *
 * @throws InvalidInput (`level`)
 * Cost: a few passes over the log.
 * Source: shrinkage as Gelman et al. (2013), Bayesian Data Analysis, 5.4, with moments for the variances; Kaplan & Meier (1958),
 *   JASA 53.
 */
export function nextPurchases(
  log: PurchaseLog,
  { level = 0.8 }: NextPurchaseOptions = {},
): NextPurchases {
  requireFraction('level', level);
  const horizonDays = Math.floor((log.until - firstDay(log)) * HORIZON_SHARE);
  const forecast = horizonDays >= 1 ? forecastAt(log, log.until, horizonDays, level) : null;
  if (forecast === null) {
    const none = new Int32Array(0);
    const nothing = new Float64Array(0);
    return {
      ...{ status: 'too-short', customer: none, probability: nothing, day: none, lower: none },
      ...{ upper: none, usualGapDays: nothing, lateness: nothing, horizonDays: 0, level },
      measured: null,
    };
  }
  const past = forecastAt(log, log.until - horizonDays, horizonDays, level);
  return {
    status: 'ok',
    ...forecast,
    horizonDays,
    level,
    measured: past === null ? null : compare(log, past, log.until - horizonDays),
  };
}

type ForecastAt = Pick<
  NextPurchases,
  'customer' | 'probability' | 'day' | 'lower' | 'upper' | 'usualGapDays' | 'lateness'
>;

function forecastAt(
  log: PurchaseLog,
  at: number,
  horizon: number,
  level: number,
): ForecastAt | null {
  const known = logUntil(log, at);
  const curves = learnReturns(known, at - horizon, horizon);
  const model = fitGapModel(known);
  if (curves === null || model === null) return null;
  const buyers = buyersOf(known);
  const n = buyers.length;
  const result = {
    customer: buyers,
    probability: new Float64Array(n),
    day: new Int32Array(n),
    lower: new Int32Array(n),
    upper: new Int32Array(n),
    usualGapDays: new Float64Array(n),
    lateness: new Float64Array(n),
  };
  for (let i = 0; i < n; i++) {
    const c = buyers[i]!;
    const law = gapLaw(model, known, c);
    const elapsed = at - known.day[known.offsets[c + 1]! - 1]!;
    const curve = curves(strataOf(known, law, c, at));
    const share = returnShare(curve, endsWithin(law, elapsed, horizon));
    const dayAt = (part: number) => {
      const position = returnPosition(curve, part * share);
      return at + Math.min(horizon, Math.max(1, Math.ceil(endsAfter(law, elapsed, position))));
    };
    result.probability[i] = share;
    result.day[i] = dayAt(0.5);
    result.lower[i] = dayAt((1 - level) / 2);
    result.upper[i] = dayAt((1 + level) / 2);
    result.usualGapDays[i] = law.median;
    result.lateness[i] = endsWithin(law, 0, elapsed);
  }
  return result;
}

/** Customers a group needs before it has a curve of its own. */
const LEAST_IN_GROUP = 30;

/** What came within a horizon after a past day, by group; null where nobody came back, or nobody was there. */
function learnReturns(
  log: PurchaseLog,
  at: number,
  horizon: number,
): ((groups: readonly string[]) => ReturnCurve) | null {
  const known = logUntil(log, at);
  const model = fitGapModel(known);
  if (model === null) return null;
  const outcomes = new Map<string, { position: number; returned: boolean }[]>();
  for (const c of buyersOf(known)) {
    const law = gapLaw(model, known, c);
    const elapsed = at - known.day[known.offsets[c + 1]! - 1]!;
    const wait = nextAfter(log, c, at) - at;
    const returned = wait <= horizon;
    const position = endsWithin(law, elapsed, Math.min(wait, horizon));
    for (const group of new Set(strataOf(known, law, c, at))) {
      const list = outcomes.get(group);
      if (list === undefined) outcomes.set(group, [{ position, returned }]);
      else list.push({ position, returned });
    }
  }
  const curves = new Map(
    [...outcomes]
      .filter(([group, list]) => group === 'all' || list.length >= LEAST_IN_GROUP)
      .map(([group, list]) => [group, returnCurve(list)]),
  );
  const all = curves.get('all');
  if (all === undefined || all.share.length === 0) return null;
  return (groups) =>
    groups.map((group) => curves.get(group)).find((one) => one !== undefined) ?? all;
}

/** Groups of a customer, the finest first. */
function strataOf(log: PurchaseLog, law: GapLaw, c: number, at: number): string[] {
  const purchases = log.offsets[c + 1]! - log.offsets[c]!;
  const kind = purchases === 1 ? 'once' : purchases < 5 ? 'few' : 'many';
  const late = endsWithin(law, 0, at - log.day[log.offsets[c + 1]! - 1]!);
  const when = late < 0.5 ? 'early' : late < 0.8 ? 'due' : late < 0.95 ? 'late' : 'overdue';
  // How late somebody is says more than how often he bought, except for those who came once.
  const coarse = kind === 'once' ? kind : 'again';
  return [`${kind} ${when}`, `${coarse} ${when}`, when, 'all'];
}

/** A forecast made at an earlier day beside what came until the end of the log. */
function compare(log: PurchaseLog, past: ForecastAt, at: number): NextPurchaseTest {
  let [returned, expected, inside, width] = [0, 0, 0, 0];
  past.customer.forEach((c, i) => {
    expected += past.probability[i]!;
    const day = nextAfter(log, c, at);
    if (day > log.until) return;
    returned++;
    width += past.upper[i]! - past.lower[i]!;
    if (day >= past.lower[i]! && day <= past.upper[i]!) inside++;
  });
  return {
    customers: past.customer.length,
    ...{ returned, expected },
    coverage: returned === 0 ? null : inside / returned,
    meanWidthDays: returned === 0 ? null : width / returned,
  };
}

/** First purchase day of a customer behind a day; Infinity where there is none. */
function nextAfter({ offsets, day }: PurchaseLog, c: number, after: number): number {
  for (let k = offsets[c]!; k < offsets[c + 1]!; k++) if (day[k]! > after) return day[k]!;
  return Number.POSITIVE_INFINITY;
}

function buyersOf({ customers, offsets }: PurchaseLog): Int32Array {
  return Int32Array.from({ length: customers }, (_, c) => c).filter(
    (c) => offsets[c + 1]! > offsets[c]!,
  );
}

function firstDay({ day, until }: PurchaseLog): number {
  return day.reduce((first, one) => Math.min(first, one), until);
}
