/**
 * The due time after `dueAt` once it has been served at `now`: the first multiple of the period after now,
 * so that a program that was off for a day catches up with one job and not with a day's worth.
 */
export function nextDue(dueAt: number, everyMs: number, now: number): number {
  return dueAt + everyMs * Math.max(1, Math.floor((now - dueAt) / everyMs) + 1);
}

/** No due time lies more than one period ahead, unless the clock was set back; then counting starts again from now. */
export function isStranded(dueAt: number, everyMs: number, now: number): boolean {
  return dueAt - now > everyMs;
}
