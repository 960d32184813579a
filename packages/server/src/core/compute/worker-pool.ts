import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { AppError } from '../errors.ts';
import type { Compute } from './compute.ts';
import { computeErrors } from './errors.ts';
import type { TaskCall, TaskOutcome } from './task-call.ts';

/**
 * @param options.threads most threads at once; default one per processor. Idle ones end after a minute.
 */
export function createCompute(options: { threads?: number | undefined } = {}): Compute {
  const pool = new Piscina({
    filename: new URL('./task-runner.ts', import.meta.url).href,
    name: 'runTask',
    minThreads: 0,
    maxThreads: options.threads ?? availableParallelism(),
    idleTimeout: 60_000,
    // New objects of numeric work die young: more room for them saves no time and stays taken (features of 48,000 points
    // on two threads: 558 MB with 24, 427 MB with 8, 62 s of processor time either way). Where the rest ends is what
    // garbage is collected by; a task that needs more dies alone.
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 },
    recordTiming: false,
  });
  return {
    async run<R>(...[module, payload, run = {}]: Parameters<Compute['run']>): Promise<R> {
      const call: TaskCall = { module: module.href, name: run.name ?? 'run', payload };
      let outcome: TaskOutcome;
      try {
        outcome = await pool.run(call, {
          signal: run.signal ?? null,
          transferList: [...(run.transfer ?? [])],
        });
      } catch (cause) {
        if (run.signal?.aborted) throw run.signal.reason;
        const reason = cause instanceof Error ? cause.message : String(cause);
        const died =
          reason.startsWith('worker exited') ||
          String((cause as { code?: unknown }).code).startsWith('ERR_WORKER');
        const error = died ? computeErrors.COMPUTE_WORKER_DIED : computeErrors.COMPUTE_TASK_FAILED;
        throw error({ reason }, { cause });
      }
      if ('failure' in outcome) throw AppError.fromData(outcome.failure);
      return outcome.result as R;
    },
    stop: () => pool.destroy(),
  };
}
