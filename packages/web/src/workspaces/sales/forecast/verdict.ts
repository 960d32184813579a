import type { ForecastReply } from '@kizashi/server/contract/forecast';

type Backtest = NonNullable<ForecastReply['backtest']>;

/** A difference below this share of the seasonal naive's error is no difference to act on. */
const NOTICEABLE = 0.02;

export type Verdict =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'better' | 'worse'; readonly by: number }
  | { readonly kind: 'same' }
  /** The forecast is that repetition. */
  | { readonly kind: 'naive' };

/** What the back-test says about the model beside repeating the last season; `by` is a fraction of that error. */
export function backtestVerdict(backtest: Backtest | null): Verdict {
  const ratio = backtest?.ratio ?? null;
  if (ratio === null) return { kind: 'unknown' };
  if (ratio === 1) return { kind: 'naive' };
  if (Math.abs(ratio - 1) < NOTICEABLE) return { kind: 'same' };
  return ratio < 1 ? { kind: 'better', by: 1 - ratio } : { kind: 'worse', by: ratio - 1 };
}

/** What the seasonal naive repeats, as a key of the catalogue. */
export function naiveRule(
  bucket: ForecastReply['bucket'],
  seasonLength: number,
): 'week' | 'yearOfWeeks' | 'yearOfMonths' | 'last' | 'season' {
  if (seasonLength === 1) return 'last';
  if (bucket === 'day' && seasonLength === 7) return 'week';
  if (bucket === 'week' && seasonLength === 52) return 'yearOfWeeks';
  if (bucket === 'month' && seasonLength === 12) return 'yearOfMonths';
  return 'season';
}

export type CoverageVerdict = 'unknown' | 'asPromised' | 'tooNarrow' | 'tooWide';

/**
 * Whether an interval held as many outcomes as its level promises. Chance alone moves the share by about two standard
 * errors of `tested` outcomes, and never less than five points are called a miss.
 */
export function coverageVerdict(
  level: number,
  coverage: number | null,
  tested: number,
): CoverageVerdict {
  if (coverage === null || tested < 1) return 'unknown';
  const tolerance = Math.max(0.05, 2 * Math.sqrt((level * (1 - level)) / tested));
  if (coverage < level - tolerance) return 'tooNarrow';
  return coverage > level + tolerance ? 'tooWide' : 'asPromised';
}
