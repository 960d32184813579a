import {
  type AliveStatus,
  type CustomersOutlook,
  customersOutlook,
  type FitProblem,
  isoDate,
  type NextPurchases,
  type OutlookModel,
  type OutlookOptions,
  type PurchaseModelFit,
  type PurchaseProbabilities,
  purchaseProbabilities,
  type Retention,
  type RfmSegment,
  type ScoreReason,
} from '@kizashi/series';
import { customersErrors } from './errors.ts';
import type { PurchaseFile } from './read-purchases.ts';

/** An estimated model; of one that means nothing the parameters are null and `problems` say why. */
export type ModelReply<Name extends string> = Readonly<Record<Name, number | null>> & {
  readonly status: 'ok' | 'degenerate' | 'none';
  readonly logLikelihood: number | null;
  readonly standardErrors: Readonly<Record<Name, number>> | null;
  readonly problems: readonly FitProblem[];
};

export interface CustomerReply {
  readonly id: string;
  readonly purchases: number;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly spent: number;
  /** Read `pAliveStatus` first: of customers with one purchase it is 1 by the making of BG/NBD, which is no finding. */
  readonly pAlive: number | null;
  readonly pAliveStatus: AliveStatus;
  readonly pAliveParetoNbd: number | null;
  /** Purchases expected in the next `horizonDays`. */
  readonly expected: number | null;
  /** Expected amount of a purchase. */
  readonly value: number;
  /** Discounted value of the next `months`. */
  readonly lifetimeValue: number | null;
  readonly segment: RfmSegment;
  readonly scores: { readonly r: number; readonly f: number; readonly m: number };
  readonly next: {
    /** Of a purchase within `nextPurchase.horizonDays`. */
    readonly probability: number;
    /** If there is one. */
    readonly date: string;
    readonly lower: string;
    readonly upper: string;
    readonly usualGapDays: number;
    readonly lateness: number;
  } | null;
  readonly retention: Retention | null;
  /** Of a purchase within `within.horizonDays`, and what moved it most; null where it was not asked for or cannot be learned. */
  readonly within: {
    readonly probability: number;
    readonly reasons: readonly ScoreReason[];
  } | null;
}

export interface CustomersReply {
  readonly until: string;
  readonly horizonDays: number;
  readonly months: number;
  readonly monthlyDiscount: number;
  /** Where `expected` and `lifetimeValue` come from. */
  readonly model: OutlookModel;
  readonly valueModel: CustomersOutlook['valueModel'];
  /** Times in weeks. */
  readonly bgnbd: ModelReply<'r' | 'alpha' | 'a' | 'b'>;
  readonly paretoNbd: ModelReply<'r' | 'alpha' | 's' | 'beta'>;
  readonly gammaGamma: ModelReply<'p' | 'q' | 'v'> & {
    readonly customers: number;
    /** Of frequency and value; the model assumes 0. */
    readonly correlation: number | null;
  };
  readonly nextPurchase: Pick<NextPurchases, 'status' | 'horizonDays' | 'level' | 'measured'>;
  /** Null where it was not asked for. */
  readonly within: Pick<PurchaseProbabilities, 'status' | 'horizonDays' | 'measured'> | null;
  readonly customers: readonly CustomerReply[];
  readonly rows: {
    readonly read: number;
    readonly rejected: number;
    readonly returns: number;
    readonly later: number;
  };
}

export interface CustomersOptions extends OutlookOptions {
  /** Also the probability to buy within so many days, which takes seconds to learn. */
  readonly withinDays?: number | undefined;
  /** Told the share of the work done, in (0, 1]. */
  readonly onProgress?: (done: number) => void;
}

const OUTLOOK_SHARE = 0.25;

