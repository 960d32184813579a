import type { Departure } from '../departure.ts';

export const tsfelDepartures: readonly Departure[] = [
  {
    feature: /^temporal\|Slope$/,
    series: /^constant/,
    reason:
      'The slope of a constant series is exactly 0 here; the peer gives what rounding leaves of 0 (5.6e-18 for a level of 7).',
  },
  {
    feature:
      /^spectral\|(Spectral (centroid|decrease|kurtosis|skewness|spread|positive turning points)|Human range energy|Power bandwidth|Max power spectrum)$/,
    series: /^constant/,
    reason:
      'A constant series has a spectrum of one line at frequency 0. For levels and lengths that do not divide exactly the peer sees rounding beside it and computes shapes of that noise, up to 1e17; a level of 7 agrees.',
  },
];
