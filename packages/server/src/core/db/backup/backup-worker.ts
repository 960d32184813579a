import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../errors.ts';
import { createLogger } from '../../log.ts';
import { messageOf } from '../dialects/failure.ts';
import { openDatabase } from '../open-database.ts';
import type { BackupReply, BackupTask } from './backup-thread.ts';
import type { BackupSummary } from './format.ts';
import { readBackup } from './read-backup.ts';
import { writeBackup } from './write-backup.ts';

const PROGRESS_EVERY_ROWS = 50_000;

async function run(task: BackupTask): Promise<BackupSummary> {
  if (task.kind === 'verify') return readBackup(task.file);
  const db = await openDatabase({
    url: task.url,
    poolSize: 1,
    log: createLogger({ level: 'silent' }),
  });
  let shown = 0;
  const onProgress = (rows: number) => {
    if (rows - shown < PROGRESS_EVERY_ROWS) return;
    shown = rows;
    reply({ kind: 'progress', rows });
  };
  try {
    await writeBackup(db, task.file, { version: task.version, onProgress });
  } finally {
    await db.stop();
  }
  return readBackup(task.file);
}

function reply(message: BackupReply): void {
  parentPort?.postMessage(message);
}

try {
  reply({ kind: 'done', summary: await run(workerData as BackupTask) });
} catch (error) {
  if (error instanceof AppError) reply({ kind: 'failed', code: error.code, params: error.params });
  else reply({ kind: 'failed', code: messageOf(error), params: {} });
}
