import { describe, expect, it } from 'vitest';
import { backtestVerdict, coverageVerdict, naiveRule } from './verdict.ts';

const scores = { mae: 1, rmse: 1, mape: 1, smape: 1, mase: 1, bias: 0 };
const backtest = (ratio: number | null) => ({
  folds: 5,
  horizon: 28,
  model: scores,
  seasonalNaive: scores,
  ratio,
});

describe('the verdict of a back-test', () => {
  it('says how much smaller or larger the error is', () => {
    expect(backtestVerdict(backtest(0.88))).toEqual({ kind: 'better', by: 0.12 });
    expect(backtestVerdict(backtest(1.5))).toEqual({ kind: 'worse', by: 0.5 });
  });

  it('calls a difference below two percent none', () => {
    expect(backtestVerdict(backtest(0.981))).toEqual({ kind: 'same' });
    expect(backtestVerdict(backtest(1.019))).toEqual({ kind: 'same' });
  });

  it('does not compare the repetition with itself', () => {
    expect(backtestVerdict(backtest(1))).toEqual({ kind: 'naive' });
  });

  it('is unknown without a back-test or a comparison', () => {
    expect(backtestVerdict(null)).toEqual({ kind: 'unknown' });
    expect(backtestVerdict(backtest(null))).toEqual({ kind: 'unknown' });
  });

  it('is the whole error when the model made none', () => {
    expect(backtestVerdict(backtest(0))).toEqual({ kind: 'better', by: 1 });
  });
});

describe('what the seasonal naive repeats', () => {
  it.each([
    ['day', 7, 'week'],
    ['week', 52, 'yearOfWeeks'],
    ['month', 12, 'yearOfMonths'],
    ['week', 1, 'last'],
    ['day', 30, 'season'],
  ] as const)('%ss with a season of %i: %s', (bucket, seasonLength, rule) => {
    expect(naiveRule(bucket, seasonLength)).toBe(rule);
  });
});

describe('the verdict on coverage', () => {
  it('allows for chance', () => {
    expect(coverageVerdict(0.8, 0.7, 20)).toBe('asPromised');
    expect(coverageVerdict(0.8, 0.7, 400)).toBe('tooNarrow');
    expect(coverageVerdict(0.8, 0.9, 400)).toBe('tooWide');
    expect(coverageVerdict(0.95, 0.93, 10_000)).toBe('asPromised');
  });

  it('is unknown when nothing was tested', () => {
    expect(coverageVerdict(0.8, null, 100)).toBe('unknown');
    expect(coverageVerdict(0.8, 0.8, 0)).toBe('unknown');
  });
});
