import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createAudit } from '../../../core/audit/audit.ts';
import { auditMigrations } from '../../../core/audit/migrations.ts';
import { authMigrations } from '../../../core/auth/migrations.ts';
import { systemClock } from '../../../core/clock.ts';
import { createCompute } from '../../../core/compute/worker-pool.ts';
import { migrate } from '../../../core/db/migrate.ts';
import { createEmbeddedQueue } from '../../../core/jobs/embedded/embedded-queue.ts';
import { jobsMigrations } from '../../../core/jobs/embedded/migrations.ts';
import type { Queue } from '../../../core/jobs/queue.ts';
import { type SeriesLayout, seriesLayoutSchema } from '../../../core/series-source/contract.ts';
import { createMemoryMessages } from '../../../core/ws/memory-messages.ts';
import { silentLog, type TestDatabases } from '../../../testing/databases.ts';
import {
  type FeaturesImport,
  type FeaturesRun,
  type FeatureTable,
  type RunBody,
  runBody,
} from '../contract.ts';
import type { GpuChoice } from '../gpu/open-gpu.ts';
import { createImports, IMPORTS_TOPIC } from '../import/imports.ts';
import { featuresMigrations } from '../migrations/index.ts';
import { createRuns, RUNS_TOPIC } from '../run/runs.ts';
import { featuresQuery, type ImportRow, type RunRow } from '../store/tables.ts';
import { type AnyValuesRow, readValues } from '../store/values.ts';

const WEEK_MS = 7 * 86_400_000;
const ACTOR = 'ann@example.org';

export interface WorldOptions {
  readonly tables?: readonly string[];
  readonly cacheDays?: number;
  readonly mostValues?: number;
  readonly threads?: number;
  readonly gpu?: GpuChoice;
  /** Instead of the embedded queue. */
  readonly queue?: Queue;
  /** An existing database, of another machine of the same product. */
  readonly databaseUrl?: string;
}

/** Everything the slice runs on, for real, on one test database and in one temporary folder. */
export async function openFeaturesWorld(
  databases: Pick<TestDatabases, 'create' | 'connect'>,
  options: WorldOptions = {},
) {
  const databaseUrl = options.databaseUrl ?? (await databases.create());
  const db = await databases.connect(databaseUrl);
  await migrate(db, {
    ...authMigrations,
    ...auditMigrations,
    ...jobsMigrations,
    ...featuresMigrations,
  });
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-features-'));
  const clock = systemClock;
  const log = silentLog;
  const messages = createMemoryMessages({ clock, log });
  const queue = options.queue ?? createEmbeddedQueue({ db, clock, log });
  const compute = createCompute({ threads: 2 });
  const audit = createAudit({ db, clock });
  const core = { db, databaseUrl, queue, messages, compute, audit, clock, log };
  const imports = createImports({
    ...core,
    folder: join(folder, 'uploads'),
    limitMb: 64,
    keptMs: WEEK_MS,
    tables: options.tables ?? [],
  });
  const gpu: GpuChoice = options.gpu ?? { mode: 'off', module: 'webgpu' };
  const runs = createRuns({
    ...core,
    cacheDays: options.cacheDays ?? 30,
    threads: options.threads ?? 2,
    gpu,
    ...(options.mostValues === undefined ? {} : { mostValues: options.mostValues }),
  });
  for (const job of [...imports.jobs, ...runs.jobs]) queue.register(job);

  /** Resolves with the first message about `id` that says one of `states`. */
  function reached<T extends { id: string; state: string }>(
    topic: string,
    id: string,
    states: readonly T['state'][],
  ): Promise<T> {
    return new Promise((resolve) => {
      const stop = messages.subscribe(topic, ({ body }) => {
        const message = body as T;
        if (message.id !== id || !states.includes(message.state)) return;
        stop();
        resolve(message);
      });
    });
  }

  const submissionOf = (
    name: string,
    layout: Partial<SeriesLayout>,
    store: ImportRow['store'],
  ) => ({
    name,
    layout: seriesLayoutSchema.parse(layout),
    store,
    createdBy: ACTOR,
    locale: 'en' as const,
  });

  async function ended(row: ImportRow): Promise<ImportRow> {
    const { state } = await imports.require(row.id);
    if (state === 'checking' || state === 'storing') {
      await reached<FeaturesImport>(IMPORTS_TOPIC, row.id, ['checked', 'stored', 'failed']);
    }
    return imports.require(row.id);
  }

  return {
    ...core,
    folder,
    dataFolder: folder,
    gpu,
    imports,
    runs,
    ended,
    reached,
    /** Uploads a file and waits for its report, or until it is stored. */
    async import(
      name: string,
      content: string | Uint8Array,
      layout: Partial<SeriesLayout> = {},
      store: ImportRow['store'] = 'true',
    ): Promise<ImportRow> {
      const source = Readable.from([Buffer.from(content)]);
      return ended(await imports.receive(source, submissionOf(name, layout, store)));
    },
    async importTable(name: string, layout: Partial<SeriesLayout> = {}): Promise<ImportRow> {
      return ended(await imports.readTable(submissionOf(name, layout, 'true')));
    },
    submit: (options: Partial<RunBody>): Promise<RunRow> =>
      runs.submit(runBody.parse(options), ACTOR),
    /** Runs features to their end. */
    async run(wanted: Partial<RunBody>): Promise<RunRow> {
      const { id } = await runs.submit(runBody.parse(wanted), ACTOR);
      const { state } = await runs.require(id);
      if (state === 'planning' || state === 'running') {
        await reached<FeaturesRun>(RUNS_TOPIC, id, ['done', 'failed', 'cancelled', 'paused']);
      }
      return runs.require(id);
    },
    async table(table: FeatureTable, loto?: string): Promise<AnyValuesRow[]> {
      const rows: AnyValuesRow[] = [];
      for (;;) {
        const last = rows.at(-1);
        const after = last && { loto: last.loto, uniqueId: last.unique_id, ds: last.ds ?? 0 };
        const page = await readValues(db, table, { loto, after, limit: 500 });
        rows.push(...page);
        if (page.length < 500) return rows;
      }
    },
    query: featuresQuery(db),
    /** Starts jobs and the slice's listeners. */
    async start(): Promise<void> {
      await imports.start();
      await runs.start();
      await queue.start();
    },
    async close(): Promise<void> {
      await queue.stop(0);
      await runs.stop();
      await imports.stop();
      await compute.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type FeaturesWorld = Awaited<ReturnType<typeof openFeaturesWorld>>;
