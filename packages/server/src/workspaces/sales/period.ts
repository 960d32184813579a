import { parseIsoDate } from '@kizashi/series';
import { salesErrors } from './errors.ts';
import type { DaySpan } from './store/statement.ts';

/** More than all times an import takes; bounds the work that one question can make. */
const MOST_DAYS = 150 * 366;

/** @throws SALES_PERIOD_INVALID when it ends before it begins, or is longer than 150 years */
export function parsePeriod({ from, to }: { from: string; to: string }): DaySpan {
  const span = { from: parseIsoDate(from), to: parseIsoDate(to) };
  if (span.to < span.from || span.to - span.from >= MOST_DAYS) {
    throw salesErrors.SALES_PERIOD_INVALID({ from, to });
  }
  return span;
}
