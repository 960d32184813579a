import type { Departure } from '../departure.ts';

export const tsfeaturesDepartures: readonly Departure[] = [
  {
    feature: /^count_entropy$/,
    series: 'all',
    reason:
      "Computed from the values. The recorded results are all −0: the peer's `intervals` overwrites positive values with 1 in the caller's array, and `count_entropy` ran after it.",
  },
  {
    feature: /^(alpha|beta)$/,
    series: /^(sunspots|elecdaily)$/,
    reason:
      "The smallest sum of squares is searched to the end. The peer's optimiser stops early on values that are not standardised (sunspots: α 0.522, standardised 0.529 as here).",
  },
  {
    feature: /^(scaled\.)?(alpha|beta)$/,
    series: /^constant/,
    reason:
      'Not defined: every smoothing fits a constant series. The peer returns where its search began (0.9 or 0.005).',
  },
];
