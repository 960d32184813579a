import { InvalidInput, requireFraction } from '../invalid-input.ts';
import { type Baskets, frequentSets } from './frequent-sets.ts';

/** "Who buys these also buys that." Shares are fractions of all baskets unless said otherwise. */
export interface AssociationRule {
  /** Codes, ascending. */
  readonly antecedent: readonly number[];
  readonly consequent: number;
  /** Baskets with all of them. */
  readonly count: number;
  readonly support: number;
  /** Share of the baskets with `antecedent` that hold `consequent` too. */
  readonly confidence: number;
  /** Confidence over the share of `consequent` in all baskets: 1 says that they have nothing to do with each other. */
  readonly lift: number;
  /** Support above what independence would give: how many baskets the rule is about. */
  readonly leverage: number;
}

export interface AssociationRuleOptions {
  /** Least support, a fraction in (0, 1), default 0.01; at least two baskets in any case, one is no rule. */
  readonly minSupport?: number;
  /** Least confidence, a fraction in (0, 1), default 0.2. */
  readonly minConfidence?: number;
  /** Least lift, default 1. */
  readonly minLift?: number;
  /** Items in a rule at most, default 3. */
  readonly maxSize?: number;
  /** Rules at most, those of highest leverage, default 1,000. */
  readonly maxRules?: number;
}

export interface AssociationRules {
  /** Highest leverage first: rules that are both strong and often useful. */
  readonly rules: readonly AssociationRule[];
  readonly baskets: number;
  /** False where the least support is so low that not all sets were looked at. */
  readonly complete: boolean;
}

/**
 * Rules with one consequent, for offers beside a basket: who buys these also buys that.
 *
 * @param baskets codes of items from 0, in any order; what comes twice in one counts once.
 * @returns rules as codes of items with support, confidence (fractions), lift (a ratio) and leverage (a difference of
 *   fractions), highest leverage first; `complete` says whether all sets of the least support were looked at.
 * @throws InvalidInput (`minSupport`, `minConfidence`, `minLift`, `maxSize`, `maxRules`)
 *
 * Cost: grows with the number of frequent sets, which is cut (`complete` is then false).
 * Source: Agrawal, Imieliński & Swami (1993), SIGMOD; lift of Brin et al. (1997), leverage of Piatetsky-Shapiro (1991).
 */
export function associationRules(
  baskets: Baskets,
  {
    minSupport = 0.01,
    minConfidence = 0.2,
    minLift = 1,
    maxSize = 3,
    maxRules = 1000,
  }: AssociationRuleOptions = {},
): AssociationRules {
  requireFraction('minSupport', minSupport);
  requireFraction('minConfidence', minConfidence);
  if (!(minLift >= 0)) throw new InvalidInput('minLift', `must be >= 0, got ${minLift}`);
  const n = baskets.offsets.length - 1;
  const minCount = Math.max(2, Math.ceil(minSupport * n));
  const { sets, complete } = frequentSets(baskets, { minCount, maxSize });
  const counts = new Map(sets.map(({ items, count }) => [items.join(), count]));
  const rules: AssociationRule[] = [];
  for (const { items, count } of sets) {
    if (items.length < 2) continue;
    for (const consequent of items) {
      const antecedent = items.filter((item) => item !== consequent);
      // Missing only where the search was cut short.
      const ofGiven = counts.get(antecedent.join());
      const ofThen = counts.get(String(consequent));
      if (ofGiven === undefined || ofThen === undefined) continue;
      const confidence = count / ofGiven;
      const lift = (confidence * n) / ofThen;
      if (confidence < minConfidence || lift < minLift) continue;
      const support = count / n;
      const leverage = support - (ofGiven / n) * (ofThen / n);
      rules.push({ antecedent, consequent, count, support, confidence, lift, leverage });
    }
  }
  rules.sort((a, b) => b.leverage - a.leverage || b.lift - a.lift);
  return { rules: rules.slice(0, maxRules), baskets: n, complete };
}
