/** The current time as UTC epoch milliseconds. Passed in everywhere, so tests can move it. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
