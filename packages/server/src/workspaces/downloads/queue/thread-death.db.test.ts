import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { describeDatabases } from '../../../testing/databases.ts';
import { contentBytes, patternContent } from '../testing/content.ts';
import { openDownloadsWorld } from '../testing/downloads-world.ts';
import { startFaultServer } from '../testing/fault-server.ts';
import { createTransferEngine } from '../transfer/engine.ts';
import type { TransferEngine, TransferRequest } from '../transfer/transfer.ts';

// The engine's own threads, so that they can be ended from outside, as an error of ours or a lack of memory would end them.
const threads = vi.hoisted(() => [] as Worker[]);
vi.mock('node:worker_threads', async (original) => {
  const real = await original<typeof import('node:worker_threads')>();
  class Noted extends real.Worker {
    constructor(...words: ConstructorParameters<typeof Worker>) {
      super(...words);
      threads.push(this);
    }
  }
  return { ...real, Worker: Noted };
});

const SIZE = 6_000_000;
const RATE = 3_000_000;
const paths = ['/a.bin', '/b.bin', '/c.bin'];
const files = Object.fromEntries(
  paths.map((path, n) => [path, { content: patternContent(SIZE, n + 1) }]),
);

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  threads.length = 0;
});
const folder = mkdtempSync(join(tmpdir(), 'kizashi-thread-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function serve() {
  const server = await startFaultServer({ files, rate: RATE });
  closing.push(() => server.close());
  return server;
}

/** Until so many bytes of all files are there. */
function fetched(engine: TransferEngine, bytes: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = engine.onSample((samples) => {
      if (samples.reduce((sum, { doneBytes }) => sum + doneBytes, 0) < bytes) return;
      stop();
      resolve();
    });
  });
}

describe('an engine whose thread dies in the midst of a file', () => {
  it('fails what it had, retryably, and goes on in a new thread with what there is', async () => {
    const server = await serve();
    const engine = createTransferEngine();
    closing.push(() => engine.stop());
    engine.setRate(RATE);
    const request: TransferRequest = {
      id: 'item',
      locate: async () => ({ url: `${server.url}/a.bin`, headers: {} }),
      partPath: join(folder, 'part'),
      expected: { hashes: {} },
      alsoHash: [],
      limits: { connections: 4, pieceBytes: 256 * 1024 },
    };
    const first = engine.start(request);
    const outcome = first.done.catch((error: unknown) => error);
    await fetched(engine, SIZE / 2);
    await threads.at(-1)!.terminate();
    expect(await outcome).toMatchObject({ code: 'DOWNLOADS_THREAD_ENDED', retryable: true });
    // Nobody waits for what no thread will answer.
    await first.pause();
    const began = performance.now();
    const result = await engine.start(request).done;
    expect(threads).toHaveLength(2);
    expect(result.receivedBytes).toBeLessThan(SIZE * 0.6);
    expect(
      readFileSync(request.partPath).equals(await contentBytes(files['/a.bin']!.content)),
    ).toBe(true);
    // The new thread keeps to the cap of the old one; four connections would do four times as much.
    const seconds = (performance.now() - began) / 1000;
    expect(result.receivedBytes / seconds).toBeLessThan(2 * RATE);
  });
});

describeDatabases('the queue', (databases) => {
  it('goes on with every file when the thread that fetches them dies', async () => {
    const server = await serve();
    const engine = createTransferEngine();
    const world = await openDownloadsWorld(databases, { folder, createEngine: () => engine });
    closing.push(() => world.close());
    await world.runner.start();
    const half = fetched(engine, 1.5 * SIZE);
    const job = await world.add(paths.map((path) => `${server.url}${path}`));
    await world.time.settled(half);
    await threads.at(-1)!.terminate();
    await world.reached(job.id, 'COMPLETED');
    expect(threads).toHaveLength(2);
    const failures = world.notes.filter(({ kind }) => kind === 'download_failed');
    expect(failures.map(({ code }) => code)).toEqual(paths.map(() => 'DOWNLOADS_THREAD_ENDED'));
    for (const [path, { content }] of Object.entries(files)) {
      const bytes = readFileSync(join(world.root, 'http', path));
      expect(bytes.equals(await contentBytes(content))).toBe(true);
    }
    expect(server.counts.bodyBytes).toBeLessThan(paths.length * SIZE * 1.4);
    expect(await world.states(job.id)).toEqual(paths.map(() => 'COMPLETED'));
  });
});
