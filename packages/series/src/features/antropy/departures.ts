import type { Departure } from '../departure.ts';

export const antropyDepartures: readonly Departure[] = [
  {
    feature: /^svd_entropy/,
    series: /^constant/,
    reason:
      'A constant series has one singular value and so an entropy of exactly 0; the peer gives what rounding leaves of the others (1e-14).',
  },
];
