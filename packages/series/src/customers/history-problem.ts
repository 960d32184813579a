import { type FitProblem, LEAST_REPEAT_BUYERS, problem } from './fit-problem.ts';
import type { DistinctHistories } from './purchase-summary.ts';

/** What in the histories themselves forbids an estimate, before any is tried; null where nothing does. */
export function historyProblem(data: DistinctHistories): FitProblem | null {
  const { customers, repeaters, frequency, meanAge } = data;
  if (customers === 0) return problem('no-customers');
  if (!(meanAge > 0)) return problem('no-time-observed', { customers });
  if (repeaters === 0) return problem('no-repeat-purchases', { customers });
  if (frequency.length === 1) return problem('identical-customers', { customers });
  if (repeaters < LEAST_REPEAT_BUYERS) {
    return problem('too-few-repeat-buyers', { repeaters, needed: LEAST_REPEAT_BUYERS });
  }
  return null;
}
