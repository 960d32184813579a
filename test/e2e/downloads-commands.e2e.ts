import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../packages/cli/src/exit-codes.ts';
import {
  type StandIn,
  startStandIn,
} from '../../packages/server/src/workspaces/downloads/testing/stand-in/stand-in.ts';
import { setUp } from './support/api.ts';
import {
  bareEnvironment,
  kizashi,
  type Product,
  root,
  startProduct,
  temporaryFolder,
} from './support/product.ts';

const JAPANESE = { LANG: 'ja_JP.UTF-8' };
const CLI = join(root, 'packages/cli/bin/kizashi.mjs');

interface Job {
  readonly id: string;
  readonly state: string;
  readonly items: number;
  readonly counts: Readonly<Record<string, number>>;
}

describe('kizashi downloads, without a server', () => {
  let standIn: StandIn;
  let env: Record<string, string>;
  let data: string;
  beforeAll(async () => {
    standIn = await startStandIn({ anonymous: true, rate: 1_000_000 });
    data = temporaryFolder();
    env = { KIZASHI_DATA: data, KIZASHI_DEMO: 'off', ...standIn.environment };
  });
  afterAll(() => standIn?.close());
  const run = (args: readonly string[], more = {}) =>
    kizashi(['downloads', ...args], { ...env, ...more });
  async function json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await run([...args, '--json']);
    if (code !== exitCodes.ok) throw new Error(`${args.join(' ')}: ${code} ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  it('finds, fetches to the end with progress, and keeps what was promised', async () => {
    const found = await json<{ items: { id: string }[] }>('search', 'lantern');
    expect(found.items.map(({ id }) => id)).toContain('600001');
    const added = await run(['add', `${standIn.civitai.url}/models/600005`, '--wait', '--json']);
    expect(added).toMatchObject({ code: exitCodes.ok });
    expect(JSON.parse(added.stdout)).toMatchObject({ state: 'COMPLETED' });
    // Plain lines where nobody looks at a terminal.
    expect(added.stderr).not.toContain('\u001b');
    const { items } = await json<{ items: { path: string; sha256: string; verified: string }[] }>(
      'library',
    );
    expect(items.length).toBeGreaterThan(0);
    for (const { path, sha256, verified } of items) {
      const bytes = readFileSync(join(data, 'library', path));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(verified).toBe('sha256');
    }
  });

  it('a link that cannot be used fails at once, with or without waiting, and says why', async () => {
    const { code, stderr } = await run(['add', 'not-a-link']);
    expect(code).toBe(exitCodes.failed);
    expect(stderr).toContain('not-a-link: This is no link that can be fetched.');
  });

  it('a manifest with wrong lines fails with them, in the language of the terminal', async () => {
    const manifest = join(data, 'list.txt');
    writeFileSync(manifest, `${standIn.civitai.url}/models/600009\nnot a link\n`);
    const { code, stdout, stderr } = await run(['add', '--manifest', manifest, '--wait'], JAPANESE);
    expect(code).toBe(exitCodes.failed);
    expect(stdout).toContain('list.txt');
    expect(stderr).toContain('2 ファイル中 1 件が失敗しました');
  });

  it('Ctrl-C ends the waiting and leaves the queue as it is; later it goes on', async () => {
    const link = `${standIn.civitai.url}/models/600101`;
    const child = spawn(process.execPath, [CLI, 'downloads', 'add', link, '--wait'], {
      cwd: root,
      env: bareEnvironment(env),
    });
    let said = '';
    const ended = new Promise<number | null>((done) => child.once('close', done));
    const begun = Promise.withResolvers<void>();
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      begun.resolve();
    });
    await begun.promise;
    child.kill('SIGINT');
    expect(await ended).toBe(exitCodes.ok);
    expect(said).toContain('The queue stays as it is');
    const { items } = await json<{ items: Job[] }>('list');
    const job = items[0]!;
    expect(job.state).not.toBe('COMPLETED');
    expect(await json<Job>('status', job.id, '--wait')).toMatchObject({ state: 'COMPLETED' });
  });

  it('waiting for what is held says what it waits for', async () => {
    await json('settings', 'keepFreeBytes=900000000000000');
    const link = `${standIn.civitai.url}/models/600012`;
    const child = spawn(process.execPath, [CLI, 'downloads', 'add', link, '--wait'], {
      cwd: root,
      env: bareEnvironment(env),
    });
    const ended = new Promise<number | null>((done) => child.once('close', done));
    const told = Promise.withResolvers<void>();
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('held: by the disk')) told.resolve();
    });
    await told.promise;
    child.kill('SIGINT');
    expect(await ended).toBe(exitCodes.ok);
    await json('settings', 'keepFreeBytes=0');
  });
});

describe('kizashi downloads, with a server', () => {
  let standIn: StandIn;
  let product: Product;
  let env: Record<string, string>;
  let data: string;
  beforeAll(async () => {
    standIn = await startStandIn({ anonymous: true });
    data = temporaryFolder();
    product = await startProduct(data, { KIZASHI_DEMO: 'off', ...standIn.environment });
    const admin = await setUp(product);
    const { secret } = await admin.post<{ secret: string }>('/api/tokens', {
      name: 'script',
      scopes: ['downloads.read', 'downloads.run', 'downloads.manage'],
      expiresAt: null,
    });
    env = { KIZASHI_SERVER: product.url, KIZASHI_TOKEN: secret };
  });
  afterAll(async () => {
    await product?.stop();
    await standIn?.close();
  });
  const run = (args: readonly string[], more = {}) =>
    kizashi(['downloads', ...args], { ...env, ...more });
  async function json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await run([...args, '--json']);
    if (code !== exitCodes.ok) throw new Error(`${args.join(' ')}: ${code} ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  it('jobs are paused, changed in priority, cancelled and tried again by their id', async () => {
    const link = `${standIn.civitai.url}/api/download/models/800012`;
    const job = await json<Job>('add', link, '--paused', '--name', 'Later');
    expect(job.state).toBe('PAUSED');
    const changed = await json<{ jobs: { priority: number }[] }>('priority', '50', job.id);
    expect(changed.jobs[0]).toMatchObject({ priority: 50 });
    const cancelled = await json<{ jobs: Job[] }>('cancel', job.id);
    expect(cancelled.jobs[0]).toMatchObject({ state: 'CANCELLED' });
    const again = await json<{ jobs: Job[] }>('retry', job.id, '--wait');
    expect(again.jobs[0]).toMatchObject({ state: 'COMPLETED' });
    const quiet = await run(['release', job.id, '--reason', 'because', '--json']);
    expect(quiet.code).toBe(exitCodes.denied);
    const unknown = await run(['pause', '01m832p3fwhhsfk6cq30jydvn3', '--json']);
    expect(unknown.code).toBe(exitCodes.failed);
    expect(unknown.stderr).toContain('NOT_FOUND');
  });

  it('settings, optimiser and the report are there for programs and people', async () => {
    const before = await json<{ maxFiles: number; mode: string }>('settings');
    const after = await json<{ maxFiles: number; mode: string }>('settings', 'maxFiles=3');
    expect(after).toEqual({ ...before, maxFiles: 3 });
    expect(await json<{ mode: string }>('optimiser')).toMatchObject({ mode: before.mode });
    for (const format of ['html', 'pdf', 'json']) {
      const file = join(data, `report.${format}`);
      await json('report', '--out', file);
      expect(existsSync(file), format).toBe(true);
    }
    expect(readFileSync(join(data, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await run(['report'], JAPANESE)).stdout).toContain('成功率');
  });

  it.each([
    [['add'], 'DOWNLOADS_NOTHING_NAMED'],
    [['add', '--manifest', 'nowhere.txt'], 'FILE_UNREADABLE'],
    [['add', 'https://a.example/x', '--manifest', 'a.txt'], 'DOWNLOADS_MANIFEST_ALONE'],
    [['add', 'https://a.example/x', '--parallel', '0'], 'USAGE'],
    [['priority', '1000', 'x'], 'DOWNLOADS_PRIORITY_INVALID'],
    [['list', '--state', 'gone'], 'USAGE'],
    [['report', '--out', 'report'], 'DOWNLOADS_REPORT_FORMAT_UNKNOWN'],
    [['settings', 'speed=9'], 'DOWNLOADS_SETTING_UNKNOWN'],
    [['settings', 'maxFiles=lots'], 'REQUEST_INVALID'],
    [['release', 'x'], 'USAGE'],
  ])('%j is wrong input and says so', async (args, code) => {
    const { code: exit, stdout, stderr } = await run([...args, '--json']);
    expect({ exit, stdout }).toEqual({ exit: exitCodes.usage, stdout: '' });
    const { error } = JSON.parse(stderr) as { error: { code: string; message: string } };
    expect(error.code).toBe(code);
  });
});
