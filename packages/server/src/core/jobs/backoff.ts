/**
 * Milliseconds to wait before trying again: `baseMs` after the first failure, doubling with each further one up to
 * `capMs`, each time within ±25 % so that many that failed together do not come back together.
 *
 * @param failures how often it has failed so far, ≥ 1
 * @param random   numbers in [0, 1)
 */
export function backoffDelay(
  baseMs: number,
  failures: number,
  capMs: number,
  random: () => number,
): number {
  const delay = Math.min(baseMs * 2 ** (failures - 1), capMs);
  return Math.round(delay * (0.75 + 0.5 * random()));
}

/** No job waits longer than an hour for its next attempt. */
export const RETRY_CAP_MS = 3_600_000;
/** How a queue waits for a store that is away. */
export const STORE_RETRY = { baseMs: 250, capMs: 10_000 } as const;
