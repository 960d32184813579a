import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import { createAudit } from '../../../core/audit/audit.ts';
import { auditMigrations } from '../../../core/audit/migrations.ts';
import { authMigrations } from '../../../core/auth/migrations.ts';
import { createSecretBox } from '../../../core/auth/secret-box.ts';
import type { Database } from '../../../core/db/database.ts';
import { migrate } from '../../../core/db/migrate.ts';
import { createId } from '../../../core/ids.ts';
import { createMemoryMessages } from '../../../core/ws/memory-messages.ts';
import { silentLog, type TestDatabases } from '../../../testing/databases.ts';
import { createPacedTime } from '../../../testing/paced-time.ts';
import { createRandom } from '../../../testing/random.ts';
import type { EventNote } from '../analytics/event-log.ts';
import {
  type DownloadSettings,
  type JobBody,
  jobBody,
  PROGRESS_TOPIC,
  type ProgressMessage,
} from '../contract.ts';
import { itemRoutes } from '../item-routes.ts';
import { jobRoutes } from '../job-routes.ts';
import { createLibraryFolder } from '../library/folder.ts';
import { createLibrary } from '../library/library.ts';
import { createPlacer } from '../library/placer.ts';
import type { ScanFile } from '../library/scan-file.ts';
import { libraryRoutes } from '../library-routes.ts';
import { manifestRoutes } from '../manifest-routes.ts';
import { downloadsMigrations } from '../migrations/index.ts';
import { createLease } from '../queue/lease.ts';
import { createLive } from '../queue/live.ts';
import { createDownloadQueue } from '../queue/queue.ts';
import { createRunner, WAKE_TOPIC } from '../queue/runner.ts';
import { createSourceSet } from '../queue/source-set.ts';
import { stateOf } from '../queue/states.ts';
import { settingsRoutes } from '../settings-routes.ts';
import { createHttp } from '../sources/http/http.ts';
import type { Source } from '../sources/source.ts';
import { DEFAULT_SETTINGS, writeSettings } from '../store/settings.ts';
import { downloadsQuery, type ItemRow, type JobRow } from '../store/tables.ts';
import { createTokens } from '../tokens.ts';
import type { TransferEngine } from '../transfer/transfer.ts';
import { createFakeEngine } from './fake-engine.ts';

export interface WorldOptions {
  readonly folder: string;
  /** Sources besides plain addresses. */
  readonly sources?: readonly Source[];
  /** Content by address: those files are there at once. */
  readonly serve?: (url: string) => string | undefined;
  readonly scan?: ScanFile;
  readonly hash?: (path: string) => Promise<string>;
  readonly settings?: Partial<DownloadSettings>;
  /** Another process on the database and folder of a world. */
  readonly beside?: { readonly db: Database; readonly databaseUrl: string };
  readonly pid?: number;
  /** Fetches instead of the played one. */
  readonly createEngine?: () => TransferEngine;
  /** Called between any two steps of placing a file. */
  readonly step?: (name: string) => void | Promise<void>;
}

