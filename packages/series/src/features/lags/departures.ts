import type { Departure } from '../departure.ts';

export const lagsDepartures: readonly Departure[] = [
  {
    feature: /^pct_change_1$/,
    series: /^(loto6_N1|ties_500)$/,
    reason:
      'The recorded table leaves the whole column empty for these two series; pandas itself gives the values we give.',
  },
];
