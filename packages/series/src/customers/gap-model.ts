import type { PurchaseLog } from './purchase-log.ts';

/**
 * How long customers wait from one purchase to the next: the logarithm of a gap is logistic around the customer's own centre,
 * with the customer's own spread; both are drawn towards everybody's, the more the fewer gaps are known.
 */
export interface GapModel {
  /** Gaps of all customers that it rests on. */
  readonly gaps: number;
  /** ln of days. */
  readonly center: number;
  /** Variance of ln gaps within a customer. */
  readonly within: number;
  /** Variance of customers' centres. */
  readonly between: number;
  /** Degrees of freedom that everybody's spread counts beside a customer's own. */
  readonly priorFreedom: number;
}

/** A customer's own law of gaps: P(gap > t) = 1 / (1 + (t/median)^shape). */
export interface GapLaw {
  readonly median: number;
  readonly shape: number;
}

/** Gaps below which there is no model. */
const LEAST_GAPS = 20;
/** A customer whose gaps are all equal is regular, not infallible: no spread is below a tenth of everybody's. */
const LEAST_VARIANCE_SHARE = 0.1;

/** @returns null where fewer than 20 gaps between purchase days are known. */
export function fitGapModel(log: PurchaseLog): GapModel | null {
  const groups: { n: number; mean: number; squares: number }[] = [];
  let gaps = 0;
  for (let c = 0; c < log.customers; c++) {
    const one = gapsOf(log, c);
    if (one.n === 0) continue;
    groups.push(one);
    gaps += one.n;
  }
  if (gaps < LEAST_GAPS) return null;
  const freedom = gaps - groups.length;
  // Where nobody has two gaps, all spread counts as one between purchases and none between customers.
  const grand = groups.reduce((sum, { n, mean }) => sum + n * mean, 0) / gaps;
  const acrossSquares = groups.reduce((sum, { n, mean }) => sum + n * (mean - grand) ** 2, 0);
  const withinSquares = groups.reduce((sum, { squares }) => sum + squares, 0);
  const total = (withinSquares + acrossSquares) / gaps;
  const floor = Math.max(1e-4, 1e-3 * total);
  const within = Math.max(floor, freedom > 0 ? withinSquares / freedom : total);
  const effective = gaps - groups.reduce((sum, { n }) => sum + n * n, 0) / gaps;
  const between =
    freedom > 0 && effective > 0
      ? Math.max(0, (acrossSquares - (groups.length - 1) * within) / effective)
      : 0;
  return {
    gaps,
    center: centerOf(groups, within, between),
    within,
    between,
    priorFreedom: priorFreedomOf(groups, within),
  };
}

/** Law of the gaps of customer c. */
export function gapLaw(model: GapModel, log: PurchaseLog, c: number): GapLaw {
  const { n, mean, squares } = gapsOf(log, c);
  const { center, within, between, priorFreedom } = model;
  const trust = n === 0 ? 0 : between / (between + within / n);
  const unknown = n === 0 ? between : between * (1 - trust);
  const own = (priorFreedom * within + squares) / (priorFreedom + Math.max(0, n - 1));
  const variance = Math.max(LEAST_VARIANCE_SHARE * within, own) + unknown;
  return {
    median: Math.exp(center + trust * (mean - center)),
    // The variance of a logistic variable is (π·scale)²/3.
    shape: Math.PI / Math.sqrt(3 * variance),
  };
}

/** Probability that a gap which has already lasted `elapsed` days ends within t days more. */
export function endsWithin({ median, shape }: GapLaw, elapsed: number, t: number): number {
  const now = (elapsed / median) ** shape;
  const later = ((elapsed + t) / median) ** shape;
  return Number.isFinite(later) ? (later - now) / (1 + later) : t > 0 ? 1 : 0;
}

/** Days more after which it has ended with probability p in [0, 1). */
export function endsAfter({ median, shape }: GapLaw, elapsed: number, p: number): number {
  const now = (elapsed / median) ** shape;
  const later = (now + p) / (1 - p);
  return Math.max(0, median * later ** (1 / shape) - elapsed);
}

function gapsOf({ offsets, day }: PurchaseLog, c: number) {
  const from = offsets[c]!;
  const n = Math.max(0, offsets[c + 1]! - from - 1);
  let mean = 0;
  let squares = 0;
  for (let k = 1; k <= n; k++) {
    const value = Math.log(day[from + k]! - day[from + k - 1]!);
    const step = value - mean;
    mean += step / k;
    squares += step * (value - mean);
  }
  return { n, mean, squares };
}

type Group = ReturnType<typeof gapsOf>;

/** Mean of the customers' means, each as sure as its gaps make it. */
function centerOf(groups: readonly Group[], within: number, between: number): number {
  let [sum, weights] = [0, 0];
  for (const { n, mean } of groups) {
    const weight = 1 / (between + within / n);
    sum += weight * mean;
    weights += weight;
  }
  return sum / weights;
}

/**
 * From how much customers' variances differ beyond chance: Var(s²) = σ⁴·(2/d + c·(1 + 2/d)) for a squared coefficient of
 * variation c of the true variances, and c = 2/(ν − 4) for a scaled inverse chi-square law of ν degrees of freedom.
 */
function priorFreedomOf(groups: readonly Group[], within: number): number {
  let [excess, scale] = [0, 0];
  for (const { n, squares } of groups) {
    const d = n - 1;
    if (d < 1) continue;
    excess += d * ((squares / d / within - 1) ** 2 - 2 / d);
    scale += d * (1 + 2 / d);
  }
  const c = scale > 0 ? excess / scale : 0;
  return c > 0 ? Math.min(100, 4 + 2 / c) : 100;
}
