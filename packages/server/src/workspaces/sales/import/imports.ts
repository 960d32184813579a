import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Audit } from '../../../core/audit/audit.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Compute } from '../../../core/compute/compute.ts';
import { toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import type { ErrorParams } from '../../../core/errors.ts';
import {
  failureWords,
  type JobDefinition,
  type JobRecord,
  type Queue,
} from '../../../core/jobs/queue.ts';
import type { Logger } from '../../../core/log.ts';
import type { OrganisationSettings } from '../../../core/settings/settings.ts';
import { stateWords } from '../../../core/state-words.ts';
import type { Messages } from '../../../core/ws/messages.ts';
import { salesErrors } from '../errors.ts';
import type { Refresh } from '../refresh.ts';
import { findImport, importsToResume, moveImport, updateImport } from '../store/imports.ts';
import { type ImportRow, salesQuery } from '../store/tables.ts';
import type { Checkpoint } from './checkpoint.ts';
import { IMPORT_JOB, type ImportJob, importJob, REMOVE_JOB, removeLinesJob } from './jobs.ts';
import { recordImport, type Submission } from './submit.ts';
import type { Uploads } from './uploads.ts';
import { toSalesImport } from './view.ts';

/** Shortest time between two messages about the same running import. */
const PROGRESS_MS = 250;

export interface ImportsDeps {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly queue: Queue;
  readonly compute: Compute;
  readonly messages: Messages;
  readonly settings: OrganisationSettings;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Logger;
  readonly uploads: Uploads;
  readonly refresh: Refresh;
  /** Folder of the files of rejected rows. */
  readonly rejectsFolder: string;
}

export interface Imports {
  // biome-ignore lint/suspicious/noExplicitAny: jobs with different payloads in one list
  readonly jobs: readonly JobDefinition<any>[];
  /** @throws as `recordImport` */
  submit(submission: Submission): Promise<ImportRow>;
  /** @throws SALES_IMPORT_NOT_FOUND */
  require(id: string): Promise<ImportRow>;
  /** Its sales stop counting at once; the rows are removed by a job. @throws SALES_IMPORT_NOT_UNDOABLE */
  undo(id: string, actor: string): Promise<ImportRow>;
  /** @throws SALES_IMPORT_ENDED */
  cancel(id: string, actor: string): Promise<ImportRow>;
  rejectsPath(id: string): string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The life of imports: waiting → running → done, rejected, failed or cancelled; done → undoing → undone. */
export function createImports(deps: ImportsDeps): Imports {
  const { db, queue, messages, audit, clock, log, refresh } = deps;
  const query = salesQuery(db);
  const stopListening: (() => void)[] = [];
  let lastProgressAt = 0;

  async function publish(row: ImportRow): Promise<void> {
    // Nobody knows who will read it: texts are English here, and in the reader's language over HTTP.
    await messages.publish('sales.imports', toSalesImport(row, 'en'));
  }

  async function changed(id: string): Promise<void> {
    const row = await findImport(query, id);
    if (row !== undefined) await publish(row);
  }

  function progressed(id: string, checkpoint: Checkpoint): void {
    if (clock.now() - lastProgressAt < PROGRESS_MS) return;
    lastProgressAt = clock.now();
    findImport(query, id)
      .then((row) => row && publish({ ...row, ...checkpoint }))
      .catch((err: unknown) => log.warn({ err }, 'sales.import.progress.unpublished'));
  }

  async function removeLines(id: string): Promise<void> {
    await queue.enqueue(REMOVE_JOB, { importId: id }, { key: id });
  }

  /** The lines count from the state `done` on; `finished_at` follows when this process's figures show them. */
  async function finish(id: string): Promise<void> {
    await refresh.now('import');
    const row = await findImport(query, id);
    if (row?.state !== 'done' || row.finished_at !== null) return;
    await updateImport(query, id, { finished_at: clock.now() });
    await changed(id);
    await deps.uploads.remove(row.upload_id);
  }

  /** Moves an import that will not count to its last state and has its lines removed. */
  async function end(
    id: string,
    state: 'rejected' | 'failed' | 'cancelled',
    code?: string,
    params: ErrorParams = {},
  ): Promise<boolean> {
    const moved = await moveImport(query, id, ['waiting', 'running'], {
      state,
      finished_at: clock.now(),
      ...(code !== undefined && { error: toJson({ code, params }) }),
    });
    if (!moved) return false;
    await removeLines(id);
    await changed(id);
    return true;
  }

  /** A job that ended without its handler saying how: it failed for good, or was cancelled on the Tasks page. */
  async function followJob(job: JobRecord): Promise<void> {
    const { importId } = job.payload as ImportJob;
    if (job.state === 'cancelled') await end(importId, 'cancelled');
    if (job.state === 'failed') {
      await end(importId, 'failed', 'SALES_IMPORT_FAILED', { reason: failureWords(job.error) });
    }
  }

  async function enqueueImport(row: ImportRow, locale: 'en' | 'ja'): Promise<string> {
    const payload: ImportJob = { importId: row.id, locale };
    const jobId = await queue.enqueue(IMPORT_JOB, payload, {
      key: row.id,
      requestedBy: row.created_by,
    });
    await updateImport(query, row.id, { job_id: jobId });
    return jobId;
  }

  async function requireImport(id: string): Promise<ImportRow> {
    const row = await findImport(query, id);
    if (row === undefined) throw salesErrors.SALES_IMPORT_NOT_FOUND();
    return row;
  }

  /** What a crash left between a record and its job. */
  async function resume(): Promise<void> {
    for (const row of await importsToResume(query)) {
      if (row.state === 'done') {
        await finish(row.id);
        continue;
      }
      const job = row.job_id === null ? undefined : await queue.get(row.job_id);
      if (row.state !== 'waiting' && row.state !== 'running') await removeLines(row.id);
      else if (job === undefined) await enqueueImport(row, 'en');
      else await followJob(job);
    }
  }

  const rejectsPath = (id: string): string => join(deps.rejectsFolder, `${id}.csv`);
  const jobDeps = {
    ...deps,
    rejectsPath,
    changed,
    progressed,
    async end(id: string, state: 'rejected' | 'failed', code?: string) {
      await end(id, state, code);
    },
    finish,
    factsUndone: () => refresh.now('undo'),
  };

  return {
    jobs: [importJob(jobDeps), removeLinesJob(jobDeps)],
    rejectsPath,
    require: requireImport,
    async submit(submission) {
      const row = await recordImport(deps, submission);
      const { name, currency, id } = row;
      await audit.write({
        actor: submission.createdBy,
        action: 'sales.import.started',
        target: id,
        details: { name, currency, mode: row.mode, demo: submission.demo },
      });
      const job_id = await enqueueImport(row, submission.locale);
      await publish({ ...row, job_id });
      return { ...row, job_id };
    },
    async undo(id, actor) {
      const row = await requireImport(id);
      if (!(await moveImport(query, id, ['done'], { state: 'undoing' }))) {
        throw salesErrors.SALES_IMPORT_NOT_UNDOABLE({ state: stateWords(row.state) });
      }
      await audit.write({
        actor,
        action: 'sales.import.undone',
        target: id,
        details: { name: row.name },
      });
      await changed(id);
      await removeLines(id);
      return requireImport(id);
    },
    async cancel(id, actor) {
      const row = await requireImport(id);
      if (!(await end(id, 'cancelled'))) {
        throw salesErrors.SALES_IMPORT_ENDED({ state: stateWords(row.state) });
      }
      if (row.job_id !== null) await queue.cancel(row.job_id);
      await audit.write({
        actor,
        action: 'sales.import.cancelled',
        target: id,
        details: { name: row.name },
      });
      return requireImport(id);
    },
    async start() {
      mkdirSync(deps.rejectsFolder, { recursive: true });
      stopListening.push(
        queue.onChange((job) => {
          if (job.name !== IMPORT_JOB) return;
          followJob(job).catch((err: unknown) => log.error({ err }, 'sales.import.unfollowed'));
        }),
        // Another process may have finished it: this one's figures follow.
        messages.subscribe('sales.imports', ({ body }) => {
          const { state } = body as { state: string };
          if (state === 'done') refresh.soon('import');
          if (state === 'undoing') refresh.soon('undo');
        }),
      );
      await resume();
    },
    async stop() {
      for (const stop of stopListening.splice(0)) stop();
    },
  };
}
