import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { z } from 'zod';
import type { Audit } from '../../../core/audit/audit.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Compute } from '../../../core/compute/compute.ts';
import { toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import {
  AppError,
  type Locale,
  type StoredFailure,
  toStoredFailure,
} from '../../../core/errors.ts';
import { createId } from '../../../core/ids.ts';
import {
  failureWords,
  type JobContext,
  type JobDefinition,
  type JobRecord,
  type Queue,
} from '../../../core/jobs/queue.ts';
import type { Logger } from '../../../core/log.ts';
import type { Prune } from '../../../core/prune/prune.ts';
import type { SeriesLayout } from '../../../core/series-source/contract.ts';
import { isParquet } from '../../../core/series-source/open-file.ts';
import { openTable } from '../../../core/series-source/table-source.ts';
import { stateWords } from '../../../core/state-words.ts';
import { receiveUpload } from '../../../core/upload/receive-upload.ts';
import type { Messages } from '../../../core/ws/messages.ts';
import { featuresErrors } from '../errors.ts';
import {
  deleteImport,
  findImport,
  insertImport,
  moveImport,
  staleImports,
  unfinishedImports,
} from '../store/imports.ts';
import { featuresQuery, type ImportRow } from '../store/tables.ts';
import type { ImportOutcome, ImportTask } from './import-task.ts';
import { removeUnusedPoints } from './unused-points.ts';
import { toFeaturesImport } from './view.ts';

export const IMPORTS_TOPIC = 'features.imports';
const IMPORT_JOB = 'features.import';
/** Shortest time between two messages about the same running import. */
const PROGRESS_MS = 250;
/** Shortest time between two notes of it in the record, for those who ask instead of listening. */
const NOTED_MS = 2000;
const NAME_CHARS = 255;

const importPayload = z.object({ importId: z.string(), locale: z.enum(['en', 'ja']) });
type ImportJob = z.infer<typeof importPayload>;

export interface Submission {
  readonly name: string;
  readonly layout: SeriesLayout;
  readonly store: ImportRow['store'];
  /** As in the audit log. */
  readonly createdBy: string;
  readonly locale: Locale;
}

export interface ImportsDeps {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly queue: Queue;
  readonly compute: Compute;
  readonly messages: Messages;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Logger;
  /** Folder of files that are not stored yet. */
  readonly folder: string;
  readonly limitMb: number;
  /** How long a file that nobody stored is kept. */
  readonly keptMs: number;
  /** Tables that may be read. */
  readonly tables: readonly string[];
}

export interface Imports {
  // biome-ignore lint/suspicious/noExplicitAny: jobs with different payloads in one list
  readonly jobs: readonly JobDefinition<any>[];
  readonly prune: Prune;
  /** @throws as `receiveUpload` */
  receive(source: Readable, submission: Submission): Promise<ImportRow>;
  /** @throws SERIES_TABLE_REFUSED, SERIES_FILE_EMPTY */
  readTable(submission: Submission): Promise<ImportRow>;
  /** Stores what was checked, its good rows. @throws FEATURES_IMPORT_STATE */
  store(id: string, actor: string, locale: Locale): Promise<ImportRow>;
  /** @throws FEATURES_IMPORT_NOT_FOUND */
  require(id: string): Promise<ImportRow>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The life of imports: checking → checked → storing → stored; or checking → storing at once; failed. */
export function createImports(deps: ImportsDeps): Imports {
  const { db, queue, messages, audit, clock, log } = deps;
  const query = featuresQuery(db);
  const path = (id: string): string => join(deps.folder, `${id}.series`);
  let lastTold = { id: '', at: 0 };
  let lastNoted = { id: '', at: 0 };
  let stopListening: (() => void) | undefined;

  async function changed(id: string, progress?: number): Promise<void> {
    const row = await findImport(query, id);
    if (row === undefined) return;
    const { report: _, ...told } = toFeaturesImport(row, 'en');
    await messages.publish(IMPORTS_TOPIC, { ...told, progress: progress ?? told.progress });
  }

  function progressed(id: string, fraction: number): void {
    const at = clock.now();
    if (lastTold.id === id && at - lastTold.at < PROGRESS_MS) return;
    lastTold = { id, at };
    tell(id, fraction).catch((err: unknown) => {
      log.warn({ err }, 'features.import.progress.unpublished');
    });
  }

  async function tell(id: string, progress: number): Promise<void> {
    const at = clock.now();
    if (lastNoted.id !== id || at - lastNoted.at >= NOTED_MS) {
      lastNoted = { id, at };
      await moveImport(query, id, ['checking', 'storing'], { progress });
    }
    await changed(id, progress);
  }

  async function fail(id: string, failure: StoredFailure): Promise<void> {
    const moved = await moveImport(query, id, ['checking', 'storing'], {
      state: 'failed',
      finished_at: clock.now(),
      error: toJson(failure),
    });
    if (moved) await changed(id);
  }

  async function runTask(payload: ImportJob, row: ImportRow, context: JobContext) {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', (fraction: number) => {
      context.progress(fraction);
      progressed(row.id, fraction);
    });
    const task: ImportTask = {
      databaseUrl: deps.databaseUrl,
      importId: row.id,
      file: path(row.id),
      tables: deps.tables,
      locale: payload.locale,
      now: clock.now(),
      // Its points may be there already: a crash came before they were shown.
      again: row.state === 'storing',
      port: port2,
    };
    try {
      const module = new URL('./import-task.ts', import.meta.url);
      const { signal } = context;
      return await deps.compute.run<ImportOutcome>(module, task, { signal, transfer: [port2] });
    } finally {
      port1.close();
    }
  }

  const job: JobDefinition<ImportJob> = {
    name: IMPORT_JOB,
    payload: importPayload,
    timeoutMs: 6 * 3_600_000,
    maxAttempts: 5,
    backoffMs: 5000,
    concurrency: 1,
    async handler(payload, context) {
      const row = await findImport(query, payload.importId);
      if (row === undefined || !['checking', 'storing'].includes(row.state)) return;
      let outcome: ImportOutcome;
      try {
        outcome = await runTask(payload, row, context);
      } catch (error) {
        // What is wrong with the file stays wrong.
        if (!(error instanceof AppError) || error.status !== 400) throw error;
        await fail(row.id, toStoredFailure(error));
        return { outcome: 'failed' };
      }
      await changed(row.id);
      if (outcome === 'stored') {
        await rm(path(row.id), { force: true });
        await removeUnusedPoints(query, Number.POSITIVE_INFINITY);
      }
      return { outcome };
    },
  };

  async function enqueue(row: ImportRow, locale: Locale): Promise<void> {
    const payload: ImportJob = { importId: row.id, locale };
    await queue.enqueue(IMPORT_JOB, payload, {
      key: `${row.id}:${row.store}:${row.state}`,
      requestedBy: row.created_by,
    });
  }

  async function record(
    id: string,
    submission: Submission,
    source: ImportRow['source'],
    sizeBytes: number,
  ): Promise<ImportRow> {
    const row = await insertImport(db, {
      id,
      name: submission.name.slice(0, NAME_CHARS),
      source,
      state: 'checking',
      layout: toJson(submission.layout),
      store: submission.store,
      size_bytes: sizeBytes,
      report: null,
      progress: 0,
      error: null,
      created_by: submission.createdBy,
      created_at: clock.now(),
      finished_at: null,
    });
    await audit.write({
      actor: submission.createdBy,
      action: 'features.import.started',
      target: id,
      details: { name: row.name, source, sizeBytes },
    });
    await enqueue(row, submission.locale);
    await changed(id);
    return row;
  }

  /** A job that failed for good or was cancelled on the Tasks page. */
  async function followJob(record: JobRecord): Promise<void> {
    if (record.name !== IMPORT_JOB) return;
    if (record.state !== 'failed' && record.state !== 'cancelled') return;
    const { importId } = record.payload as ImportJob;
    const cancelled = { en: 'it was cancelled', ja: '中止されました' };
    const reason = record.state === 'cancelled' ? cancelled : failureWords(record.error);
    await fail(importId, toStoredFailure(featuresErrors.FEATURES_IMPORT_FAILED({ reason })));
  }

  async function requireImport(id: string): Promise<ImportRow> {
    const row = await findImport(query, id);
    if (row === undefined) throw featuresErrors.FEATURES_IMPORT_NOT_FOUND();
    return row;
  }

  return {
    jobs: [job],
    require: requireImport,
    async receive(source, submission) {
      const id = createId(clock.now());
      const file = { path: path(id), name: submission.name, limitMb: deps.limitMb };
      const { sizeBytes } = await receiveUpload(source, file);
      const kind = (await isParquet(file.path)) ? 'parquet' : 'csv';
      return record(id, submission, kind, sizeBytes);
    },
    async readTable(submission) {
      const source = await openTable(db, submission.name, deps.tables);
      await source.close();
      return record(createId(clock.now()), submission, 'table', 0);
    },
    async store(id, actor, locale) {
      const { state, name } = await requireImport(id);
      const moved = await moveImport(query, id, ['checked'], {
        state: 'storing',
        store: 'good-rows',
        progress: 0,
        finished_at: null,
      });
      if (!moved) throw featuresErrors.FEATURES_IMPORT_STATE({ state: stateWords(state) });
      await audit.write({ actor, action: 'features.import.stored', target: id, details: { name } });
      const row = await requireImport(id);
      await enqueue(row, locale);
      await changed(id);
      return row;
    },
    prune: {
      name: 'features.imports',
      async remove(now, limit) {
        const stale = await staleImports(query, now - deps.keptMs, limit);
        for (const { id } of stale) {
          await rm(path(id), { force: true });
          await deleteImport(query, id);
        }
        return stale.length + (await removeUnusedPoints(query, limit));
      },
    },
    async start() {
      stopListening = queue.onChange((record) => {
        followJob(record).catch((err: unknown) => {
          log.error({ err }, 'features.import.unfollowed');
        });
      });
      // What a crash left between a record and its job: one that is still queued is found by its key.
      for (const row of await unfinishedImports(query)) await enqueue(row, 'en');
    },
    async stop() {
      stopListening?.();
    },
  };
}