/** @throws CUSTOMERS_NO_PURCHASES */
export function customersReply(file: PurchaseFile, options: CustomersOptions): CustomersReply {
  const lines = {
    customer: file.customer,
    day: file.day!,
    amount: amounts(file),
    item: file.item ?? undefined,
    customers: file.customers.length,
  };
  const { onProgress = () => {} } = options;
  // Learning of past purchases takes several times as long as the rest.
  const share = options.withinDays === undefined ? 1 : OUTLOOK_SHARE;
  const told = { onProgress: (done: number) => onProgress(share * done) };
  const outlook = customersOutlook(lines, { ...options, ...told });
  const { bgNbd, paretoNbd, gammaGamma, leftOut } = outlook;
  if (outlook.customers.length === 0) {
    const until = isoDate(outlook.until);
    throw customersErrors.CUSTOMERS_NO_PURCHASES({ name: file.name, until, ...leftOut });
  }
  const learned =
    options.withinDays === undefined
      ? null
      : purchaseProbabilities(lines, { until: outlook.until, horizonDays: options.withinDays });
  onProgress(1);
  const place = new Map(Array.from(learned?.customer ?? [], (code, i) => [code, i]));
  const within = (code: number): CustomerReply['within'] => {
    const i = place.get(code);
    if (learned === null || i === undefined) return null;
    return { probability: learned.probability[i]!, reasons: learned.reasons[i]! };
  };
  return {
    until: isoDate(outlook.until),
    horizonDays: outlook.horizonDays,
    months: outlook.months,
    monthlyDiscount: outlook.monthlyDiscount,
    model: outlook.model,
    valueModel: outlook.valueModel,
    bgnbd: modelReply(bgNbd, ['r', 'alpha', 'a', 'b']),
    paretoNbd: modelReply(paretoNbd, ['r', 'alpha', 's', 'beta']),
    gammaGamma: {
      ...modelReply(gammaGamma, ['p', 'q', 'v']),
      customers: gammaGamma.customers,
      correlation: gammaGamma.correlation,
    },
    nextPurchase: outlook.nextPurchase,
    within: learned && {
      status: learned.status,
      horizonDays: learned.horizonDays,
      measured: learned.measured,
    },
    customers: outlook.customers.map((one) => ({
      id: file.customers[one.customer]!,
      purchases: one.purchases,
      firstDate: isoDate(one.firstDay),
      lastDate: isoDate(one.lastDay),
      spent: money(one.spent),
      pAlive: one.pAlive,
      pAliveStatus: one.pAliveStatus,
      pAliveParetoNbd: one.pAliveParetoNbd,
      expected: one.expected,
      value: one.value,
      lifetimeValue: one.lifetimeValue,
      segment: one.segment,
      scores: { r: one.recencyScore, f: one.frequencyScore, m: one.monetaryScore },
      next:
        one.next === null
          ? null
          : {
              probability: one.next.probability,
              date: isoDate(one.next.day),
              lower: isoDate(one.next.lower),
              upper: isoDate(one.next.upper),
              usualGapDays: one.next.usualGapDays,
              lateness: one.next.lateness,
            },
      retention: one.retention,
      within: within(one.customer),
    })),
    rows: {
      read: file.rowsRead,
      rejected: file.rowsRejected + leftOut.unreadable,
      returns: leftOut.returns,
      later: leftOut.later,
    },
  };
}

/** With a quantity, the amount column holds the price of one. */
function amounts({ amount, quantity }: PurchaseFile): Float64Array {
  return quantity === null ? amount! : amount!.map((price, i) => price * quantity[i]!);
}

function modelReply<Name extends string>(
  fit: Pick<
    PurchaseModelFit<Readonly<Record<Name, number>>>,
    'status' | 'parameters' | 'standardErrors' | 'logLikelihood' | 'problems'
  >,
  names: readonly Name[],
): ModelReply<Name> {
  const known = fit.status === 'ok' ? fit.parameters : null;
  const parameters = Object.fromEntries(names.map((name) => [name, known?.[name] ?? null]));
  return {
    ...(parameters as Record<Name, number | null>),
    status: fit.status,
    logLikelihood: fit.logLikelihood,
    standardErrors: known === null ? null : fit.standardErrors,
    problems: fit.problems,
  };
}

/** Sums of decimal amounts show the rounding of binary ones: four decimals are kept, as everywhere. */
function money(amount: number): number {
  return Math.round(amount * 1e4) / 1e4;
}
