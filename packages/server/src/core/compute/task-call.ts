import type { AppErrorData } from '../errors.ts';

/** What a pool thread is told. */
export interface TaskCall {
  readonly module: string;
  readonly name: string;
  readonly payload: unknown;
}

/** What it answers. */
export type TaskOutcome = { readonly result: unknown } | { readonly failure: AppErrorData };
