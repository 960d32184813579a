import type { Backtest } from './documents.ts';

/** A difference below this share of the seasonal naive's error is no difference to act on. */
const NOTICEABLE = 0.02;

export interface BacktestVerdict {
  readonly kind: 'better' | 'same' | 'worse' | 'unknown';
  /** Fraction of the seasonal naive's error. */
  readonly by: number;
}

/** What the mean absolute errors say about the model beside repeating the last season. */
export function verdictOf({ mae, seasonalNaive }: Backtest): BacktestVerdict {
  if (mae === null || !seasonalNaive.mae) return { kind: 'unknown', by: 0 };
  const difference = mae / seasonalNaive.mae - 1;
  const by = Math.abs(difference);
  if (by < NOTICEABLE) return { kind: 'same', by };
  return { kind: difference < 0 ? 'better' : 'worse', by };
}
