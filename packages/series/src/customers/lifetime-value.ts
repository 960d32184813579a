import { requirePositive, requireWhole } from '../invalid-input.ts';

export interface LifetimeValueOptions {
  /** Whole months ahead, default 12. */
  readonly months?: number;
  /** Discount a month, a fraction ≥ 0, default 0.01. */
  readonly monthlyDiscount?: number;
  /** Time units of the model in a month, default 4.345 (weeks). */
  readonly unitsPerMonth?: number;
}

/**
 * Value of a customer's purchases in the months to come, discounted to today.
 *
 * @param expectedPurchases purchases expected in the next t time units of the model, for any t ≥ 0.
 * @param value             expected amount of a purchase.
 * @returns money. The purchases of month i count at its end: they are divided by (1 + discount)^i.
 * @throws InvalidInput (`months`, `monthlyDiscount`, `unitsPerMonth`)
 *
 * Compare: lifetimes 0.11 `customer_lifetime_value` (`freq="W"`).
 */
export function lifetimeValue(
  expectedPurchases: (t: number) => number,
  value: number,
  { months = 12, monthlyDiscount = 0.01, unitsPerMonth = 4.345 }: LifetimeValueOptions = {},
): number {
  requireWhole('months', months, 1, 1200);
  requirePositive('monthlyDiscount', monthlyDiscount, true);
  requirePositive('unitsPerMonth', unitsPerMonth);
  let total = 0;
  let before = 0;
  for (let month = 1; month <= months; month++) {
    const after = expectedPurchases(month * unitsPerMonth);
    total += (value * (after - before)) / (1 + monthlyDiscount) ** month;
    before = after;
  }
  return total;
}
