import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { JobDefinition, Queue } from '../jobs/queue.ts';
import type { Prune } from './prune.ts';

const PRUNE_JOB = 'core.prune';
const PRUNE_EVERY_MS = 6 * 3_600_000;
/** Small enough that SQLite, which works on the main thread, holds nobody up. */
const AT_ONCE = 500;

/** Removes what is older than the settings say, a few hundred at a time. What it removed is the task's result. */
export function createPruning(deps: {
  readonly queue: Pick<Queue, 'schedule'>;
  readonly clock: Clock;
  readonly prunes: readonly Prune[];
}) {
  const { queue, clock, prunes } = deps;

  async function removeAll(prune: Prune, signal: AbortSignal): Promise<number> {
    let total = 0;
    for (;;) {
      signal.throwIfAborted();
      const removed = await prune.remove(clock.now(), AT_ONCE);
      total += removed;
      // Fewer than asked for, or none because others change them meanwhile: the rest is for the next time.
      if (removed < AT_ONCE) return total;
      await turn();
    }
  }

  const job: JobDefinition<Record<string, never>> = {
    name: PRUNE_JOB,
    payload: z.object({}) as z.ZodType<Record<string, never>>,
    timeoutMs: 3_600_000,
    maxAttempts: 3,
    backoffMs: 60_000,
    concurrency: 1,
    async handler(_payload, { signal, progress }) {
      const removed: Record<string, number> = {};
      for (const [i, prune] of prunes.entries()) {
        const count = await removeAll(prune, signal);
        if (count > 0) removed[prune.name] = count;
        progress((i + 1) / prunes.length);
      }
      return removed;
    },
  };

  return { job, start: () => queue.schedule(PRUNE_JOB, PRUNE_JOB, {}, PRUNE_EVERY_MS) };
}
