import { describe, expect, it } from 'vitest';
import { logUntil, purchaseLog } from './purchase-log.ts';
import { purchaseSummary } from './purchase-summary.ts';

/** Customer, day, amount. */
function linesOf(rows: readonly (readonly [number, number, number])[], customers = 3) {
  return {
    customer: Int32Array.from(rows, ([customer]) => customer),
    day: Int32Array.from(rows, ([, day]) => day),
    amount: Float64Array.from(rows, ([, , amount]) => amount),
    customers,
  };
}

const LINES = linesOf([
  [0, 30, 5],
  [0, 10, 7],
  [0, 10, 3],
  [2, 17, 4],
  [0, 24, 9],
]);

describe('a log of purchases', () => {
  it('holds one purchase per customer and day, in order', () => {
    const log = purchaseLog(LINES);
    expect([...log.offsets]).toEqual([0, 3, 3, 4]);
    expect([...log.day]).toEqual([10, 24, 30, 17]);
    expect([...log.amount]).toEqual([10, 9, 5, 4]);
    expect(log.until).toBe(30);
  });

  it('leaves out returns, amounts that are no number, and what is later than the last day', () => {
    const log = purchaseLog(
      linesOf([
        [0, 1, 5],
        [0, 2, -5],
        [1, 3, Number.NaN],
        [1, 4, 1e300],
        [2, 9, 1],
        [2, 3, 0],
      ]),
      5,
    );
    expect(log.leftOut).toEqual({ returns: 1, later: 1, unreadable: 2 });
    expect([...log.day]).toEqual([1, 3]);
  });

  it('cut at an earlier day is the log made of the earlier lines', () => {
    expect(logUntil(purchaseLog(LINES), 20)).toEqual({
      ...purchaseLog(LINES, 20),
      leftOut: { returns: 0, later: 0, unreadable: 0 },
    });
  });

  it('refuses codes out of range and arrays of different length', () => {
    expect(() => purchaseLog(linesOf([[3, 1, 1]]))).toThrow('customer: must be from 0 to 2, got 3');
    expect(() => purchaseLog({ ...LINES, amount: new Float64Array(2) })).toThrow(
      'amount: must have 5',
    );
  });

  it('of nothing is empty', () => {
    expect(purchaseLog(linesOf([], 0)).day).toHaveLength(0);
  });
});

describe('the summary of a log', () => {
  it('counts from the first purchase, in weeks', () => {
    const summary = purchaseSummary(purchaseLog(LINES, 38));
    expect([...summary.customer]).toEqual([0, 2]);
    expect([...summary.frequency]).toEqual([2, 0]);
    expect([...summary.recency]).toEqual([20 / 7, 0]);
    expect([...summary.age]).toEqual([4, 3]);
    expect([...summary.value]).toEqual([7, 0]);
  });
});
