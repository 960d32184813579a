import { MessageChannel } from 'node:worker_threads';
import { z } from 'zod';
import type { Clock } from '../../../core/clock.ts';
import type { Compute } from '../../../core/compute/compute.ts';
import type { Database } from '../../../core/db/database.ts';
import type { JobContext, JobDefinition } from '../../../core/jobs/queue.ts';
import { findImport, moveImport, updateImport } from '../store/imports.ts';
import { salesQuery } from '../store/tables.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ImportOutcome, ImportTask } from './import-task.ts';
import type { RemoveTask } from './remove-task.ts';
import type { Uploads } from './uploads.ts';

export const IMPORT_JOB = 'sales.import';
export const REMOVE_JOB = 'sales.remove-lines';

const importPayload = z.object({ importId: z.string(), locale: z.enum(['en', 'ja']) });
const removePayload = z.object({ importId: z.string() });
export type ImportJob = z.infer<typeof importPayload>;
export type RemoveJob = z.infer<typeof removePayload>;

export interface ImportJobDeps {
  readonly db: Database;
  /** For the connections of worker threads. */
  readonly databaseUrl: string;
  readonly compute: Compute;
  readonly clock: Clock;
  readonly uploads: Uploads;
  rejectsPath(importId: string): string;
  /** Called after each change of an import's record. */
  changed(importId: string): Promise<void>;
  /** Called with every checkpoint, many times a second. */
  progressed(importId: string, checkpoint: Checkpoint): void;
  /** All lines are stored and count: shows them in the figures, then says that the import is done. */
  finish(importId: string): Promise<void>;
  /** The import ended badly: its lines are to be removed. */
  end(importId: string, state: 'rejected' | 'failed', code?: string): Promise<void>;
  /** Resolves when the figures no longer hold what was undone. */
  factsUndone(): Promise<void>;
}

/** Reads a file into the database. Repeated after a crash, it goes on behind the last checkpoint. */
export function importJob(deps: ImportJobDeps): JobDefinition<ImportJob> {
  const query = salesQuery(deps.db);

  async function runTask({ importId, locale }: ImportJob, context: JobContext, uploadId: string) {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', (checkpoint: Checkpoint) => {
      context.progress(checkpoint.progress);
      deps.progressed(importId, checkpoint);
    });
    const task: ImportTask = {
      databaseUrl: deps.databaseUrl,
      importId,
      file: deps.uploads.path(uploadId),
      rejectsFile: deps.rejectsPath(importId),
      locale,
      port: port2,
    };
    try {
      return await deps.compute.run<ImportOutcome>(
        new URL('./import-task.ts', import.meta.url),
        task,
        {
          signal: context.signal,
          transfer: [port2],
        },
      );
    } finally {
      port1.close();
    }
  }

  return {
    name: IMPORT_JOB,
    payload: importPayload,
    timeoutMs: 6 * 3_600_000,
    // With the waits between them more than an hour, in which a database may come back.
    maxAttempts: 10,
    backoffMs: 5_000,
    // One writer at a time is what SQLite has; two imports would only wait for each other.
    concurrency: 1,
    async handler(payload, context) {
      const { importId } = payload;
      const running = { state: 'running' } as const;
      const started = await moveImport(query, importId, ['waiting', 'running'], running);
      const row = await findImport(query, importId);
      // Stored already, but the figures did not follow: an earlier attempt ended in between.
      if (row?.state === 'done') await deps.finish(importId);
      if (!started || row === undefined) return { outcome: 'stopped' };
      await deps.changed(importId);
      const outcome = await runTask(payload, context, row.upload_id);
      switch (outcome) {
        case 'stored': {
          await moveImport(query, importId, ['running'], { state: 'done', progress: 1 });
          await deps.finish(importId);
          break;
        }
        case 'rejected':
          await deps.end(importId, 'rejected');
          break;
        case 'file-unreadable':
          await deps.end(importId, 'failed', 'SALES_UPLOAD_NOT_FOUND');
          break;
        case 'stopped':
          break;
      }
      return { outcome };
    },
  };
}

/** Deletes the lines of an import that does not count: undone, cancelled, rejected or failed. */
export function removeLinesJob(deps: ImportJobDeps): JobDefinition<RemoveJob> {
  const query = salesQuery(deps.db);
  return {
    name: REMOVE_JOB,
    payload: removePayload,
    timeoutMs: 6 * 3_600_000,
    maxAttempts: 10,
    backoffMs: 5_000,
    concurrency: 1,
    async handler({ importId }, context) {
      const row = await findImport(query, importId);
      if (row === undefined || ['waiting', 'running', 'done'].includes(row.state)) return;
      if (row.state === 'undoing') await deps.factsUndone();
      const task: RemoveTask = {
        databaseUrl: deps.databaseUrl,
        importNumber: row.number,
        keepErrors: row.state !== 'undoing',
      };
      await deps.compute.run(new URL('./remove-task.ts', import.meta.url), task, {
        signal: context.signal,
      });
      await deps.uploads.remove(row.upload_id);
      await updateImport(query, importId, { last_line: 0 });
      await moveImport(query, importId, ['undoing'], {
        state: 'undone',
        finished_at: deps.clock.now(),
      });
      await deps.changed(importId);
    },
  };
}
