import { requirePositive, requireWhole } from '../invalid-input.ts';
import { type BgNbdParameters, bgNbdAlive, bgNbdExpectedPurchases } from './bgnbd.ts';
import { fitBgNbd, type PurchaseModelFit } from './fit-bgnbd.ts';
import { fitParetoNbd } from './fit-pareto-nbd.ts';
import { fitGammaGamma, type GammaGammaFit, gammaGammaExpectedValue } from './gamma-gamma.ts';
import { lifetimeValue } from './lifetime-value.ts';
import { fitNbd, nbdExpectedPurchases } from './nbd.ts';
import { type NextPurchases, nextPurchases } from './next-purchase.ts';
import {
  type ParetoNbdParameters,
  paretoNbdAlive,
  paretoNbdExpectedPurchases,
} from './pareto-nbd.ts';
import { type PurchaseLines, type PurchaseLog, purchaseLog } from './purchase-log.ts';
import { purchaseSummary } from './purchase-summary.ts';
import { ranks } from './ranks.ts';
import { type Retention, retention, yearlyValue } from './retention.ts';
import { type RfmSegment, rfm } from './rfm.ts';

export interface OutlookOptions {
  /** Last day to look at, default the last of the lines; a day without purchases may be later. */
  readonly until?: number | undefined;
  /** Days ahead for the expected purchases; default as many as were observed, at most 365. */
  readonly horizonDays?: number | undefined;
  /** Months of the lifetime value, default 12. */
  readonly months?: number;
  /** Discount a month, a fraction, default 0.01. */
  readonly monthlyDiscount?: number;
  /** Of the interval of the next purchase, default 0.8. */
  readonly level?: number;
  /** Told the share of the work done, in (0, 1]. */
  readonly onProgress?: (done: number) => void;
}

/** What P(alive) is worth. */
export type AliveStatus =
  | 'ok'
  /**
   * One purchase under BG/NBD: P(alive) is 1 because nobody can leave before a second purchase in that model. It is no finding
   * and must not be shown as one; `pAliveParetoNbd` is, where there is one.
   */
  | 'one-purchase'
  /** The model knows no leaving, or there is no model. */
  | 'no-dropout-model';

export interface CustomerOutlook {
  /** Code of the customer. */
  readonly customer: number;
  /** Purchase days. */
  readonly purchases: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Money spent so far. */
  readonly spent: number;
  /** Probability of not having left; null without a model. Read `pAliveStatus` first. */
  readonly pAlive: number | null;
  readonly pAliveStatus: AliveStatus;
  /** Of the other model, which says something about one-time buyers too; null where it could not be estimated. */
  readonly pAliveParetoNbd: number | null;
  /** Purchases expected in the next `horizonDays`; null without a model. */
  readonly expected: number | null;
  /** Expected amount of a purchase: by Gamma-Gamma, else the customer's own mean. */
  readonly value: number;
  /** Discounted value of the months to come; null without a model. */
  readonly lifetimeValue: number | null;
  readonly recencyScore: number;
  readonly frequencyScore: number;
  readonly monetaryScore: number;
  readonly segment: RfmSegment;
  /** Null where the data are too short for it. */
  readonly next: {
    readonly probability: number;
    readonly day: number;
    readonly lower: number;
    readonly upper: number;
    readonly usualGapDays: number;
    readonly lateness: number;
  } | null;
  readonly retention: Retention | null;
}

export type OutlookModel = 'bg-nbd' | 'pareto-nbd' | 'nbd' | 'none';

