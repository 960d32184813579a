import { Worker } from 'node:worker_threads';
import type { ErrorParams } from '../../errors.ts';
import { databaseErrors } from '../errors.ts';
import type { BackupSummary } from './format.ts';

/** What the worker is asked and answers. */
export type BackupTask =
  | {
      readonly kind: 'create';
      readonly url: string;
      readonly file: string;
      readonly version: string;
    }
  | { readonly kind: 'verify'; readonly file: string };

export type BackupReply =
  | { readonly kind: 'progress'; readonly rows: number }
  | { readonly kind: 'done'; readonly summary: BackupSummary }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly params: ErrorParams;
    };

/** Runs a task in a thread of its own, so that people keep working meanwhile. */
export function inBackupThread(
  task: BackupTask,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?(rows: number): void },
): Promise<BackupSummary> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), { workerData: task });
  const abort = () => void worker.terminate();
  signal?.addEventListener('abort', abort, { once: true });
  return new Promise<BackupSummary>((resolve, reject) => {
    worker.on('message', (reply: BackupReply) => {
      if (reply.kind === 'progress') onProgress?.(reply.rows);
      else if (reply.kind === 'done') resolve(reply.summary);
      else reject(failure(reply));
    });
    worker.once('error', reject);
    // After an answer this changes nothing.
    worker.once('exit', () => reject(signal?.reason ?? new Error('the backup thread ended early')));
  }).finally(() => signal?.removeEventListener('abort', abort));
}

/** An AppError loses its class between threads. */
function failure({ code, params }: { code: string; params: ErrorParams }): Error {
  const create = Object.entries(databaseErrors).find(([name]) => name === code)?.[1];
  return typeof create === 'function' ? create(params) : new Error(code);
}
