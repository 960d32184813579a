import { spawnSync } from 'node:child_process';
import { chmod, mkdir, open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createAddressGuard } from '../../../core/address-guard.ts';
import { bufferContent, contentBytes, contentHash, patternContent } from '../testing/content.ts';
import {
  type FaultServer,
  type FaultServerOptions,
  startFaultServer,
} from '../testing/fault-server.ts';
import { fetchUntilKilled } from '../testing/kill-transfer.ts';
import { startProxy } from '../testing/proxy.ts';
import { requestOf, setUpTransfers, type TransferSetup } from '../testing/transfer-setup.ts';
import { createTransferEngine } from './engine.ts';
import { transferErrors } from './errors.ts';
import { parseJournal } from './journal.ts';
import { openDiskFile } from './part-file.ts';
import { journalPath, type TransferSample } from './transfer.ts';

const SIZE = 6_000_000;
const content = patternContent(SIZE, 3);
const FILES = { '/a': { content } };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(options: Partial<FaultServerOptions> = {}): Promise<FaultServer> {
  const server = await startFaultServer({ files: FILES, ...options });
  closing.push(() => server.close());
  return server;
}

async function setUp(...options: Parameters<typeof setUpTransfers>): Promise<TransferSetup> {
  const setup = await setUpTransfers(...options);
  closing.push(() => setup.close());
  return setup;
}

function asRoot(command: string, ...words: string[]) {
  return spawnSync(command, words);
}

/** Resolves when a sample says so. */
function until(setup: TransferSetup, holds: (sample: TransferSample) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = setup.engine.onSample((samples) => {
      if (!samples.some(holds)) return;
      stop();
      resolve();
    });
  });
}

describe('what is there is not fetched again', () => {
  it('after a pause', async () => {
    const server = await serve({ rate: 3_000_000 });
    const setup = await setUp();
    const first = setup.engine.start(requestOf(setup, `${server.url}/a`));
    const outcome = first.done.catch((error: unknown) => error);
    await until(setup, ({ doneBytes }) => doneBytes > 2_000_000);
    await first.pause();
    expect(await outcome).toMatchObject({ name: 'AbortError' });
    const result = await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
    expect(result.hashes.sha256).toBe(await contentHash(content));
    expect(result.receivedBytes).toBeLessThan(SIZE - 1_900_000);
  });

  it('after two SIGKILLs: at most the pieces in the air', async () => {
    const size = 40_000_000;
    const big = patternContent(size, 5);
    const server = await serve({ files: { '/big': { content: big } }, rate: 12_000_000 });
    const setup = await setUp();
    const victim = {
      url: `${server.url}/big`,
      part: setup.part,
      pieceBytes: 128 * 1024,
      connections: 2,
    };
    expect(await fetchUntilKilled(victim, 10_000_000)).toBeNull();
    expect(await fetchUntilKilled(victim, 25_000_000)).toBeNull();
    const sha256 = await contentHash(big);
    const result = await fetchUntilKilled({ ...victim, sha256 }, Number.POSITIVE_INFINITY);
    expect(result).toMatchObject({ agreed: ['sha256'], repairedPieces: 0 });
    expect(server.counts.bodyBytes - size).toBeLessThan(0.02 * size);
  }, 60_000);

  it('but is checked: a piece that rotted on the disk is fetched again, alone', async () => {
    const server = await serve();
    const setup = await setUp();
    await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
    const file = await open(setup.part, 'r+');
    await file.write(Buffer.from('rot'), 0, 3, 4_000_000);
    await file.close();
    const before = server.counts.bodyBytes;
    const result = await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
    expect(result.hashes.sha256).toBe(await contentHash(content));
    expect(result.repairedPieces).toBe(1);
    expect(server.counts.bodyBytes - before).toBeLessThan(1_200_000);
  });

  it('and when all is there, nobody is asked at all', async () => {
    const server = await serve();
    const setup = await setUp();
    const first = await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
    const { requests } = server.counts;
    const again = await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
    expect(again).toMatchObject({ hashes: first.hashes, facts: first.facts, receivedBytes: 0 });
    expect(server.counts.requests).toBe(requests);
  });

  it('whatever the journal looks like: torn, empty, of another file, or nonsense', async () => {
    const server = await serve();
    const setup = await setUp();
    await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
    const path = journalPath(setup.part);
    const good = await readFile(path, 'utf8');
    for (const text of [
      good.slice(0, -5),
      good.slice(0, 40),
      '',
      'nonsense\n',
      good.replace('"sizeBytes":6000000', '"sizeBytes":6000001'),
      good.replaceAll(/ [0-9a-f]{8}\n/g, ' 00000000\n'),
      `${good}\0\0\0\0\0\0`,
    ]) {
      await writeFile(path, text);
      const result = await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
      expect(result.hashes.sha256).toBe(await contentHash(content));
    }
    expect(parseJournal(await readFile(path, 'utf8'))?.records.length).toBeGreaterThan(3);
  });
});