export interface CustomersOutlook {
  readonly until: number;
  readonly horizonDays: number;
  readonly months: number;
  readonly monthlyDiscount: number;
  readonly bgNbd: PurchaseModelFit<BgNbdParameters>;
  readonly paretoNbd: PurchaseModelFit<ParetoNbdParameters>;
  readonly gammaGamma: GammaGammaFit;
  /** The model that `expected` and `lifetimeValue` come from: the first of these whose predictions hold. */
  readonly model: OutlookModel;
  readonly valueModel: 'gamma-gamma' | 'own-mean';
  readonly nextPurchase: Pick<NextPurchases, 'status' | 'horizonDays' | 'level' | 'measured'>;
  /** Those who bought until then, by code. */
  readonly customers: readonly CustomerOutlook[];
  readonly leftOut: PurchaseLog['leftOut'];
}

/** Weeks are the unit of the models, as in the papers. */
const UNIT_DAYS = 7;
const LONGEST_HORIZON = 365;

/**
 * Everything about customers' future buying at once: models, and for each customer P(alive), expected purchases, value, lifetime
 * value, RFM segment, next purchase and what to do.
 *
 * @throws InvalidInput (`customer`, `day`, `amount`, `until`, `horizonDays`, `months`, `monthlyDiscount`, `level`)
 *
 * Cost: the two fits; 2,357 customers of CDNOW take 0.5 s.
 */
export function customersOutlook(
  lines: PurchaseLines,
  options: OutlookOptions = {},
): CustomersOutlook {
  const { until, horizonDays, months = 12, monthlyDiscount = 0.01, level = 0.8 } = options;
  const { onProgress = () => {} } = options;
  if (horizonDays !== undefined) requireWhole('horizonDays', horizonDays, 1, 100_000);
  requireWhole('months', months, 1, 1200);
  requirePositive('monthlyDiscount', monthlyDiscount, true);
  const log = purchaseLog(lines, until);
  const summary = purchaseSummary(log, UNIT_DAYS);
  const observed = UNIT_DAYS * summary.age.reduce((a, b) => Math.max(a, b), 0);
  const horizon = horizonDays ?? Math.max(1, Math.min(LONGEST_HORIZON, Math.round(observed)));
  const bgNbd = fitBgNbd(summary);
  onProgress(0.2);
  const paretoNbd = fitParetoNbd(summary);
  onProgress(0.5);
  const gammaGamma = fitGammaGamma(summary.frequency, summary.value);
  const { model, buying } = chooseModel(bgNbd, paretoNbd, fitNbd(summary));
  const pareto = canPredict(paretoNbd) ? paretoNbd.parameters : null;
  const values = gammaGamma.status === 'ok' ? gammaGamma.parameters : null;
  const next = nextPurchases(log, { level });
  onProgress(0.8);
  const groups = rfm(log);
  const value = Float64Array.from(summary.customer, (_, i) =>
    values === null
      ? groups.monetary[i]! / groups.frequency[i]!
      : gammaGammaExpectedValue(values, summary.frequency[i]!, summary.value[i]!),
  );
  const yearly = value.map((one, i) => yearlyValue(one, next.usualGapDays[i] ?? 365));
  const valueRank = ranks(yearly);
  const frequencyRank = ranks(groups.frequency);
  const customers = Array.from(summary.customer, (c, i): CustomerOutlook => {
    const history = [summary.frequency[i]!, summary.recency[i]!, summary.age[i]!] as const;
    const expectedIn = (t: number) => buying!.expected(t, ...history);
    const hasNext = next.status === 'ok';
    const timing = {
      probability: next.probability[i]!,
      usualGapDays: next.usualGapDays[i]!,
      lateness: next.lateness[i]!,
    };
    return {
      customer: c,
      purchases: groups.frequency[i]!,
      firstDay: log.day[log.offsets[c]!]!,
      lastDay: log.day[log.offsets[c + 1]! - 1]!,
      spent: groups.monetary[i]!,
      pAlive: buying === null ? null : buying.alive(...history),
      pAliveStatus: aliveStatus(model, history[0]),
      pAliveParetoNbd: pareto === null ? null : paretoNbdAlive(pareto, ...history),
      expected: buying === null ? null : expectedIn(horizon / UNIT_DAYS),
      value: value[i]!,
      lifetimeValue:
        buying === null ? null : lifetimeValue(expectedIn, value[i]!, { months, monthlyDiscount }),
      recencyScore: groups.r[i]!,
      frequencyScore: groups.f[i]!,
      monetaryScore: groups.m[i]!,
      segment: groups.segment[i]!,
      next: hasNext
        ? { ...timing, day: next.day[i]!, lower: next.lower[i]!, upper: next.upper[i]! }
        : null,
      retention: hasNext
        ? retention({
            ...timing,
            purchases: groups.frequency[i]!,
            daysSinceLast: groups.recencyDays[i]!,
            horizonDays: next.horizonDays,
            value: value[i]!,
            frequencyRank: frequencyRank[i]!,
            valueRank: valueRank[i]!,
          })
        : null,
    };
  });
  onProgress(1);
  return {
    ...{ until: log.until, horizonDays: horizon, months, monthlyDiscount },
    ...{ bgNbd, paretoNbd, gammaGamma, model, customers },
    valueModel: values === null ? 'own-mean' : 'gamma-gamma',
    nextPurchase: {
      ...{ status: next.status, horizonDays: next.horizonDays, level, measured: next.measured },
    },
    leftOut: log.leftOut,
  };
}

