import { expect, it } from 'vitest';
import { z } from 'zod';
import { type CuttableProxy, openCuttableProxy } from '../../../testing/cuttable-proxy.ts';
import { silentLog } from '../../../testing/databases.ts';
import { describeRedis } from '../../../testing/redis.ts';
import type { Queue } from '../queue.ts';
import { createRedisQueue } from './redis-queue.ts';

describeRedis('the queue on Redis while Redis is away', ({ url, prefix }) => {
  async function open(): Promise<{ queue: Queue; proxy: CuttableProxy; close(): Promise<void> }> {
    const proxy = await openCuttableProxy(url);
    const queue = createRedisQueue({
      url: proxy.url,
      prefix: prefix(),
      log: silentLog,
      // Longer than the outage: otherwise the job would rightly be taken over.
      leaseMs: 60_000,
    });
    return {
      queue,
      proxy,
      async close() {
        proxy.mend();
        await queue.stop(0);
        await proxy.close();
      },
    };
  }

  it('accepts nothing it cannot keep, says so soon, and finishes afterwards what it ran', async () => {
    const { queue, proxy, close } = await open();
    const gate = Promise.withResolvers<string>();
    const begun = Promise.withResolvers<void>();
    let runs = 0;
    queue.register({
      name: 'test.work',
      payload: z.number(),
      timeoutMs: 60_000,
      maxAttempts: 3,
      backoffMs: 10,
      concurrency: 1,
      async handler() {
        runs += 1;
        begun.resolve();
        return gate.promise;
      },
    });
    await queue.start();
    const first = await queue.enqueue('test.work', 1);
    const second = await queue.enqueue('test.work', 2);
    await begun.promise;
    proxy.cut();
    await expect(queue.enqueue('test.work', 3)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(queue.get(first)).rejects.toMatchObject({ retryable: true });
    gate.resolve('kept');
    proxy.mend();
    expect(await queue.finished(first)).toMatchObject({ state: 'done', result: 'kept' });
    expect(await queue.finished(second)).toMatchObject({ state: 'done' });
    expect(runs).toBe(2);
    expect(await queue.list({ limit: 10 })).toHaveLength(2);
    await close();
  });
});
