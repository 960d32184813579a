import type { Redis } from 'ioredis';
import { silentLog } from '../../../testing/databases.ts';
import { createRandom } from '../../../testing/random.ts';
import { describeRedis } from '../../../testing/redis.ts';
import { openRedis } from '../../redis/connection.ts';
import { systemAfter } from '../../timers.ts';
import { CRASHES, describeQueue, type QueueWorld } from '../queue.conformance.ts';
import { createRedisQueue } from './redis-queue.ts';

describeRedis('the queue on Redis', ({ url, prefix }) => {
  describeQueue('is a queue', async (): Promise<QueueWorld> => {
    const under = prefix();
    const random = createRandom(1);
    const living = new Set<() => Promise<void>>();

    return {
      now: () => Date.now(),
      async open() {
        const connections: Redis[] = [];
        let alive = true;
        const queue = createRedisQueue({
          url,
          prefix: under,
          log: silentLog,
          random,
          leaseMs: 400,
          tickMs: 100,
          maxCrashes: CRASHES,
          after: (ms, task) => systemAfter(ms, () => alive && task()),
          connect(options) {
            const connection = openRedis(options);
            const duplicate = connection.duplicate.bind(connection);
            connection.duplicate = (...given) => {
              const copy = duplicate(...given);
              connections.push(copy);
              return copy;
            };
            connections.push(connection);
            return connection;
          },
        });
        const stop = () => queue.stop(0);
        living.add(stop);
        return {
          queue,
          async kill() {
            alive = false;
            living.delete(stop);
            for (const connection of connections) connection.disconnect();
          },
        };
      },
      until: (promise) => promise,
      async close() {
        for (const stop of living) await stop();
      },
    };
  });
});
