import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { silentLog } from '../../testing/databases.ts';
import { observeJobs } from './metrics.ts';
import type { JobRecord, Queue } from './queue.ts';

it('counts ended jobs, their time and the depth of the queue, and answers while the store is away', async () => {
  const registry = new Registry();
  let away = false;
  let tell = (_job: JobRecord) => {};
  const queue: Partial<Queue> = {
    async counts() {
      if (away) throw new Error('away');
      return [{ name: 'a', state: 'waiting', count: 12 }];
    },
    onChange(listener) {
      tell = listener;
      return () => {};
    },
  };
  observeJobs({ queue: queue as Queue, registry, log: silentLog });
  const base = { name: 'a', startedAt: 1_000, finishedAt: 3_000 } as JobRecord;
  tell({ ...base, state: 'running' });
  tell({ ...base, state: 'done' });
  tell({ ...base, state: 'done', finishedAt: 500 });
  const text = await registry.metrics();
  expect(text).toContain('kizashi_jobs{name="a",state="waiting"} 12');
  expect(text).toContain('kizashi_jobs_ended_total{name="a",state="done"} 2');
  expect(text).toContain('kizashi_jobs_run_seconds_sum{name="a",state="done"} 2');
  away = true;
  expect(await registry.metrics()).toContain('kizashi_jobs_ended_total');
});
