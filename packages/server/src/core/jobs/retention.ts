import type { Config } from '../config/config.ts';

const DAY_MS = 86_400_000;

/** How long ended jobs are kept, in milliseconds. */
export interface Retention {
  /** Done and cancelled ones. */
  readonly endedMs: number;
  /** Failed ones, which somebody may still want to try again. */
  readonly failedMs: number;
}

/** As the settings say. */
export function jobRetention(
  config: Pick<Config, 'retentionTaskDays' | 'retentionFailedTaskDays'>,
): Retention {
  return {
    endedMs: config.retentionTaskDays * DAY_MS,
    failedMs: config.retentionFailedTaskDays * DAY_MS,
  };
}

export const defaultRetention: Retention = { endedMs: 30 * DAY_MS, failedMs: 90 * DAY_MS };
