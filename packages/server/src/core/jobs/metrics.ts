import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Logger } from '../log.ts';
import { hasEnded } from './changes.ts';
import type { Queue } from './queue.ts';

/** Counts jobs, their running time and the queue's depth for `GET /metrics`. Returns the function that stops. */
export function observeJobs(deps: { queue: Queue; registry: Registry; log: Logger }): () => void {
  const { queue, registry, log } = deps;
  const ended = new Counter({
    name: 'kizashi_jobs_ended_total',
    help: 'Jobs that ended in this process, by kind and state.',
    labelNames: ['name', 'state'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'kizashi_jobs_run_seconds',
    help: 'Time from the start of the last attempt to the end of the job.',
    labelNames: ['name', 'state'],
    buckets: [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 1800],
    registers: [registry],
  });
  new Gauge({
    name: 'kizashi_jobs',
    help: 'Jobs in the queue, by kind and state, over all processes.',
    labelNames: ['name', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      try {
        for (const { name, state, count } of await queue.counts()) this.set({ name, state }, count);
      } catch (error) {
        // The other metrics are wanted most while the store is away.
        log.warn({ err: error }, 'jobs.metrics.unavailable');
      }
    },
  });
  return queue.onChange((job) => {
    if (!hasEnded(job)) return;
    const { name, state, startedAt, finishedAt } = job;
    ended.inc({ name, state });
    if (startedAt === null || finishedAt === null) return;
    // The clock may have been set back meanwhile.
    duration.observe({ name, state }, Math.max(0, finishedAt - startedAt) / 1000);
  });
}
