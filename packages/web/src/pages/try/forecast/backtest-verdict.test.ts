import { describe, expect, it } from 'vitest';
import { verdictOf } from './backtest-verdict.ts';
import type { Backtest } from './documents.ts';

const scores = { mae: 1, rmse: 1, mape: 1, smape: 1, mase: 1, owa: 1, bias: 0 };
const backtest = (mae: number | null, naive: number | null): Backtest => ({
  ...scores,
  ...{ mae, h: 12, origins: 5, coverage: {} },
  seasonalNaive: { ...scores, mae: naive },
});

describe('verdictOf', () => {
  it.each([
    [6, 10, 'better', 0.4],
    [15, 10, 'worse', 0.5],
    [10.1, 10, 'same', 0.01],
  ])('an error of %d beside %d is %s', (mae, naive, kind, by) => {
    const verdict = verdictOf(backtest(mae, naive));
    expect(verdict.kind).toBe(kind);
    expect(verdict.by).toBeCloseTo(by);
  });

  it('cannot compare with nothing', () => {
    expect(verdictOf(backtest(1, 0)).kind).toBe('unknown');
    expect(verdictOf(backtest(null, 1)).kind).toBe('unknown');
  });
});
