import type { Departure } from '../departure.ts';

export const tsfreshDepartures: readonly Departure[] = [
  {
    feature: /^cwt_coefficients__coeff_0__/,
    series: /^constant/,
    reason:
      'The first coefficient of a constant series is exactly 0 in theory, the integral of the wavelet up to its middle. What remains is rounding, 1e-13 of the level, in the order in which the peer’s BLAS adds products (it changes with the processor and with n).',
  },
];
