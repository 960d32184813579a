import type { Forecast } from './types.ts';

/** Sets everything below zero to zero, intervals included; counts the steps of the mean that were. */
export function clampAtZero({ mean, intervals }: Forecast): {
  readonly forecast: Forecast;
  readonly clamped: number;
} {
  const clamp = (value: number) => Math.max(0, value);
  return {
    forecast: {
      mean: mean.map(clamp),
      intervals: intervals.map(({ level, lower, upper }) => ({
        level,
        lower: lower.map(clamp),
        upper: upper.map(clamp),
      })),
    },
    clamped: mean.filter((value) => value < 0).length,
  };
}
