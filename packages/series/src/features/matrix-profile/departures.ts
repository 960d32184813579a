import type { Departure } from '../departure.ts';

const TIES =
  'Whole numbers repeat, and windows are equally near: the earlier of the nearest is taken, in the peer the one that rounding puts first. The distance is the same.';

export const matrixProfileDepartures: readonly Departure[] = [
  { feature: /^(mpi|left_i|right_i)$/, series: /^ties_/, reason: TIES },
];

export const motifsDepartures: readonly Departure[] = [
  { feature: /_indices$/, series: /^ties_/, reason: TIES },
];