describe('the disk', () => {
  it('that is full fails retryably, keeps what there is, and goes on when there is room', async () => {
    const server = await serve();
    let room = 2_000_000;
    const setup = await setUp({
      open: async (path) => {
        const file = await openDiskFile(path);
        return {
          read: (...words) => file.read(...words),
          truncate: (length) => file.truncate(length),
          stat: () => file.stat(),
          close: () => file.close(),
          write: async (bytes, offset, length, position) => {
            room -= length;
            if (room < 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
            return file.write(bytes, offset, length, position);
          },
        };
      },
    });
    await expect(
      setup.engine.start(requestOf(setup, `${server.url}/a`)).done,
    ).rejects.toMatchObject({ code: 'DOWNLOADS_DISK_FULL', retryable: true });
    room = Number.POSITIVE_INFINITY;
    const result = await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
    expect(result.hashes.sha256).toBe(await contentHash(content));
    expect(result.receivedBytes).toBeLessThan(SIZE - 500_000);
  });

  it('that is a small tmpfs fails the same', async (context) => {
    const server = await serve();
    const setup = await setUp();
    const mounted = join(setup.folder, 'small');
    await mkdir(mounted);
    const mount = asRoot('mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mounted);
    if (mount.status !== 0) return context.skip('needs the right to mount a tmpfs');
    closing.push(async () => void asRoot('umount', mounted));
    const partPath = join(mounted, 'a.part');
    await expect(
      setup.engine.start(requestOf(setup, `${server.url}/a`, { partPath })).done,
    ).rejects.toMatchObject({ code: 'DOWNLOADS_DISK_FULL', retryable: true });
    expect((await stat(partPath)).size).toBe(SIZE);
  });

  it('that may not be written to says so', async (context) => {
    if (process.getuid?.() === 0) {
      // Rights do not bind root, but a folder that is a file does.
      const server = await serve();
      const setup = await setUp();
      await writeFile(join(setup.folder, 'file'), '');
      const partPath = join(setup.folder, 'file', 'a.part');
      await expect(
        setup.engine.start(requestOf(setup, `${server.url}/a`, { partPath })).done,
      ).rejects.toMatchObject({ code: 'DOWNLOADS_FOLDER_NOT_WRITABLE', retryable: false });
      return;
    }
    if (process.platform === 'win32') return context.skip('folders have no such rights on Windows');
    const server = await serve();
    const setup = await setUp();
    await chmod(setup.folder, 0o500);
    await expect(
      setup.engine.start(requestOf(setup, `${server.url}/a`)).done,
    ).rejects.toMatchObject({ code: 'DOWNLOADS_FOLDER_NOT_WRITABLE', retryable: false });
    await chmod(setup.folder, 0o700);
  });
});

describe('hashes', () => {
  it('are those CivitAI and git give', async () => {
    const header = Buffer.from(
      '{"a":{"dtype":"U8","shape":[2500000],"data_offsets":[0,2500000]}}  ',
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const data = await contentBytes(patternContent(2_500_000, 8));
    const file = bufferContent(Buffer.concat([length, header, data]));
    const server = await serve({ files: { '/m': { content: file } } });
    const setup = await setUp();
    const { hashes } = await setup.engine.start(
      requestOf(setup, `${server.url}/m`, {
        alsoHash: ['autoV1', 'autoV3', 'blake3', 'gitSha1', 'crc32'],
      }),
    ).done;
    const bytes = await contentBytes(file);
    const of = (part: Uint8Array, name = 'sha256') => contentHash(bufferContent(part), name);
    expect(hashes).toMatchObject({
      sha256: await of(bytes),
      autoV2: (await of(bytes)).slice(0, 10),
      autoV1: (await of(bytes.subarray(1_048_576, 1_114_112))).slice(0, 8),
      autoV3: (await of(data)).slice(0, 12),
      gitSha1: await of(Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]), 'sha1'),
    });
    expect(hashes.blake3).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of small and of empty files are as right', async () => {
    const server = await serve({
      files: {
        '/hello': { content: bufferContent(Buffer.from('hello world')) },
        '/nothing': { content: bufferContent(Buffer.alloc(0)) },
      },
    });
    const setup = await setUp();
    const hello = await setup.engine.start(
      requestOf(setup, `${server.url}/hello`, { alsoHash: ['blake3', 'gitSha1'] }),
    ).done;
    expect(hello.hashes).toMatchObject({
      crc32: '85114a0d',
      gitSha1: '95d09f2b10159347eece71399a7e2e907ea3df4f',
      blake3: 'd74981efa70a0c880b8d8c1985d075dbcbf679b99a5f9914e5aaf96b831a9e24',
    });
    expect(server.counts.requests).toBe(1);
    const partPath = join(setup.folder, 'nothing.part');
    const nothing = await setup.engine.start(
      requestOf(setup, `${server.url}/nothing`, { partPath }),
    ).done;
    expect(nothing.sizeBytes).toBe(0);
    expect(nothing.hashes.sha256).toMatch(/^e3b0c442/);
    expect((await stat(partPath)).size).toBe(0);
  });
});

describe('limits', () => {
  it('hold the rate of all transfers together, and share it evenly', async () => {
    const server = await serve();
    const setup = await setUp();
    setup.engine.setRate(4_000_000);
    const begun = performance.now();
    const run = (id: string, connections: number) =>
      setup.engine.start(
        requestOf(setup, `${server.url}/a`, {
          id,
          partPath: join(setup.folder, id),
          limits: { connections, pieceBytes: 262_144 },
        }),
      );
    const few = run('few', 1);
    const many = run('many', 6);
    const done = (id: string) => setup.samples.findLast((sample) => sample.id === id)!.doneBytes;
    const reached = (name: string, bytes: number) =>
      until(setup, ({ id, doneBytes }) => id === name && doneBytes > bytes);
    // From when both are under way. Shared by connections, the one would get a sixth of what the six get.
    await reached('few', 500_000);
    const before = { few: done('few'), many: done('many') };
    await reached('many', before.many + 1_500_000);
    expect(done('few') - before.few).toBeGreaterThan(0.4 * (done('many') - before.many));
    setup.engine.setRate(null);
    await Promise.all([few.done, many.done]);
    expect(performance.now() - begun).toBeGreaterThan(700);
  });

  it('hold the connections to a host over all transfers, and idle ones serve the next file', async () => {
    const server = await serve();
    const setup = await setUp();
    setup.engine.setHostLimits({ '*': 2 });
    await Promise.all(
      Array.from(
        { length: 5 },
        (_, i) =>
          setup.engine.start(
            requestOf(setup, `${server.url}/a`, {
              id: `${i}`,
              partPath: join(setup.folder, `${i}`),
            }),
          ).done,
      ),
    );
    expect(server.counts.mostConnections).toBe(2);
    expect(server.counts.connections).toBe(2);
  });

  it('may change while it runs', async () => {
    const server = await serve({ rate: 1_500_000 });
    const setup = await setUp();
    const transfer = setup.engine.start(
      requestOf(setup, `${server.url}/a`, { limits: { connections: 1, pieceBytes: 131_072 } }),
    );
    await until(setup, ({ doneBytes }) => doneBytes > 300_000);
    expect(server.counts.mostConnections).toBe(1);
    transfer.setLimits({ connections: 6, pieceBytes: 131_072 });
    await transfer.done;
    expect(server.counts.mostConnections).toBe(6);
  });

  it('let a fast connection take over what a slow one would be late with', async () => {
    // 60 KB/s are too many to be given up for, and would take twenty seconds.
    const server = await serve({
      files: { '/a': { content: patternContent(2_400_000) } },
      faults: ({ number }) => (number === 1 ? { kind: 'rate', bytesPerSecond: 60_000 } : undefined),
    });
    const setup = await setUp();
    const result = await setup.engine.start(
      requestOf(setup, `${server.url}/a`, { limits: { connections: 2, pieceBytes: 1_200_000 } }),
    ).done;
    expect(result.durationMs).toBeLessThan(8000);
    expect(result.wastedBytes).toBeLessThan(120_000);
  });
});

describe('the way to the file', () => {
  const tls = async () => {
    const folder = new URL('../testing/fixtures/', import.meta.url);
    const [key, cert] = await Promise.all(
      ['localhost.key', 'localhost.crt'].map((name) => readFile(new URL(name, folder))),
    );
    return { key: key!, cert: cert! };
  };

  it('may be encrypted, and a certificate nobody vouches for is refused', async () => {
    const keys = await tls();
    const server = await serve({ tls: keys });
    const setup = await setUp({ ca: String(keys.cert) });
    const result = await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
    expect(result.hashes.sha256).toBe(await contentHash(content));
    const stranger = await setUp();
    await expect(
      stranger.engine.start(requestOf(stranger, `${server.url}/a`)).done,
    ).rejects.toMatchObject({ code: 'DOWNLOADS_CERTIFICATE', retryable: false });
  });

  it('may lead through a proxy with a password, plain and as a tunnel', async () => {
    const keys = await tls();
    const proxy = await startProxy('user:secret');
    closing.push(() => proxy.close());
    for (const server of [await serve(), await serve({ tls: keys })]) {
      const setup = await setUp({
        ca: String(keys.cert),
        proxy: () => new URL(proxy.url.replace('//', '//user:secret@')),
      });
      const result = await setup.engine.start(requestOf(setup, `${server.url}/a`)).done;
      expect(result.hashes.sha256).toBe(await contentHash(content));
      const wrong = await setUp({ ca: String(keys.cert), proxy: () => new URL(proxy.url) });
      const error = await wrong.engine
        .start(requestOf(wrong, `${server.url}/a`))
        .done.catch((failure: Error) => failure);
      expect(JSON.stringify(error)).not.toContain('secret');
      expect((error as { code?: string }).code).toMatch(/PROXY_REFUSED|REJECTED/);
    }
    expect(proxy.tunnels).toBeGreaterThan(0);
    expect(proxy.relayed).toBeGreaterThan(0);
  });

  it('may not lead to this machine where that is forbidden', async () => {
    const server = await serve();
    const setup = await setUp({
      guard: createAddressGuard(() => transferErrors.DOWNLOADS_ADDRESS_PRIVATE({ host: '' })),
    });
    for (const host of ['127.0.0.1', 'localhost']) {
      const url = `http://${host}:${server.port}/a`;
      await expect(setup.engine.start(requestOf(setup, url)).done).rejects.toMatchObject({
        code: 'DOWNLOADS_ADDRESS_PRIVATE',
        params: { host },
      });
    }
    expect(server.counts.connections).toBe(0);
  });

  it('tells nobody what is secret in an address or a header', async () => {
    const server = await serve({ faults: () => ({ kind: 'status', status: 403 }) });
    const setup = await setUp();
    const error = await setup.engine
      .start(
        requestOf(setup, '', {
          locate: async () => ({
            url: `${server.url}/path?token=hidden1`,
            headers: { Authorization: 'Bearer hidden2' },
          }),
        }),
      )
      .done.catch((failure: Error) => failure);
    const said = `${(error as Error).stack} ${JSON.stringify(error)} ${JSON.stringify(setup.samples)}`;
    expect(said).not.toMatch(/hidden|path/);
    const broken = setup.engine.start(
      requestOf(setup, '', {
        locate: async () => ({ url: server.url, headers: { A: 'x\r\nHost: hidden' } }),
      }),
    );
    await expect(broken.done).rejects.toMatchObject({ code: 'DOWNLOADS_ADDRESS_INVALID' });
  });
});

describe('the engine in its thread', () => {
  it('asks across for the address and shows the head, and gives results and errors back', async () => {
    const server = await serve({
      files: { '/a': { content, disposition: 'attachment; filename="ü.bin"' } },
    });
    const setup = await setUp();
    const engine = createTransferEngine();
    closing.push(() => engine.stop());
    const seen: number[] = [];
    const request = requestOf(setup, `${server.url}/a`, {
      inspectHead: async (head) => void seen.push(head.length),
    });
    const result = await engine.start(request).done;
    expect(result.hashes.sha256).toBe(await contentHash(content));
    expect(seen).toEqual([1 << 20]);
    const own = new Error('found out');
    const partPath = join(setup.folder, 'other');
    const inspectHead = async (): Promise<void> => {
      throw own;
    };
    await expect(engine.start({ ...request, partPath, inspectHead }).done).rejects.toBe(own);
    await expect(
      engine.start(requestOf(setup, `${server.url}/b`, { partPath })).done,
    ).rejects.toMatchObject({ code: 'DOWNLOADS_NOT_FOUND', status: 404 });
  });

  it('pauses, and goes on in a new thread', async () => {
    const server = await serve({ rate: 2_000_000 });
    const setup = await setUp();
    const engine = createTransferEngine();
    const transfer = engine.start(requestOf(setup, `${server.url}/a`));
    const outcome = transfer.done.catch((error: Error) => error.name);
    await new Promise<void>((resolve) => {
      engine.onSample(([sample]) => {
        if (sample!.doneBytes > 1_000_000) resolve();
      });
    });
    await engine.stop();
    expect(await outcome).toBe('AbortError');
    const next = createTransferEngine();
    closing.push(() => next.stop());
    const result = await next.start(requestOf(setup, `${server.url}/a`)).done;
    expect(result.receivedBytes).toBeLessThan(SIZE - 900_000);
  });
});
