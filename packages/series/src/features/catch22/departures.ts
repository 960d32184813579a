import type { Departure } from '../departure.ts';

export const catch22Departures: readonly Departure[] = [
  {
    feature: /^(?!DN_Mean|DN_Spread_Std)/,
    series: /^constant/,
    reason:
      'A constant series has no z-scores and none of the features but those that say so. Where its mean is not exact (0.1, say), the peer computes features of the rounding; a level of 7 agrees.',
  },
];
