import { describeDatabases, silentLog } from '../../../testing/databases.ts';
import { createPacedTime } from '../../../testing/paced-time.ts';
import { createRandom } from '../../../testing/random.ts';
import { migrate } from '../../db/migrate.ts';
import type { After } from '../../timers.ts';
import { CRASHES, describeQueue, type QueueWorld } from '../queue.conformance.ts';
import { createEmbeddedQueue } from './embedded-queue.ts';
import { jobsMigrations } from './migrations.ts';

describeDatabases('the embedded queue', ({ create, connect }) => {
  describeQueue('is a queue', async (): Promise<QueueWorld> => {
    const url = await create();
    await migrate(await connect(url), jobsMigrations);
    const time = createPacedTime();
    const random = createRandom(1);
    const living: { stop(): Promise<void> }[] = [];

    return {
      now: () => time.clock.now(),
      async open() {
        const db = await connect(url);
        let alive = true;
        const after: After = (ms, task) => time.after(ms, () => alive && task());
        const queue = createEmbeddedQueue({
          db: time.watch(db),
          log: silentLog,
          clock: time.clock,
          after,
          random,
          maxCrashes: CRASHES,
        });
        const life = {
          async stop() {
            if (alive) await queue.stop(0);
          },
        };
        living.push(life);
        return {
          queue,
          async kill() {
            alive = false;
            await db.stop();
          },
        };
      },
      until: (promise) => time.settled(promise),
      async close() {
        for (const life of living) await life.stop();
      },
    };
  });
});
