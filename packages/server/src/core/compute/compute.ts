/** Numeric work off the event loop: a pool of worker threads. A thread that dies is replaced, its task fails. */
export interface Compute {
  /**
   * Runs the export `name` (default `run`) of a module in a worker thread.
   *
   * @param module  `new URL('./forecast-task.ts', import.meta.url)`
   * @param payload structured-cloneable; buffers listed in `transfer` are moved, not copied
   * @throws what the task throws; COMPUTE_WORKER_DIED; AbortError when `signal` aborts (the thread is replaced)
   */
  run<R>(
    module: URL,
    payload: unknown,
    options?: { name?: string; signal?: AbortSignal; transfer?: readonly ArrayBuffer[] },
  ): Promise<R>;
  stop(): Promise<void>;
}
