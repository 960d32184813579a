import type { ArimaDesign } from './design.ts';
import { estimateArima } from './estimate.ts';
import type { ArimaOrder } from './order.ts';
import { isAdmissible } from './roots.ts';
import type { Candidate } from './stepwise.ts';

const FINALISTS = 3;
/** Models with an AICc this much above the best have a twentieth of its weight, and are left out. */
const NEARLY_AS_GOOD = 6;
const MOST_MEMBERS = 10;

export interface FinalOptions {
  readonly average: boolean;
  /** Whether the search did not see the likelihood itself. */
  readonly rough: boolean;
  readonly work: number;
  final(order: ArimaOrder): ArimaDesign;
}

/** The candidates that are used, the best first, estimated to the end where they need it. */
export function finalists(
  candidates: readonly Candidate[],
  { average, rough, work, final }: FinalOptions,
): Candidate[] {
  const least = candidates[0]?.estimate.aicc ?? 0;
  const near = candidates
    .filter(({ estimate }) => estimate.aicc - least < NEARLY_AS_GOOD)
    .slice(0, rough ? FINALISTS : average ? MOST_MEMBERS : 1);
  const estimated = near.flatMap(({ order, estimate }, i) => {
    // A member beside the best is as good as the search left it.
    if (i > 0 && !rough) return [{ order, estimate }];
    const start = estimate.coefficients;
    const design = final(order);
    // The search counted filled values as well.
    if (design.used < start.length + design.names.length + 3) return [];
    const next = design.exact ? null : estimateArima(design, { start, work: work / FINALISTS });
    return next === null ? [] : [{ order, estimate: next }];
  });
  const admissible = estimated.filter(({ order, estimate }) =>
    isAdmissible(estimate.coefficients, order),
  );
  const good = (admissible.length > 0 ? admissible : estimated)
    .filter(({ estimate }) => estimate.aicc < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.estimate.aicc - b.estimate.aicc);
  if (!average) return good.slice(0, 1);
  return good.filter(({ estimate }) => estimate.aicc - good[0]!.estimate.aicc < NEARLY_AS_GOOD);
}
