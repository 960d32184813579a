import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import type { PieceRecord } from '../journal.ts';
import { createDigests, type Digests } from './digests.ts';
import type { HashCommand, HashReport } from './messages.ts';

// Reads what the transfer thread has written, from the page cache, and hashes it in the order of the file. Each piece is compared
// with the CRC-32 of what came over the network before it is hashed, so a disk that gives back something else is found out.

const CHUNK = 1 << 20;

interface Job {
  readonly fd: number;
  readonly sizeBytes: number;
  readonly digests: Promise<Digests>;
  readonly queue: PieceRecord[];
  at: number;
  round: number;
}

const port = parentPort!;
const jobs = new Map<number, Job>();
const running = new Set<number>();
let chunk = Buffer.allocUnsafeSlow(CHUNK);

const report = (message: HashReport): void => port.postMessage(message);

port.on('message', (command: HashCommand) => {
  if (command.kind === 'open') {
    const { id, path, sizeBytes, wanted } = command;
    try {
      const fd = openSync(path, 'r');
      const digests = createDigests(wanted, sizeBytes);
      jobs.set(id, { fd, sizeBytes, digests, queue: [], at: 0, round: 0 });
      if (sizeBytes === 0) run(id);
    } catch (error) {
      report({ kind: 'failed', id, code: codeOf(error) });
    }
    return;
  }
  const job = jobs.get(command.id);
  if (!job) return;
  if (command.kind === 'close') {
    jobs.delete(command.id);
    closeSync(job.fd);
  } else if (command.round === job.round) {
    job.queue.push(...command.records);
    run(command.id);
  }
});

function run(id: number): void {
  if (running.has(id)) return;
  running.add(id);
  hash(id)
    .catch((error: unknown) => {
      if (jobs.has(id)) report({ kind: 'failed', id, code: codeOf(error) });
    })
    .finally(() => running.delete(id));
}

/** One piece, then the others' turn. */
async function hash(id: number): Promise<void> {
  for (let job = jobs.get(id); job; job = jobs.get(id)) {
    const digests = await job.digests;
    const record = job.queue[0];
    if (!jobs.has(id)) return;
    if (!record) {
      if (job.at < job.sizeBytes) return;
      closeSync(job.fd);
      jobs.delete(id);
      return report({ kind: 'done', id, hashes: digests.finish() });
    }
    if (chunk.length < record.length) chunk = Buffer.allocUnsafeSlow(record.length);
    const bytes = chunk.subarray(0, readWhole(job.fd, record));
    if (bytes.length < record.length || crc32(bytes) !== record.crc32) {
      job.queue.length = 0;
      report({ kind: 'bad', id, round: job.round++, at: record.start });
      return;
    }
    digests.update(bytes);
    job.at += record.length;
    job.queue.shift();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function readWhole(fd: number, { start, length }: PieceRecord): number {
  let read = 0;
  while (read < length) {
    const bytes = readSync(fd, chunk, read, length - read, start + read);
    if (bytes === 0) break;
    read += bytes;
  }
  return read;
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code ?? (error as Error).message);
}
