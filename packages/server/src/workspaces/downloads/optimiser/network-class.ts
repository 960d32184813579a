import type { NetworkClass } from '../contract.ts';

export interface NetworkFacts {
  readonly bytesPerSecond: number;
  /** Standard deviation over mean of the speed, second by second. */
  readonly variation: number;
  /** Of the requests, 0..1. */
  readonly failureRate: number;
  /** Seconds it was measured. */
  readonly seconds: number;
}

/** Below this nothing is said. */
export const MIN_SECONDS = 3;
const MB = 1_000_000;

/** Least speed of each class, best first. docs/reference/downloads-optimiser.md has the same table. */
export const CLASS_SPEEDS: readonly (readonly [NetworkClass, number])[] = [
  ['EXCELLENT', 25 * MB],
  ['GOOD', 5 * MB],
  ['FAIR', 1 * MB],
  ['POOR', 0],
];
/** More than this is UNSTABLE, whatever the speed. */
export const UNSTABLE = { variation: 0.6, failureRate: 0.15 } as const;
/** More than this takes one class off. */
export const UNSTEADY = { variation: 0.35, failureRate: 0.05 } as const;

/** Class of a line by its speed and how steady it is. */
export function networkClass(facts: NetworkFacts): NetworkClass {
  if (facts.seconds < MIN_SECONDS) return 'UNKNOWN';
  if (facts.variation > UNSTABLE.variation || facts.failureRate > UNSTABLE.failureRate) {
    return 'UNSTABLE';
  }
  const bySpeed = CLASS_SPEEDS.findIndex(([, least]) => facts.bytesPerSecond >= least);
  const unsteady = facts.variation > UNSTEADY.variation || facts.failureRate > UNSTEADY.failureRate;
  const place = Math.min(CLASS_SPEEDS.length - 1, bySpeed + (unsteady ? 1 : 0));
  return CLASS_SPEEDS[place]![0];
}
