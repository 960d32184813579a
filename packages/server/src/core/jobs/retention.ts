const DAY_MS = 86_400_000;

/** How long ended jobs are kept, in milliseconds. */
export interface Retention {
  /** Done and cancelled ones. */
  readonly endedMs: number;
  /** Failed ones, which somebody may still want to try again. */
  readonly failedMs: number;
}

export const defaultRetention: Retention = { endedMs: 7 * DAY_MS, failedMs: 90 * DAY_MS };
