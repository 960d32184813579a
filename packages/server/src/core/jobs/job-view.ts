import type { Job } from './contract.ts';
import type { JobRecord } from './queue.ts';

/** A job as people see it: its payload and result stay on the server, where they may hold anything. */
export function toJob(record: JobRecord): Job {
  const { payload: _payload, result: _result, progress, error, ...job } = record;
  return { ...job, progress: { ...progress }, error: error && { ...error } };
}
