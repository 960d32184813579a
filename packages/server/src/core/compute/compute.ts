import type { MessagePort } from 'node:worker_threads';

/** Numeric and bulk work off the event loop: a pool of worker threads. A thread that dies is replaced, its task fails. */
export interface Compute {
  /**
   * Runs an export of a module in a worker thread.
   *
   * @param module  `new URL('./forecast-task.ts', import.meta.url)`
   * @param payload structured-cloneable; what is listed in `transfer` is moved, not copied
   * @param options `name` of the export, default `run`; `signal` ends the task by ending its thread
   * @throws the AppError that the task threw, COMPUTE_TASK_FAILED with the words of any other error,
   *         COMPUTE_WORKER_DIED, or AbortError when `signal` aborts.
   */
  run<R>(
    module: URL,
    payload: unknown,
    options?: {
      name?: string;
      signal?: AbortSignal;
      transfer?: readonly (ArrayBuffer | MessagePort)[];
    },
  ): Promise<R>;
  stop(): Promise<void>;
}
