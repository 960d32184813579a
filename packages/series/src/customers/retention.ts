/** What to do about one customer; the words belong to the reader's page. */
export type RetentionAction =
  /** Long overdue, not likely to come back alone, and worth an effort: a personal offer. */
  | 'win-back'
  /** Due about now, or overdue but likely to come: a reminder, with what they buy again. */
  | 'remind'
  /** Bought once, not long ago: a reason to come a second time. */
  | 'second-purchase'
  /** Among the best, and not late: thanks and first access, no discount. */
  | 'reward'
  /** The same, but worth less than an effort costs: nothing beyond the newsletter. */
  | 'let-go'
  /** Not due yet: leave alone. */
  | 'wait';

export type RetentionReasonCode =
  /** days since the last purchase, usual days between purchases, lateness. */
  | 'overdue'
  | 'due'
  | 'not-due'
  /** days since the only purchase. */
  | 'one-purchase'
  /** value of the next year of buying as before, share of customers below. */
  | 'high-value'
  | 'low-value'
  /** purchases so far, share of customers below. */
  | 'frequent'
  /** probability of a purchase within days. */
  | 'likely-to-return'
  | 'unlikely-to-return';

export interface RetentionReason {
  readonly code: RetentionReasonCode;
  readonly values: Readonly<Record<string, number>>;
}

/** What an action is chosen by. */
export interface RetentionFacts {
  readonly purchases: number;
  readonly daysSinceLast: number;
  /** See `NextPurchases`. */
  readonly usualGapDays: number;
  readonly lateness: number;
  readonly probability: number;
  readonly horizonDays: number;
  /** Expected amount of a purchase. */
  readonly value: number;
  /** Share of customers who bought less often, a fraction. */
  readonly frequencyRank: number;
  /** Share of customers whose `yearlyValue` is lower, a fraction. */
  readonly valueRank: number;
}

export interface Retention {
  readonly action: RetentionAction;
  /** Money of a year of buying as usual that is lost if the customer does not return, times the chance of that. */
  readonly atStake: number;
  readonly reasons: readonly RetentionReason[];
}

/** A customer's gaps are longer than this one of 20 times: by then silence means something. */
const OVERDUE = 0.95;
/** Rather than not. */
const LIKELY = 0.5;
/** Half of the customer's gaps are over by now. */
const DUE = 0.5;
/** The upper half is worth an effort, the upper fifth special care. */
const WORTH_AN_EFFORT = 0.5;
const BEST = 0.8;

/** Value of a year of buying at the usual pace: a purchase every usual gap, but not more often than daily. */
export function yearlyValue(value: number, usualGapDays: number): number {
  return (value * 365) / Math.max(1, usualGapDays);
}

/**
 * The action for one customer, what is at stake, and the reasons with their numbers.
 *
 * The rules are few and fixed: lateness beside the customer's own habit says whether to act, value says how much effort. Overdue
 * is a silence longer than 95 % of the customer's gaps, due one longer than half of them; a probability of 0.5 counts as likely,
 * the upper half by value as worth an effort, the upper fifth of both ranks as the best.
 *
 * @param facts days, fractions and money, as `nextPurchases`, `purchaseProbabilities` and `yearlyValue` give them.
 * @returns codes, no words; `atStake` in the unit of `facts.value`, for a year.
 *
 * Departures: the rules are common practice of retailers, not estimated; whether an action pays only a trial with a group left
 *   alone can tell.
 */
export function retention(facts: RetentionFacts): Retention {
  const { purchases, daysSinceLast, usualGapDays, lateness, probability, horizonDays } = facts;
  const yearly = yearlyValue(facts.value, usualGapDays);
  const timing = { days: daysSinceLast, usual: usualGapDays, lateness };
  const worth: RetentionReason = {
    code: facts.valueRank >= WORTH_AN_EFFORT ? 'high-value' : 'low-value',
    values: { yearly, rank: facts.valueRank },
  };
  const chance: RetentionReason = {
    code: probability >= LIKELY ? 'likely-to-return' : 'unlikely-to-return',
    values: { probability, days: horizonDays },
  };
  const result = (action: RetentionAction, ...reasons: RetentionReason[]): Retention => ({
    action,
    atStake: yearly * (1 - probability),
    reasons,
  });
  const once: RetentionReason = { code: 'one-purchase', values: { days: daysSinceLast } };
  const late: RetentionReason = { code: 'overdue', values: timing };
  if (lateness >= OVERDUE && probability < LIKELY) {
    const first = purchases === 1 ? [once, late] : [late];
    return facts.valueRank >= WORTH_AN_EFFORT
      ? result('win-back', ...first, worth, chance)
      : result('let-go', ...first, worth, chance);
  }
  if (purchases === 1) return result('second-purchase', once, chance);
  if (lateness >= OVERDUE) return result('remind', late, chance);
  if (lateness >= DUE) return result('remind', { code: 'due', values: timing }, chance);
  const early: RetentionReason = { code: 'not-due', values: timing };
  if (facts.frequencyRank >= BEST && facts.valueRank >= BEST) {
    const frequent: RetentionReason = {
      code: 'frequent',
      values: { purchases, rank: facts.frequencyRank },
    };
    return result('reward', frequent, worth, early);
  }
  return result('wait', early, chance);
}
