import { Worker } from 'node:worker_threads';
import type { Hashes } from '../../contract.ts';
import type { PieceRecord } from '../journal.ts';
import type { StreamHash } from './digests.ts';
import type { HashCommand, HashReport } from './messages.ts';

/** Follows the finished front of one file. */
export interface Follower {
  /** These pieces come next. */
  advance(records: readonly PieceRecord[]): void;
  /** After the last piece. @throws Error with the code of the disk's failure */
  readonly done: Promise<Hashes>;
  close(): void;
}

/** Hashes for all transfers of the process in one thread more: one file's SHA-256 is no faster with several. */
export interface Hasher {
  /** @param onBad the disk does not hold what was written at this piece; it is hashed from there once it was advanced again */
  follow(
    file: { path: string; sizeBytes: number; wanted: readonly StreamHash[] },
    onBad: (start: number) => void,
  ): Follower;
  stop(): Promise<void>;
}

export function createHasher(): Hasher {
  let worker: Worker | null = null;
  let ids = 0;
  const files = new Map<number, (report: HashReport | Error) => void>();

  function send(command: HashCommand): void {
    worker ??= startWorker();
    worker.postMessage(command);
  }

  function startWorker(): Worker {
    const started = new Worker(new URL('./hash-worker.ts', import.meta.url), {
      // Numbers and buffers only: the collector has little to do.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 },
    });
    started.unref();
    started.on('message', (report: HashReport) => files.get(report.id)?.(report));
    const onEnd = (error: Error): void => {
      if (worker === started) worker = null;
      for (const tell of [...files.values()]) tell(error);
    };
    started.on('error', onEnd);
    started.on('exit', () => onEnd(new Error('the hashing thread ended')));
    return started;
  }

  return {
    follow({ path, sizeBytes, wanted }, onBad) {
      const id = ids++;
      let round = 0;
      const done = new Promise<Hashes>((resolve, reject) => {
        files.set(id, (report) => {
          if (!(report instanceof Error) && report.kind === 'bad') {
            round = report.round + 1;
            onBad(report.at);
            return;
          }
          files.delete(id);
          if (report instanceof Error) reject(report);
          else if (report.kind === 'done') resolve(report.hashes);
          else reject(Object.assign(new Error(report.code), { code: report.code }));
        });
      });
      // Whoever waits hears of it; a transfer that ended before does not.
      done.catch(() => {});
      send({ kind: 'open', id, path, sizeBytes, wanted });
      return {
        done,
        advance(records) {
          if (files.has(id)) send({ kind: 'advance', id, round, records });
        },
        close() {
          if (files.delete(id)) send({ kind: 'close', id });
        },
      };
    },
    async stop() {
      await worker?.terminate();
      worker = null;
    },
  };
}