interface Buying {
  alive(x: number, tx: number, age: number): number;
  expected(t: number, x: number, tx: number, age: number): number;
}

/** Where a distribution has run into a point its parameters mean nothing, but the point is known: predictions hold. */
function canPredict(fit: Pick<PurchaseModelFit<unknown>, 'status' | 'problems'>): boolean {
  const points = ['homogeneous-rates', 'homogeneous-dropout'];
  return (
    fit.status === 'ok' ||
    (fit.status === 'degenerate' && fit.problems.every(({ code }) => points.includes(code)))
  );
}

function chooseModel(
  bgNbd: PurchaseModelFit<BgNbdParameters>,
  paretoNbd: PurchaseModelFit<ParetoNbdParameters>,
  nbd: ReturnType<typeof fitNbd>,
): { model: OutlookModel; buying: Buying | null } {
  if (canPredict(bgNbd)) {
    const parameters = withinShapes(bgNbd.parameters!);
    return {
      model: 'bg-nbd',
      buying: {
        alive: (...history) => bgNbdAlive(parameters, ...history),
        expected: (t, ...history) => bgNbdExpectedPurchases(parameters, t, ...history),
      },
    };
  }
  if (canPredict(paretoNbd)) {
    const parameters = paretoNbd.parameters!;
    return {
      model: 'pareto-nbd',
      buying: {
        alive: (...history) => paretoNbdAlive(parameters, ...history),
        expected: (t, ...history) => paretoNbdExpectedPurchases(parameters, t, ...history),
      },
    };
  }
  // Its forecasts hold where all buy at one rate too: only the parameters mean little then.
  if (nbd.parameters === null) return { model: 'none', buying: null };
  const parameters = nbd.parameters;
  return {
    model: 'nbd',
    buying: {
      alive: () => 1,
      expected: (t, x, _, age) => nbdExpectedPurchases(parameters, t, x, age),
    },
  };
}

/**
 * A distribution that has run into a point, with a shape that is as good and can be computed with: 1,000 is a coefficient of
 * variation of 3 %.
 */
function withinShapes({ r, alpha, a, b }: BgNbdParameters): BgNbdParameters {
  const ofRate = Math.min(1, LARGEST_SHAPE / r);
  const ofLeaving = Math.min(1, LARGEST_SHAPE / (a + b));
  return { r: r * ofRate, alpha: alpha * ofRate, a: a * ofLeaving, b: b * ofLeaving };
}

const LARGEST_SHAPE = 1000;

function aliveStatus(model: OutlookModel, repeats: number): AliveStatus {
  if (model === 'nbd' || model === 'none') return 'no-dropout-model';
  return model === 'bg-nbd' && repeats === 0 ? 'one-purchase' : 'ok';
}