/** The slice on one test database and in one folder, in time that the test moves; only the fetching is played. */
export async function openDownloadsWorld(
  databases: Pick<TestDatabases, 'create' | 'connect'>,
  options: WorldOptions,
) {
  const databaseUrl = options.beside?.databaseUrl ?? (await databases.create());
  const time = createPacedTime();
  const db = time.watch(await databases.connect(databaseUrl));
  await migrate(db, { ...authMigrations, ...auditMigrations, ...downloadsMigrations });
  const { clock, after } = time;
  const log = silentLog;
  const audit = createAudit({ db, clock });
  const box = createSecretBox({ secret: 'a secret of the tests, long enough', dataFolder: '' });
  const messages = createMemoryMessages({ clock, log });
  const root = join(options.folder, 'library');
  const folder = createLibraryFolder(root);
  const tokens = createTokens({ db, clock, box, configured: {} });
  const live = createLive({ messages, clock });
  const sources = createSourceSet([...(options.sources ?? []), createHttp({ agent: 'test' })]);
  const wake = (what = {}) => void messages.publish(WAKE_TOPIC, what);
  const core = { db, clock, audit, box, messages, log };
  const queue = createDownloadQueue({ ...core, sources, wake });
  const scan: ScanFile =
    options.scan ?? (async () => ({ verdict: 'clean', reasons: [], imports: [] }));
  const library = createLibrary({
    ...core,
    folder,
    scan,
    hash: options.hash ?? (async () => ''),
    isHarmful: async (verdict) => verdict === 'dangerous',
    onRelease: () => {},
  });
  const engine = createFakeEngine({
    now: clock.now,
    ...(options.serve ? { serve: options.serve } : {}),
  });
  const disk = { free: 1e12 as number | null };
  const notes: EventNote[] = [];
  const told: string[] = [];
  const optimiser = {
    files: 4,
    setBounds() {},
    begin: () => ({ connections: 4, pieceBytes: 1 << 20, parallelFiles: optimiser.files }),
    observe: () => ({ parallelFiles: optimiser.files, choices: new Map() }),
    end() {},
  };
  const step = options.step;
  const runner = createRunner({
    ...core,
    after,
    random: createRandom(7),
    timeZone: async () => 'Asia/Tokyo',
    queue,
    sources,
    createEngine: options.createEngine ?? (() => engine),
    optimiser: () => optimiser,
    folder,
    placer: createPlacer({ db, clock, folder, ...(step ? { step } : {}) }),
    scan,
    lease: createLease({
      db,
      clock,
      log,
      owner: createId(),
      machine: 'test',
      pid: options.pid ?? 1,
      isAlive: () => true,
    }),
    freeBytes: async () => disk.free,
    note: (event) => void notes.push(event),
    onJobEnd: async (job) => void told.push(`${job.state} ${job.name}`),
    onQuarantine: async ({ file }) => void told.push(`quarantined ${file.path}`),
  });
  const routes: FastifyPluginAsync = async (app) => {
    await app.register(manifestRoutes({ queue }));
    await app.register(jobRoutes({ db, queue, live }));
    await app.register(itemRoutes({ db, clock, queue, live, folder: root }));
    await app.register(libraryRoutes({ db, library, folder }));
    await app.register(
      settingsRoutes({ ...core, tokens, wake, antivirus: async () => 'off', sources: [] }),
    );
  };
  const query = downloadsQuery(db);
  const progress: ProgressMessage[] = [];
  messages.subscribe(PROGRESS_TOPIC, ({ body }) => void progress.push(body as ProgressMessage));
  const settingsOf = (set: Partial<DownloadSettings>) => ({ ...DEFAULT_SETTINGS, ...set });
  await writeSettings(query, settingsOf(options.settings ?? {}));

  const world = {
    ...core,
    databaseUrl,
    time,
    query,
    root,
    folder,
    tokens,
    queue,
    library,
    engine,
    runner,
    optimiser,
    disk,
    notes,
    told,
    progress,
    routes,
    /** Queues plain addresses. */
    async add(urls: readonly string[], body: Partial<JobBody> = {}): Promise<JobRow> {
      const { inputs, ...job } = jobBody.parse({
        ...body,
        inputs: urls.map((url) => ({ kind: 'link', url })),
      });
      return queue.add(job, inputs, 'ann@example.org');
    },
    async change(set: Partial<DownloadSettings>): Promise<void> {
      await writeSettings(query, settingsOf({ ...options.settings, ...set }));
      wake();
    },
    items: (jobId: string): Promise<ItemRow[]> =>
      query
        .selectFrom('downloads_items')
        .selectAll()
        .where('job_id', '=', jobId)
        .orderBy('id')
        .execute(),
    async states(jobId: string): Promise<string[]> {
      return (await world.items(jobId)).map((row) => stateOf(row.lane));
    },
    /** Lets time pass until the job is in one of these states. */
    async reached(jobId: string, ...states: JobRow['state'][]): Promise<JobRow> {
      await time.until(async () => states.includes((await queue.requireJob(jobId)).state));
      return queue.requireJob(jobId);
    },
    async close(): Promise<void> {
      await runner.stop();
      live.stop();
    },
  };
  return world;
}

export type DownloadsWorld = Awaited<ReturnType<typeof openDownloadsWorld>>;
