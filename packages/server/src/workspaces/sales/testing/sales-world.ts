import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createAnalytics } from '../../../core/analytics/create-analytics.ts';
import { createAudit } from '../../../core/audit/audit.ts';
import { auditMigrations } from '../../../core/audit/migrations.ts';
import { authMigrations } from '../../../core/auth/migrations.ts';
import { systemClock } from '../../../core/clock.ts';
import { createCompute } from '../../../core/compute/worker-pool.ts';
import { loadConfig } from '../../../core/config/config.ts';
import { migrate } from '../../../core/db/migrate.ts';
import { createEvents } from '../../../core/events.ts';
import { createEmbeddedQueue } from '../../../core/jobs/embedded/embedded-queue.ts';
import { jobsMigrations } from '../../../core/jobs/embedded/migrations.ts';
import { settingsMigrations } from '../../../core/settings/migrations.ts';
import { createOrganisationSettings } from '../../../core/settings/organisation.ts';
import { createMemoryMessages } from '../../../core/ws/memory-messages.ts';
import { silentLog, type TestDatabases } from '../../../testing/databases.ts';
import { fieldTypes, type ImportMapping, type SalesImport } from '../contract.ts';
import { createImports } from '../import/imports.ts';
import type { Submission } from '../import/submit.ts';
import { createUploads } from '../import/uploads.ts';
import { salesMigrations } from '../migrations/index.ts';
import { createRefresh } from '../refresh.ts';
import { type ImportRow, type LineRow, salesQuery } from '../store/tables.ts';

const WEEK_MS = 7 * 86_400_000;

/** Everything the slice runs on, for real, on one test database and in one temporary folder. */
export async function openSalesWorld(databases: Pick<TestDatabases, 'create' | 'connect'>) {
  const databaseUrl = await databases.create();
  const db = await databases.connect(databaseUrl);
  await migrate(db, {
    ...authMigrations,
    ...auditMigrations,
    ...settingsMigrations,
    ...jobsMigrations,
    ...salesMigrations,
  });
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-sales-'));
  const clock = systemClock;
  const log = silentLog;
  const config = loadConfig({ KIZASHI_DATA: folder, KIZASHI_DEMO: 'off' });
  const messages = createMemoryMessages({ clock, log });
  const settings = createOrganisationSettings({ db, config, messages });
  await settings.set({ timeZone: 'Europe/London', currency: 'GBP' });
  const queue = createEmbeddedQueue({ db, clock, log });
  const compute = createCompute({ threads: 2 });
  const audit = createAudit({ db, clock });
  const events = createEvents();
  const analytics = createAnalytics({
    folder: join(folder, 'cache'),
    databaseUrl,
    memoryMb: 256,
    factSources: [new URL('../facts.ts', import.meta.url)],
    timeZone: async () => (await settings.get()).timeZone,
    log,
  });
  const core = { config, log, clock, db, databaseUrl, queue, messages, compute, analytics };
  const all = { ...core, settings, audit, events };
  const uploads = createUploads({
    ...all,
    folder: join(folder, 'uploads'),
    limitMb: 64,
    keptMs: WEEK_MS,
  });
  const refresh = createRefresh({ ...all, isAsked: true });
  const rejectsFolder = join(folder, 'rejected');
  const imports = createImports({ ...all, uploads, refresh, rejectsFolder });
  for (const job of imports.jobs) queue.register(job);

  async function submit(
    content: string | Uint8Array,
    mapping: ImportMapping,
    options: Partial<Omit<Submission, 'mapping' | 'upload'>> & { name?: string } = {},
  ): Promise<ImportRow> {
    const { name = 'sales.csv', ...rest } = options;
    const source = Readable.from([Buffer.from(content)]);
    const upload = await uploads.receive(source, { name, createdBy: 'ann@example.org' });
    return imports.submit({
      upload,
      mapping,
      mode: 'good-rows',
      allowDuplicate: false,
      demo: false,
      createdBy: 'ann@example.org',
      locale: 'en',
      ...rest,
    });
  }

  /** Submits a file and waits for the end of its job. */
  async function finished(...args: Parameters<typeof submit>): Promise<ImportRow> {
    const { id, job_id } = await submit(...args);
    await queue.finished(job_id!);
    return imports.require(id);
  }

  function storedLines({ number }: ImportRow): Promise<LineRow[]> {
    return salesQuery(db)
      .selectFrom('sales_lines')
      .selectAll()
      .where('import_number', '=', number)
      .orderBy('line')
      .execute();
  }

  /** Resolves with the first message about the import that says one of `states`. */
  function reached(id: string, states: readonly SalesImport['state'][]): Promise<SalesImport> {
    return new Promise((resolve) => {
      const stop = messages.subscribe('sales.imports', ({ body }) => {
        const message = body as SalesImport;
        if (message.id !== id || !states.includes(message.state)) return;
        stop();
        resolve(message);
      });
    });
  }

  return {
    ...all,
    folder,
    uploads,
    imports,
    refresh,
    submit,
    finished,
    storedLines,
    reached,
    /** Starts jobs and the slice's listeners. */
    async start(): Promise<void> {
      refresh.soon('start');
      await imports.start();
      await queue.start();
    },
    async close(): Promise<void> {
      await queue.stop(0);
      await imports.stop();
      await compute.stop();
      await analytics.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type SalesWorld = Awaited<ReturnType<typeof openSalesWorld>>;

/** A mapping for a file whose columns have these uses, in order. */
export function mappingOf(
  fields: readonly ImportMapping['columns'][number]['field'][],
  rest: Partial<ImportMapping> = {},
): ImportMapping {
  return {
    encoding: 'utf-8',
    delimiter: ',',
    hasHeader: true,
    columns: fields.map((field) => ({ field, type: fieldTypes[field][0] })),
    dateOrder: 'unambiguous',
    timeZone: 'Europe/London',
    currency: 'GBP',
    ...rest,
  };
}
