/**
 * The download queue with ten thousand files: adding, listing, choosing what runs next, pausing, and running all of them to the
 * end with files that are there at once. `node --expose-gc bench/downloads-queue.ts [items]`
 *
 * Processor time, so that a busy machine does not change it; SQLite in a temporary folder, whose disk does. Of the memory most is
 * V8's room for young objects, which the product keeps small (`--max-semi-space-size=4`; without it 100 MiB more), and up to
 * 32 MiB the pages that SQLite keeps.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAudit } from '../packages/server/src/core/audit/audit.ts';
import { auditMigrations } from '../packages/server/src/core/audit/migrations.ts';
import { authMigrations } from '../packages/server/src/core/auth/migrations.ts';
import { createSecretBox } from '../packages/server/src/core/auth/secret-box.ts';
import { systemClock } from '../packages/server/src/core/clock.ts';
import { migrate } from '../packages/server/src/core/db/migrate.ts';
import { openDatabase } from '../packages/server/src/core/db/open-database.ts';
import { createId } from '../packages/server/src/core/ids.ts';
import { createLogger } from '../packages/server/src/core/log.ts';
import { systemAfter } from '../packages/server/src/core/timers.ts';
import { createMemoryMessages } from '../packages/server/src/core/ws/memory-messages.ts';
import { PROGRESS_TOPIC } from '../packages/server/src/workspaces/downloads/contract.ts';
import { createLibraryFolder } from '../packages/server/src/workspaces/downloads/library/folder.ts';
import { createPlacer } from '../packages/server/src/workspaces/downloads/library/placer.ts';
import { downloadsMigrations } from '../packages/server/src/workspaces/downloads/migrations/index.ts';
import { createLease } from '../packages/server/src/workspaces/downloads/queue/lease.ts';
import { pickItems } from '../packages/server/src/workspaces/downloads/queue/pick.ts';
import { createDownloadQueue } from '../packages/server/src/workspaces/downloads/queue/queue.ts';
import {
  createRunner,
  WAKE_TOPIC,
} from '../packages/server/src/workspaces/downloads/queue/runner.ts';
import { createSourceSet } from '../packages/server/src/workspaces/downloads/queue/source-set.ts';
import { createHttp } from '../packages/server/src/workspaces/downloads/sources/http/http.ts';
import { listItems } from '../packages/server/src/workspaces/downloads/store/items.ts';
import { queueTotals } from '../packages/server/src/workspaces/downloads/store/jobs.ts';
import {
  DEFAULT_SETTINGS,
  writeSettings,
} from '../packages/server/src/workspaces/downloads/store/settings.ts';
import { downloadsQuery } from '../packages/server/src/workspaces/downloads/store/tables.ts';
import { createFakeEngine } from '../packages/server/src/workspaces/downloads/testing/fake-engine.ts';

const ITEMS = Number(process.argv[2] ?? 10_000);
const JOBS = 100;
const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-queue-'));
const clock = systemClock;
const log = createLogger({ level: 'error' });
const db = await openDatabase({ url: `sqlite:${join(folder, 'queue.db')}`, poolSize: 1, log });
await migrate(db, { ...authMigrations, ...auditMigrations, ...downloadsMigrations });
const query = downloadsQuery(db);
const settings = { ...DEFAULT_SETTINGS, keepFreeBytes: 0, saveMetadata: false, maxFiles: 16 };
await writeSettings(query, settings);
const messages = createMemoryMessages({ clock, log });
const box = createSecretBox({ secret: 'a secret of the bench, long enough', dataFolder: '' });
const sources = createSourceSet([createHttp({ agent: 'bench' })]);
const core = { db, clock, log, messages, box, sources, audit: createAudit({ db, clock }) };
const wake = () => void messages.publish(WAKE_TOPIC, {});
const queue = createDownloadQueue({ ...core, wake });
const add = (name: string, n: number) =>
  queue.add(
    {
      name,
      strategy: 'parallel',
      parallelFiles: 16,
      priority: 0,
      files: 'primary',
      paused: false,
    },
    Array.from({ length: n }, (_, i) => ({
      kind: 'link' as const,
      url: `https://host.example/${name}/${i}.bin`,
    })),
    'bench',
  );

/** `held`: the longest stretch of the event loop, by the processor time of this thread, so that a busy machine does not lengthen it. */
async function measure(what: string, times: number, work: () => Promise<unknown>): Promise<void> {
  globalThis.gc?.();
  let longest = 0;
  let last = cpuMs();
  const beat = setInterval(() => {
    const now = cpuMs();
    longest = Math.max(longest, now - last);
    last = now;
  }, 2);
  const from = process.cpuUsage();
  const began = performance.now();
  for (let i = 0; i < times; i++) await work();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(beat);
  const { user, system } = process.cpuUsage(from);
  const ms = (user + system) / 1000 / times;
  const rss = Math.round(process.memoryUsage.rss() / 2 ** 20);
  console.log(
    `${what.padEnd(52)} ${ms.toFixed(ms < 10 ? 2 : 0).padStart(8)} ms CPU   loop held ≤ ${longest.toFixed(0).padStart(4)} ms   ${rss} MiB   ${seconds.toFixed(1)} s`,
  );
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

await measure(`add ${ITEMS} links in one request`, 1, () => add('one', ITEMS));
await measure(`add ${JOBS} jobs of ${ITEMS / JOBS} links`, 1, async () => {
  for (let n = 0; n < JOBS; n++) await add(`job-${n}`, ITEMS / JOBS);
});
await measure('first page of 50 files', 200, () => listItems(query, { limit: 51 }));
const deep = (await listItems(query, { limit: ITEMS })).at(-1)!;
await measure('a page of 50 files from the depth', 200, () =>
  listItems(query, { after: [deep.lane, deep.place, deep.id], limit: 51 }),
);
await measure('the queue at a glance', 200, () => queueTotals(query));
const limits = { settings, adaptiveFiles: 4 };
await measure('choose the next 16 of all', 200, () => pickItems(query, [], limits));
const [first] = await pickItems(query, [], limits);
const full = Array.from({ length: 16 }, () => ({ host: null, job: first!.job }));
const wider = { ...limits, settings: { ...settings, maxFiles: 32 } };
await measure('choose 16 behind a job that has all it may', 50, () =>
  pickItems(query, full, wider),
);
await measure('pause everything', 1, () => queue.actOnAll('pause', 'bench'));
await measure('go on with everything', 1, () => queue.actOnAll('resume', 'bench'));

const library = createLibraryFolder(join(folder, 'library'));
let published = 0;
messages.subscribe(PROGRESS_TOPIC, () => published++);
const runner = createRunner({
  ...core,
  after: systemAfter,
  random: Math.random,
  timeZone: async () => 'UTC',
  queue,
  createEngine: () => createFakeEngine({ serve: (url) => url, now: clock.now, remembers: false }),
  optimiser: () => ({
    setBounds() {},
    begin: () => ({ connections: 1, pieceBytes: 1 << 20, parallelFiles: 16 }),
    observe: () => ({ parallelFiles: 16, choices: new Map() }),
    end() {},
  }),
  folder: library,
  placer: createPlacer({ db, clock, folder: library }),
  scan: async () => ({ verdict: 'clean', reasons: [], imports: [] }),
  lease: createLease({ db, clock, log, owner: createId() }),
  freeBytes: async () => 1e15,
  note() {},
  onJobEnd: async () => {},
  onQuarantine: async () => {},
});
const total = 2 * ITEMS;
await measure(`run ${total} small files to the end, each`, 1, async () => {
  const began = performance.now();
  await runner.start();
  for (let done = 0, shown = 0; done < total; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (done - shown >= total / 4) {
      shown = done;
      globalThis.gc?.();
      const { heapUsed, heapTotal, external, rss } = process.memoryUsage();
      const [used, total, native, all] = [heapUsed, heapTotal, external, rss].map((bytes) =>
        Math.round(bytes / 2 ** 20),
      );
      console.log(
        `  after ${done}: heap ${used} of ${total} MiB, outside of it ${native} MiB, in all ${all} MiB`,
      );
    }
    done = (await queueTotals(query)).counts.COMPLETED;
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(`  ${Math.round(total / seconds)} files a second, ${published} messages`);
});
await runner.stop();
await db.stop();
rmSync(folder, { recursive: true, force: true });
