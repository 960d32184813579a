import type { CandidateModel } from './candidates.ts';

/** Values visited in a millisecond on the machine of the README; turns a wished time into work. */
export const WORK_PER_MS = 50_000;

/** A candidate with the number of past fits that the budget allows it. */
export interface BudgetedCandidate extends CandidateModel {
  readonly pastFits: number;
}

/**
 * Shares out a budget of work, in values visited, so that the same series gives the same answer on every machine. Each
 * candidate in order of preference gets as many fits in the past as there is work for, else half of them, else one; with not
 * even that it is left out. The first two always run.
 *
 * @param passes times that each is applied to newer values without a fit.
 */
export function shareWork(
  candidates: readonly CandidateModel[],
  { work, fits, passes }: { readonly work: number; readonly fits: number; readonly passes: number },
): { readonly chosen: readonly BudgetedCandidate[]; readonly leftOut: number } {
  let left = work;
  const chosen: BudgetedCandidate[] = [];
  for (const candidate of candidates) {
    const costOf = (pastFits: number) =>
      (pastFits + 1) * candidate.fitWork + passes * candidate.passWork;
    const tries = [fits, Math.ceil(fits / 2), 1];
    const pastFits = tries.find((count) => costOf(count) <= left) ?? (chosen.length < 2 ? 1 : 0);
    if (pastFits === 0) continue;
    left -= costOf(pastFits);
    chosen.push({ ...candidate, pastFits });
  }
  return { chosen, leftOut: candidates.length - chosen.length };
}
