import { enableCompileCache } from 'node:module';
import { AppError } from '../errors.ts';
import type { TaskCall, TaskOutcome } from './task-call.ts';

// Threads do not have that of the process that started them: without it each compiles all of its sources anew.
enableCompileCache();

/**
 * What a pool thread runs: loads the task's module and calls it. An `AppError` goes back as data, because an error
 * keeps nothing but its message between threads, and code and `retryable` decide what happens next.
 */
export async function runTask({ module, name, payload }: TaskCall): Promise<TaskOutcome> {
  const exported = (await import(module)) as Record<string, (payload: unknown) => unknown>;
  try {
    return { result: await exported[name]!(payload) };
  } catch (error) {
    if (error instanceof AppError) return { failure: error.toData() };
    throw error;
  }
}
