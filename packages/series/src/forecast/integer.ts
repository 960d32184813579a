import type { Forecast } from './types.ts';

/**
 * Interval ends rounded outwards to whole numbers, so that no count that was inside falls out. The mean stays as it is: the
 * expected value of a count is seldom one, and rounding would lose the sum over many steps.
 */
export function roundOutwards({ mean, intervals }: Forecast): Forecast {
  return {
    mean,
    intervals: intervals.map(({ level, lower, upper }) => ({
      level,
      lower: lower.map((value) => Math.floor(value)),
      upper: upper.map((value) => Math.ceil(value)),
    })),
  };
}
