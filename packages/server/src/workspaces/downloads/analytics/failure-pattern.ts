import type { FailureFigures, Numbers } from './outcomes.ts';

export type FailurePattern = 'one-host' | 'one-hour' | 'large-files' | 'spread';

/** Fewer failures than this gather nowhere. */
const LEAST = 5;
const ONE_HOST = 0.8;
const ONE_HOUR = 0.6;
const LARGER = 4;

/**
 * Where failures of one kind gather.
 *
 * @param hosts how many hosts anything came from: with a single one, "one host" says nothing
 * @param completedSizes of the files that did arrive
 */
export function failurePattern(
  failure: FailureFigures,
  hosts: number,
  completedSizes: Numbers,
): FailurePattern {
  if (failure.count < LEAST) return 'spread';
  if (hosts > 1 && Math.max(0, ...failure.hosts.values()) >= ONE_HOST * failure.count) {
    return 'one-host';
  }
  const completed = completedSizes.quantile(0.5);
  const failed = failure.sizes.quantile(0.5);
  if (completed !== null && failed !== null && failed >= LARGER * completed) return 'large-files';
  return Math.max(...failure.hours) >= ONE_HOUR * failure.count ? 'one-hour' : 'spread';
}
