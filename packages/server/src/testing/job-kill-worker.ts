/**
 * The program that test/e2e/jobs-kill.e2e.ts kills. Accepts and runs jobs, and says so line by line:
 * `accepted <n> <id>` once the queue has taken job n, `ran <n>` once its effect is written.
 *
 *   node job-kill-worker.ts <database address> <first n> [drain]
 */
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { columns } from '../core/db/columns.ts';
import { type Migrations, migrate } from '../core/db/migrate.ts';
import { openDatabase } from '../core/db/open-database.ts';
import { insertIgnore } from '../core/db/write.ts';
import { createEmbeddedQueue } from '../core/jobs/embedded/embedded-queue.ts';
import { jobsMigrations } from '../core/jobs/embedded/migrations.ts';
import { createLogger } from '../core/log.ts';

const effects: Migrations = {
  'test-kill/0001-effects': {
    async up(db) {
      await db.schema
        .createTable('test_effects')
        .addColumn('n', columns.integer, (column) => column.primaryKey())
        .addColumn('job_id', columns.id, (column) => column.notNull())
        .execute();
    },
  },
};

const [url = '', first = '0', mode] = process.argv.slice(2);
const log = createLogger({ level: 'silent' });
const db = await openDatabase({ url, poolSize: 5, log });
await migrate(db, { ...jobsMigrations, ...effects });

const queue = createEmbeddedQueue({ db, log, tickMs: 40 });
queue.register({
  name: 'test.effect',
  payload: z.object({ n: z.int() }),
  timeoutMs: 60_000,
  maxAttempts: 40,
  backoffMs: 10,
  concurrency: 4,
  async handler({ n }, { id, progress }) {
    for (let step = 0; step < n % 7; step++) {
      progress(step / 7);
      await setImmediate();
    }
    // Written twice, it is still there once: what the queue asks of every handler.
    await insertIgnore(db.query as never, { table: 'test_effects', rows: [{ n, job_id: id }] });
    process.stdout.write(`ran ${n}\n`);
  },
});
await queue.start();

if (mode === 'drain') {
  const states = async () => (await queue.counts()).map(({ state }) => state);
  while ((await states()).some((state) => state === 'waiting' || state === 'running')) {
    await setImmediate();
  }
  await queue.stop();
  await db.stop();
} else {
  for (let n = Number(first); ; n++) {
    const id = await queue.enqueue('test.effect', { n }, { key: `effect-${n}`, priority: n % 3 });
    process.stdout.write(`accepted ${n} ${id}\n`);
    // Not faster than the jobs run, so that kills meet all of it: accepting, claiming, running, ending.
    if (n % 4 === 0) await queue.finished(id);
  }
}
