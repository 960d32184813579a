import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAntivirus, createAutomatic, withAntivirus } from './antivirus.ts';

/** The test file of the antivirus trade, in two halves so that this one is not found. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(
  '',
);
let folder: string;
const open = new Set<Server>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizashi-antivirus-'));
  await writeFile(join(folder, 'eicar'), EICAR);
  await writeFile(join(folder, 'plain'), 'hello');
});
afterEach(async () => {
  for (const server of open) await new Promise((done) => server.close(done));
  open.clear();
});
afterAll(() => rm(folder, { recursive: true }));

/** Speaks clamd's INSTREAM: reads the chunks and answers as `judge` says; `most` is its StreamMaxLength. */
async function fakeClamd(
  judge: (bytes: Buffer) => string,
  most = Number.POSITIVE_INFINITY,
): Promise<string> {
  const server = createServer((socket) => {
    let input = Buffer.alloc(0);
    const content: Buffer[] = [];
    let started = false;
    let size = 0;
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      input = Buffer.concat([input, bytes]);
      if (!started) {
        const command = 'zINSTREAM\0';
        if (input.length < command.length) return;
        if (input.toString('latin1', 0, command.length) !== command) {
          socket.end('UNKNOWN COMMAND\0');
          return;
        }
        input = input.subarray(command.length);
        started = true;
      }
      while (input.length >= 4) {
        const length = input.readUInt32BE();
        if (length === 0) {
          socket.end(`${judge(Buffer.concat(content))}\0`);
          return;
        }
        if (input.length < 4 + length) return;
        size += length;
        if (size > most) {
          socket.end('INSTREAM size limit exceeded. ERROR\0');
          return;
        }
        content.push(input.subarray(4, 4 + length));
        input = input.subarray(4 + length);
      }
    });
  });
  open.add(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function resultOf(setting: string, name: string) {
  const path = join(folder, name);
  return (await createAntivirus(setting, { PATH: '' }).check([path])).get(path);
}

describe('clamd', () => {
  const judge = (bytes: Buffer) =>
    bytes.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';

  it('is sent the bytes and says what it found', async () => {
    const address = await fakeClamd(judge);
    expect(await resultOf(address, 'eicar')).toEqual({
      result: 'found',
      signature: 'Eicar-Test-Signature',
    });
    expect(await resultOf(address, 'plain')).toEqual({ result: 'clean', signature: null });
  });

  it('that takes no more bytes, or stops at a limit, has not said clean', async () => {
    await writeFile(join(folder, 'large'), Buffer.alloc(1024 * 1024));
    expect(await resultOf(await fakeClamd(judge, 1000), 'large')).toMatchObject({
      result: 'limit',
    });
    const limits = await fakeClamd(() => 'stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND');
    expect(await resultOf(limits, 'plain')).toMatchObject({ result: 'limit' });
  });

  it('that is not there, or answers nonsense, has failed', async () => {
    expect(await resultOf('unix:/nowhere/clamd.ctl', 'plain')).toMatchObject({ result: 'failed' });
    expect(await resultOf(await fakeClamd(() => 'what?'), 'plain')).toMatchObject({
      result: 'failed',
    });
    expect(await resultOf(await fakeClamd(judge), 'no-such-file')).toMatchObject({
      result: 'failed',
    });
  });

  it('ends when the caller ends it', async () => {
    const silent = createServer(() => {});
    open.add(silent);
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const sockets = new Promise<void>((done) => silent.once('connection', () => done()));
    const abort = new AbortController();
    const path = join(folder, 'plain');
    const { port } = silent.address() as AddressInfo;
    const check = createAntivirus(`tcp://127.0.0.1:${port}`, {}).check([path], abort.signal);
    await sockets;
    abort.abort(new Error('enough'));
    await expect(check).rejects.toThrow('enough');
  });
});

describe('the setting', () => {
  it('off asks nobody', async () => {
    expect(await resultOf('off', 'eicar')).toEqual({ result: 'off', signature: null });
  });

  it('auto takes a clamscan without signatures for none, and asks it no second time', async () => {
    const calls = join(folder, 'calls');
    const bin = await mkdtemp(join(folder, 'bin-'));
    await writeFile(
      join(bin, 'clamscan'),
      `#!/bin/sh\necho called >> '${calls}'\necho 'LibClamAV Error: cli_loaddbdir: No supported database files found' >&2\nexit 2\n`,
    );
    await chmod(join(bin, 'clamscan'), 0o755);
    const antivirus = createAutomatic({ PATH: bin }, []);
    const path = join(folder, 'plain');
    for (let i = 0; i < 2; i++) {
      expect((await antivirus.check([path])).get(path)).toEqual({
        result: 'absent',
        signature: null,
      });
    }
    expect(await readFile(calls, 'utf8')).toBe('called\n');
  });
});

describe('our verdict and theirs', () => {
  const scan = { path: 'a', verdict: 'clean', reasons: [], imports: [] } as const;
  const judged = (result: 'clean' | 'found' | 'limit' | 'failed' | 'absent') => {
    const { verdict, reasons } = withAntivirus(
      { ...scan, reasons: [], imports: [] },
      { result, signature: null },
    );
    return [verdict, ...reasons];
  };

  it('count together, the worse one first', () => {
    expect(judged('absent')).toEqual(['clean']);
    expect(judged('found')).toEqual(['dangerous', 'antivirus.found']);
    expect(judged('limit')).toEqual(['unscannable', 'antivirus.limit']);
    expect(judged('failed')).toEqual(['unscannable', 'antivirus.failed']);
  });
});

const PROGRAM = 'clamscan';
const isInstalled = spawnSync(PROGRAM, ['--version']).status === 0;
if (!isInstalled) console.info(`skipped: ${PROGRAM} is not installed (Debian: apt install clamav)`);

describe.skipIf(!isInstalled)('clamscan', () => {
  it('finds, and says limit for what it passes over', async () => {
    // One signature of our own instead of the official database: the test string at the beginning of any file.
    const signature = Buffer.from(EICAR).toString('hex');
    await writeFile(join(folder, 'test.ndb'), `Kizashi.Eicar:0:0:${signature}\n`);
    const program = join(folder, 'clamscan-here');
    await writeFile(
      program,
      `#!/bin/sh\nexec clamscan -d '${join(folder, 'test.ndb')}' --max-filesize=1M "$@" --max-filesize=1M\n`,
    );
    await chmod(program, 0o755);
    await writeFile(join(folder, 'too-large'), Buffer.alloc(2 * 1024 * 1024, 'x'));
    const paths = ['eicar', 'plain', 'too-large', 'no-such-file'].map((name) => join(folder, name));
    const results = await createAntivirus(program, {}).check(paths);
    expect(paths.map((path) => results.get(path)?.result)).toEqual([
      'found',
      'clean',
      'limit',
      'failed',
    ]);
  });
});
