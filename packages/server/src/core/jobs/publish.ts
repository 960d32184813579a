import type { Logger } from '../log.ts';
import type { Messages } from '../ws/messages.ts';
import { toJob } from './job-view.ts';
import { tasksTopic } from './permissions.ts';
import type { Queue } from './queue.ts';

/** Publishes every change of a job on the topic `tasks`. Returns the function that stops. */
export function publishJobs(deps: { queue: Queue; messages: Messages; log: Logger }): () => void {
  const { queue, messages, log } = deps;
  return queue.onChange((job) => {
    messages.publish(tasksTopic.name, toJob(job)).catch((error: unknown) => {
      // The page shows the change when it is next loaded.
      log.warn({ err: error, jobId: job.id }, 'jobs.publish.failed');
    });
  });
}
