import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { fromJson } from '../../../core/db/columns.ts';
import { describeDatabases } from '../../../testing/databases.ts';
import type { Hashes } from '../contract.ts';
import { sourceErrors } from '../sources/errors.ts';
import type { Source, SourceFile } from '../sources/source.ts';
import {
  type DownloadsWorld,
  openDownloadsWorld,
  type WorldOptions,
} from '../testing/downloads-world.ts';
import { transferErrors } from '../transfer/errors.ts';
import { isDriven, LEASE_MS } from './lease.ts';
import { LANE } from './states.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const url = (name: string) => `https://host.example/${name}`;
/** Every address has its own content. */
const serve = (address: string) => `content of ${address}`;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
const ownFiles = (root: string) => filesBelow(root).filter((path) => !path.includes('metadata'));

describeDatabases('the runner', (databases) => {
  const folders: string[] = [];
  const worlds: DownloadsWorld[] = [];
  async function open(options: Partial<WorldOptions> = {}): Promise<DownloadsWorld> {
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'kizashi-runner-'));
    folders.push(folder);
    const world = await openDownloadsWorld(databases, { ...options, folder });
    worlds.push(world);
    return world;
  }
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close();
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('brings files into the library under the names of the template, with metadata beside them', async () => {
    const world = await open({ serve });
    await world.runner.start();
    const job = await world.add([url('a.bin'), url('sub/b.bin')], { name: 'two' });
    const done = await world.reached(job.id, 'COMPLETED');
    expect(done).toMatchObject({ n_completed: 2, n_pending: 0, finished_at: expect.any(Number) });
    expect(filesBelow(world.root)).toEqual([
      'http/a.bin',
      'http/a.bin.metadata.json',
      'http/b.bin',
      'http/b.bin.metadata.json',
    ]);
    expect(readFileSync(join(world.root, 'http/a.bin'), 'utf8')).toBe(serve(url('a.bin')));
    const metadata = JSON.parse(readFileSync(join(world.root, 'http/a.bin.metadata.json'), 'utf8'));
    expect(metadata).toMatchObject({
      file: 'a.bin',
      hashes: { sha256: sha256(serve(url('a.bin'))) },
    });
    expect(done.done_bytes).toBe(done.size_bytes);
    await world.time.until(() => world.told.length > 0);
    expect(world.told).toEqual(['COMPLETED two']);
  });

  it('gives the second of two files with one name a number, and links the second of two with one content', async () => {
    const world = await open({ serve: (address) => (address.includes('x/') ? 'same' : address) });
    await world.runner.start();
    const job = await world.add([
      url('1/f.bin'),
      url('2/f.bin'),
      url('x/g.bin'),
      url('x/h.bin'),
      url('x/2/g.bin'),
    ]);
    await world.reached(job.id, 'COMPLETED');
    expect(ownFiles(world.root)).toEqual([
      'http/f (2).bin',
      'http/f.bin',
      'http/g.bin',
      'http/h.bin',
    ]);
    const [g, h] = ['g', 'h'].map((name) => statSync(join(world.root, `http/${name}.bin`)));
    expect(g?.ino).toBe(h?.ino);
    const items = await world.items(job.id);
    expect(items.map((item) => item.linked)).toEqual([0, 0, 0, 1, 1]);
    const files = await world.query.selectFrom('downloads_files').selectAll().execute();
    expect(files.map((file) => file.path).sort()).toHaveLength(3);
  });

  it('fetches nothing of what the library has: a hash that was promised is enough', async () => {
    const world = await open({ serve });
    await world.runner.start();
    const first = await world.add([url('a.bin')]);
    await world.reached(first.id, 'COMPLETED');
    const inputs = [
      {
        kind: 'link' as const,
        url: url('mirror/z.bin'),
        hashes: { sha256: sha256(serve(url('a.bin'))).toUpperCase() },
      },
    ];
    const second = await world.queue.add(
      {
        name: '',
        strategy: 'adaptive',
        parallelFiles: 4,
        priority: 0,
        files: 'primary',
        paused: false,
      },
      inputs,
      'ann',
    );
    await world.reached(second.id, 'COMPLETED');
    expect(world.engine.started).toHaveLength(1);
    expect(ownFiles(world.root)).toEqual(['http/a.bin', 'http/z.bin']);
    expect((await world.items(second.id))[0]).toMatchObject({ linked: 1 });
    const [file] = await world.query.selectFrom('downloads_files').selectAll().execute();
    expect(file?.saved_bytes).toBe(serve(url('a.bin')).length);
  });

  it('pauses a file in the midst of it, keeps what there is, and goes on with the same part file', async () => {
    const world = await open();
    await world.runner.start();
    const job = await world.add([url('big.bin')]);
    await world.reached(job.id, 'PROCESSING');
    await world.time.until(() => world.engine.running.size === 1);
    const [item] = await world.items(job.id);
    world.engine.running.get(item!.id)!.progress({ doneBytes: 700, sizeBytes: 1000 });
    await world.queue.actOnJob(job.id, 'pause', 'ann');
    await world.time.until(() => world.engine.running.size === 0);
    await world.time.until(async () => (await world.items(job.id))[0]?.done_bytes === 700);
    expect(await world.states(job.id)).toEqual(['PAUSED']);
    expect(await world.queue.requireJob(job.id)).toMatchObject({
      state: 'PAUSED',
      done_bytes: 700,
      size_bytes: 1000,
    });
    await world.queue.actOnJob(job.id, 'resume', 'ann');
    await world.time.until(() => world.engine.running.size === 1);
    expect(world.engine.started[1]?.partPath).toBe(world.engine.started[0]?.partPath);
    world.engine.running.get(item!.id)!.finish('x'.repeat(1000));
    expect(await world.reached(job.id, 'COMPLETED')).toMatchObject({
      done_bytes: 1000,
      size_bytes: 1000,
    });
  });

  it('cancels a file, and its part file goes', async () => {
    const world = await open();
    await world.runner.start();
    const job = await world.add([url('big.bin')]);
    await world.time.until(() => world.engine.running.size === 1);
    const [item] = await world.items(job.id);
    world.engine.running.get(item!.id)!.progress({ doneBytes: 10 });
    await world.queue.actOnItem(item!.id, 'cancel');
    await world.reached(job.id, 'CANCELLED');
    await world.time.until(() => !existsSync(world.folder.partPath(item!.id)));
    expect(world.told).toEqual([]);
  });

  it('tries again what may pass, later each time, and says why it gave up', async () => {
    const world = await open({ settings: { maxAttempts: 3 } });
    await world.runner.start();
    const job = await world.add([url('a.bin')]);
    for (let attempt = 1; attempt <= 3; attempt++) {
      await world.time.until(() => world.engine.running.size === 1);
      const [item] = await world.items(job.id);
      expect(item).toMatchObject({ attempt });
      world.engine.running
        .get(item!.id)!
        .fail(transferErrors.DOWNLOADS_CONNECTION_LOST({ host: 'host.example' }));
      if (attempt === 3) break;
      await world.time.until(async () => (await world.items(job.id))[0]?.phase === 'backing-off');
      const [waiting] = await world.items(job.id);
      const base = 2_000 * 2 ** (attempt - 1);
      const wait = waiting!.retry_at! - world.clock.now();
      expect(wait).toBeGreaterThan(base / 2);
      expect(wait).toBeLessThan(base * 1.3);
    }
    expect(await world.reached(job.id, 'FAILED')).toMatchObject({ n_failed: 1 });
    const [item] = await world.items(job.id);
    expect(fromJson(item!.error!)).toMatchObject({
      code: 'DOWNLOADS_CONNECTION_LOST',
      en: expect.stringContaining('host.example'),
      ja: expect.stringContaining('host.example'),
      retryable: true,
    });
    await world.time.until(() => world.told.length > 0);
    expect(world.told).toEqual(['FAILED a.bin']);
    await world.queue.actOnJob(job.id, 'retry', 'ann');
    await world.time.until(() => world.engine.running.size === 1);
    expect((await world.items(job.id))[0]).toMatchObject({ attempt: 1 });
  });

  it('tries again as soon as it was to, though the clock is set back by days; a start time stays', async () => {
    const world = await open();
    await world.runner.start();
    const later = await world.add([url('b.bin')], { startAt: world.clock.now() + 3_600_000 });
    const job = await world.add([url('a.bin')]);
    await world.time.until(() => world.engine.running.size === 1);
    const [item] = await world.items(job.id);
    world.engine.running
      .get(item!.id)!
      .fail(transferErrors.DOWNLOADS_CONNECTION_LOST({ host: 'host.example' }));
    await world.time.until(async () => (await world.items(job.id))[0]?.phase === 'backing-off');
    const setBack = world.clock.now() - 5 * 86_400_000;
    world.time.setClock(setBack);
    await world.time.until(async () => (await world.items(job.id))[0]?.phase !== 'backing-off');
    expect(world.clock.now() - setBack).toBeLessThan(5_000);
    await world.time.until(() => world.engine.running.size === 1);
    expect((await world.items(later.id))[0]).toMatchObject({ phase: 'held', lane: LANE.later });
  });

  it('waits a day at most, whatever a server asks for', async () => {
    const world = await open();
    await world.runner.start();
    const job = await world.add([url('a.bin')]);
    await world.time.until(() => world.engine.running.size === 1);
    const [item] = await world.items(job.id);
    world.engine.running
      .get(item!.id)!
      .fail(sourceErrors.DOWNLOADS_SOURCE_RATE_LIMITED({ host: 'h', seconds: 999_999_999 }));
    await world.time.until(async () => (await world.items(job.id))[0]?.phase === 'backing-off');
    const wait = (await world.items(job.id))[0]!.retry_at! - world.clock.now();
    expect(wait).toBeLessThanOrEqual(86_400_000);
    expect(wait).toBeGreaterThan(86_000_000);
  });

  it('does not try again what will not pass', async () => {
    const world = await open();
    await world.runner.start();
    const job = await world.add([url('a.bin')]);
    await world.time.until(() => world.engine.running.size === 1);
    const fail = [...world.engine.running.values()][0]!.fail;
    fail(transferErrors.DOWNLOADS_NOT_FOUND({ host: 'host.example', status: 404 }));
    await world.reached(job.id, 'FAILED');
    expect(world.engine.started).toHaveLength(1);
  });

  it('keeps the part file when the disk is full, and goes on by itself when there is room', async () => {
    const world = await open();
    await world.runner.start();
    const job = await world.add([url('a.bin')]);
    await world.time.until(() => world.engine.running.size === 1);
    const [item] = await world.items(job.id);
    world.engine.running.get(item!.id)!.progress({ doneBytes: 5 });
    world.disk.free = 0;
    await world.time.until(() => world.engine.running.size === 0);
    await world.time.until(() => world.progress.at(-1)?.queue.heldBy === 'disk');
    expect(await world.states(job.id)).toEqual(['PENDING']);
    expect(statSync(world.folder.partPath(item!.id)).size).toBe(5);
    world.disk.free = 1e12;
    await world.time.until(() => world.engine.running.size === 1);
    world.engine.running
      .get(item!.id)!
      .fail(transferErrors.DOWNLOADS_DISK_FULL({ needed: 1, free: 0 }));
    await world.time.until(async () => (await world.items(job.id))[0]?.held_by === 'disk');
    expect((await world.items(job.id))[0]).toMatchObject({ attempt: 0, error: null });
    await world.time.until(() => world.engine.running.size === 1);
  });

  it('lets a file wait that does not fit, and begins smaller ones behind it', async () => {
    const file = (n: number, sizeBytes: number): SourceFile => ({
      ref: `civitai:1/${n}`,
      name: `${n}.bin`,
      sizeBytes,
      hashes: {},
      primary: true,
      model: null,
      barrier: null,
    });
    const world = await open({ sources: [listing([[file(1, 5e9), file(2, 1e9)]])] });
    world.disk.free = 3e9;
    await world.runner.start();
    const job = await addModel(world);
    await world.time.until(() => world.engine.running.size === 1);
    expect(await world.states(job.id)).toEqual(['PENDING', 'PROCESSING']);
    expect((await world.items(job.id))[0]).toMatchObject({ held_by: 'disk', phase: 'held' });
  });

  it('stops where the schedule says so, and goes on when the window is over', async () => {
    const world = await open();
    await world.runner.start();
    const job = await world.add([url('a.bin')]);
    await world.time.until(() => world.engine.running.size === 1);
    // 5 January 2026, 09:00 in Tokyo: a Monday.
    await world.change({
      schedule: {
        windows: [{ days: [1], from: '08:00', to: '09:30', bytesPerSecond: 0 }],
        otherwise: { bytesPerSecond: 5000 },
      },
    });
    await world.time.until(() => world.engine.running.size === 0);
    await world.time.until(() => world.progress.at(-1)?.queue.heldBy === 'schedule');
    expect(await world.states(job.id)).toEqual(['PENDING']);
    await world.time.until(() => world.engine.running.size === 1, 20_000);
    expect(world.clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-01-05T09:30+09:00'));
    expect(world.engine.rates.at(-1)).toBe(5000);
  });

  it('keeps to the strategies of jobs, to priorities, to hosts and to the most files at once', async () => {
    const world = await open({ settings: { maxFiles: 9, hosts: { 'slow.example': 1 } } });
    world.optimiser.files = 1;
    const names = (host: string) => [1, 2, 3].map((n) => `https://${host}/${host}-${n}`);
    await world.add(names('one.example'), { strategy: 'sequential' });
    await world.add(names('two.example'), { strategy: 'parallel', parallelFiles: 2 });
    await world.add(names('three.example'), { strategy: 'adaptive' });
    await world.add(names('slow.example'), { strategy: 'parallel', parallelFiles: 9 });
    const urgent = await world.add(names('five.example'), { strategy: 'sequential', priority: 9 });
    await world.runner.start();
    await world.time.until(() => world.engine.running.size === 6);
    const running = async () =>
      (
        await world.query
          .selectFrom('downloads_items')
          .select('name')
          .where('lane', '=', 0)
          .orderBy('place')
          .orderBy('id')
          .execute()
      ).map(({ name }) => name);
    expect(await running()).toEqual([
      'five.example-1',
      'one.example-1',
      'two.example-1',
      'two.example-2',
      'three.example-1',
      'slow.example-1',
    ]);
    await world.time.until(
      () => world.progress.at(-1)?.fullHosts.includes('slow.example') ?? false,
    );
    await world.change({ maxFiles: 6, hosts: {} });
    const [first] = await world.items(urgent.id);
    world.engine.running.get(first!.id)!.finish('done');
    await world.time.until(async () => (await running()).includes('five.example-2'));
  });

  it('waits for the start time of a job', async () => {
    const world = await open({ serve });
    await world.runner.start();
    const startAt = world.clock.now() + 3_600_000;
    const job = await world.add([url('a.bin')], { startAt });
    expect((await world.items(job.id))[0]).toMatchObject({ phase: 'held', held_by: 'start-time' });
    await world.time.until(async () => world.clock.now() > startAt - 60_000, 30_000);
    expect(await world.states(job.id)).toEqual(['PENDING']);
    await world.reached(job.id, 'COMPLETED');
    expect(world.clock.now()).toBeGreaterThanOrEqual(startAt);
  });

  it('puts dangerous files into quarantine without an extension, readable by nobody else, and tells of it', async () => {
    const world = await open({
      serve,
      scan: async ({ name }) => ({
        verdict: name.includes('evil') ? 'dangerous' : 'suspicious',
        reasons: ['pickle.dangerous-import'],
        imports: [{ module: 'os', name: 'system', level: 'dangerous' }],
      }),
    });
    await world.runner.start();
    const job = await world.add([url('evil.ckpt'), url('odd.ckpt')]);
    await world.reached(job.id, 'COMPLETED');
    const files = await world.query.selectFrom('downloads_files').selectAll().execute();
    const evil = files.find((file) => file.verdict === 'dangerous')!;
    expect(evil).toMatchObject({ state: 'quarantined', path: 'http/evil.ckpt', path_key: null });
    expect(filesBelow(world.root)).toEqual([
      `.kizashi/quarantine/${evil.id}`,
      'http/odd.ckpt',
      'http/odd.ckpt.metadata.json',
    ]);
    expect(statSync(world.folder.quarantinePath(evil.id)).mode & 0o777).toBe(0o400);
    expect(world.told).toContain('quarantined http/evil.ckpt');
    await expect(world.library.content(evil.id)).rejects.toMatchObject({
      code: 'DOWNLOADS_FILE_QUARANTINED',
    });
    const released = await world.library.release(evil.id, { actor: 'ann', reason: 'looked at it' });
    expect(released).toMatchObject({ state: 'stored', released_by: 'ann' });
    expect(readFileSync(join(world.root, 'http/evil.ckpt'), 'utf8')).toBe(serve(url('evil.ckpt')));
    const { items: log } = await world.audit.list({ limit: 9 });
    expect(log.find(({ action }) => action === 'downloads.file.released')).toMatchObject({
      actor: 'ann',
      target: 'http/evil.ckpt',
      details: { reason: 'looked at it', verdict: 'dangerous' },
    });
    await world.library.remove(evil.id, 'ann');
    expect(ownFiles(world.root)).toEqual(['http/odd.ckpt']);
  });

  it('waits for a library folder that cannot be written, and goes on by itself', async () => {
    const world = await open({ serve });
    writeFileSync(world.root, 'a file in its place');
    await world.runner.start();
    const job = await world.add([url('a.bin'), url('b.bin')]);
    await world.time.until(() => world.progress.at(-1)?.queue.heldBy === 'library');
    expect(await world.states(job.id)).toEqual(['PENDING', 'PENDING']);
    rmSync(world.root);
    await world.reached(job.id, 'COMPLETED');
  });

  it('leaves no trace of what an address hides in its query', async () => {
    const world = await open({ serve });
    await world.runner.start();
    const good = await world.add([`${url('a.bin')}?X-Amz-Signature=SECRET`]);
    await world.reached(good.id, 'COMPLETED');
    expect(world.engine.started).toHaveLength(1);
    const { url: address } = await world.engine.started[0]!.locate(
      'start',
      new AbortController().signal,
    );
    expect(address).toContain('SECRET');
    const tables = ['jobs', 'inputs', 'items', 'files', 'links'] as const;
    const kept: unknown[] = [world.progress, world.notes, await world.audit.list({ limit: 50 })];
    for (const table of tables) {
      kept.push(await world.query.selectFrom(`downloads_${table}`).selectAll().execute());
    }
    for (const path of filesBelow(world.root)) {
      kept.push(path, path.endsWith('.json') ? readFileSync(join(world.root, path), 'utf8') : '');
    }
    expect(JSON.stringify(kept)).not.toContain('SECRET');
  });

  it('writes nothing through a symbolic link that somebody has put into the library', async () => {
    const world = await open({ serve });
    const outside = mkdtempSync(join(tmpdir(), 'kizashi-outside-'));
    folders.push(outside);
    await mkdir(world.root, { recursive: true });
    symlinkSync(outside, join(world.root, 'http'));
    await world.runner.start();
    const job = await world.add([url('a.bin')]);
    await world.reached(job.id, 'FAILED');
    expect(readdirSync(outside)).toEqual([]);
    const [item] = await world.items(job.id);
    expect(fromJson(item!.error!).code).toBe('DOWNLOADS_LIBRARY_LINK');
  });

  it('takes nothing that lies in the library already for its own', async () => {
    const world = await open({ serve });
    await mkdir(join(world.root, 'http'), { recursive: true });
    writeFileSync(join(world.root, 'http/a.bin'), 'of somebody');
    await world.runner.start();
    const job = await world.add([url('a.bin')]);
    await world.reached(job.id, 'COMPLETED');
    expect(ownFiles(world.root)).toEqual(['http/a (2).bin', 'http/a.bin']);
    expect(readFileSync(join(world.root, 'http/a.bin'), 'utf8')).toBe('of somebody');
  });

  it('lists models page by page, each page once, and says which input could not be listed', async () => {
    const pages = [1, 2, 3].map((page) =>
      [1, 2].map((n) => ({
        ref: `civitai:${page}/${n}`,
        name: `${page}-${n}.bin`,
        sizeBytes: 10,
        hashes: {},
        primary: n === 1,
        model: null,
        barrier: n === 1 && page === 3 ? 'early-access' : null,
      })),
    );
    const world = await open({ sources: [listing(pages)], serve });
    await world.runner.start();
    const job = await addModel(world);
    const done = await world.reached(job.id, 'FAILED');
    expect(done).toMatchObject({ open_inputs: 0, n_completed: 5, n_failed: 1 });
    const items = await world.items(job.id);
    expect(items.map((item) => item.name)).toEqual(pages.flat().map(({ name }) => name));
    expect(fromJson(items[4]!.error!).code).toBe('DOWNLOADS_BARRIER');
  });

  it('lets one process drive, and another takes over when it is gone', async () => {
    const world = await open();
    await world.runner.start();
    const job = await world.add([url('a.bin')]);
    // While its disk is slow its time runs: the lease must be fresh when it stands still.
    await world.time.until(async () => {
      const lease = await world.query
        .selectFrom('downloads_lease')
        .select('expires_at')
        .executeTakeFirst();
      const fresh = (lease?.expires_at ?? 0) > world.clock.now() + LEASE_MS - 1_000;
      return fresh && world.engine.running.size === 1;
    });
    const second = await openDownloadsWorld(databases, {
      folder: join(world.root, '..'),
      beside: { db: world.db, databaseUrl: world.databaseUrl },
      pid: 2,
      serve,
    });
    worlds.push(second);
    second.time.setClock(world.clock.now());
    await second.runner.start();
    await second.time.until(() => second.clock.now() > world.clock.now() + 8_000);
    expect(second.engine.started).toHaveLength(0);
    // The first one says nothing more: its time stands still.
    await second.reached(job.id, 'COMPLETED');
    expect(second.engine.started).toHaveLength(1);
  });

  it('keeps the lease and tells how it goes while a file that was to stop takes its time', async () => {
    const reached = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const step = (name: string) => {
      if (name !== 'before-move') return;
      reached.resolve();
      return goOn.promise;
    };
    const world = await open({ serve, step });
    await world.runner.start();
    const job = await world.add([url('a.bin'), url('b.bin')]);
    await world.time.settled(reached.promise);
    await world.change({ schedule: { windows: [], otherwise: { bytesPerSecond: 0 } } });
    await world.time.until(() => world.progress.at(-1)?.queue.heldBy === 'schedule');
    const later = world.clock.now() + 2 * LEASE_MS;
    await world.time.until(() => world.clock.now() > later);
    // Not at once: a database on a busy machine answers later than this time goes.
    await world.time.until(() => isDriven(world.db, world.clock.now()));
    await world.change({});
    goOn.resolve();
    await world.reached(job.id, 'COMPLETED');
  });

  it('takes over again when the database went away in the midst of it', async () => {
    const world = await open({ serve });
    const settle = vi.spyOn(world.queue, 'settle');
    settle.mockRejectedValueOnce(new Error('the database is away'));
    await world.runner.start();
    const job = await world.add([url('a.bin')]);
    await world.reached(job.id, 'COMPLETED');
    expect(settle).toHaveBeenCalledTimes(2);
  });

  it('checks what a person wants checked, and nothing instead of it', async () => {
    const promised = { sha256: sha256('other'), crc32: '00000000' };
    const world = await open({ sources: [listing([[{ ...modelFile, hashes: promised }]])] });
    await world.runner.start();
    const hashes = { sha256: '0'.repeat(64) };
    await addModel(world, { hashes });
    await world.time.until(() => world.engine.running.size === 1);
    expect(world.engine.started[0]?.expected.hashes).toEqual(hashes);
  });

  it('leaves nothing of the preview of a file that goes to quarantine', async () => {
    const scan: WorldOptions['scan'] = async () => ({
      verdict: 'dangerous',
      reasons: ['pickle.dangerous-import'],
      imports: [],
    });
    const world = await open({ sources: [listing([[modelFile]])], serve, scan });
    await world.runner.start();
    const job = await addModel(world);
    await world.reached(job.id, 'COMPLETED');
    await world.time.until(() => filesBelow(world.root).length === 1);
    expect(filesBelow(world.root)).toEqual([expect.stringMatching(/^\.kizashi\/quarantine\//)]);
  });

  /** A process that is killed at a step of placing its only file, and the one that comes after it. */
  async function killedAt(
    where: string,
    options: Partial<WorldOptions>,
    after: Partial<WorldOptions>,
  ) {
    const killed = Promise.withResolvers<void>();
    const step = (name: string) => {
      if (name !== where) return;
      killed.resolve();
      return new Promise<void>(() => {});
    };
    const folder = mkdtempSync(join(tmpdir(), 'kizashi-killed-'));
    folders.push(folder);
    const dead = await openDownloadsWorld(databases, { ...options, folder, step });
    await dead.runner.start();
    const job = await addModel(dead);
    await dead.time.settled(killed.promise);
    const [item] = await dead.items(job.id);
    const next = await open({
      ...after,
      folder,
      beside: { db: dead.db, databaseUrl: dead.databaseUrl },
      pid: 2,
    });
    next.time.setClock(dead.clock.now());
    return { job, item: item!, next };
  }

  it.each(['after-intent', 'after-move', 'after-sidecars'])(
    'puts the preview, and metadata only where they are wanted, beside a file whose process was killed at %s',
    async (where) => {
      const sources = [listing([[modelFile]])];
      const settings = { saveMetadata: false };
      const options = { serve, sources, settings };
      const { job, next } = await killedAt(where, options, options);
      await next.runner.start();
      await next.reached(job.id, 'COMPLETED');
      await next.time.until(() => filesBelow(next.root).length === 2);
      const [file] = await next.query.selectFrom('downloads_files').selectAll().execute();
      expect(filesBelow(next.root)).toEqual([file!.path, file!.preview_path]);
      expect(readFileSync(join(next.root, file!.preview_path!), 'utf8')).toBe('a picture');
    },
  );

  it('forgets where a file was to go when its bytes are gone: what comes next is another file', async () => {
    const sources = [listing([[{ ...modelFile, model: null }]])];
    const { item, next } = await killedAt('after-intent', { serve, sources }, { sources });
    expect(item.placing).not.toBeNull();
    rmSync(next.folder.partPath(item.id));
    await next.runner.start();
    await next.time.until(() => next.engine.running.size === 1);
    // Killed now, its half could have the number in the file system that the whole one had.
    expect((await next.items(item.job_id))[0]).toMatchObject({ placing: null });
  });

  it.each([
    'before-intent',
    'after-intent',
    'before-move',
    'after-move',
    'after-sidecars',
    'after-entry',
    'after-link',
  ])('is whole after being killed at %s', async (where) => {
    const killed = Promise.withResolvers<void>();
    // What a killed process would have done next never happens.
    const step = (name: string) => {
      if (name !== where) return;
      killed.resolve();
      return new Promise<void>(() => {});
    };
    const folder = mkdtempSync(join(tmpdir(), 'kizashi-killed-'));
    folders.push(folder);
    const serveSame = () => 'same content';
    const dead = await openDownloadsWorld(databases, { folder, serve: serveSame, step });
    await dead.runner.start();
    const job = await dead.add([url('a.bin'), url('b.bin')], { strategy: 'sequential' });
    await dead.time.settled(killed.promise);
    const next = await openDownloadsWorld(databases, {
      folder,
      beside: { db: dead.db, databaseUrl: dead.databaseUrl },
      serve: serveSame,
      pid: 2,
    });
    worlds.push(next);
    next.time.setClock(dead.clock.now());
    await next.runner.start();
    await next.reached(job.id, 'COMPLETED');
    // The part file goes when all is kept.
    await next.time.until(() => ownFiles(next.root).length <= 2);
    expect(ownFiles(next.root)).toEqual(['http/a.bin', 'http/b.bin']);
    const files = await next.query.selectFrom('downloads_files').selectAll().execute();
    expect(files).toHaveLength(1);
    const job2 = await next.queue.requireJob(job.id);
    expect(job2).toMatchObject({ n_completed: 2, n_processing: 0, n_failed: 0, n_pending: 0 });
  });
});

const modelFile: SourceFile = {
  ref: 'civitai:1/1',
  name: 'lantern.safetensors',
  sizeBytes: null,
  hashes: {},
  primary: true,
  model: {
    id: '1',
    name: 'Lantern',
    type: 'LORA',
    creator: 'ann',
    versionId: '1',
    versionName: 'v1',
    baseModel: null,
    nsfw: false,
    tags: [],
    triggerWords: [],
    description: '',
    license: null,
    page: 'https://host.example/models/1',
    previewUrl: 'https://host.example/lantern.png',
  },
  barrier: null,
};

/** A source whose only model has these pages of files. */
function listing(pages: readonly (readonly SourceFile[])[]): Source {
  return {
    name: 'civitai',
    recognise: () => undefined,
    async list(_input, cursor) {
      const n = Number(cursor ?? 0);
      return { files: pages[n] ?? [], nextCursor: n + 1 < pages.length ? String(n + 1) : null };
    },
    locate: async (ref) => ({ url: `https://host.example/${ref}`, headers: {} }),
    preview: async () => ({ contentType: 'image/png', body: Readable.from(['a picture']) }),
    inspectHead() {},
  };
}

function addModel(world: DownloadsWorld, more: { hashes?: Hashes } = {}) {
  return world.queue.add(
    {
      name: 'model',
      strategy: 'parallel',
      parallelFiles: 4,
      priority: 0,
      files: 'all',
      paused: false,
    },
    [{ kind: 'model', source: 'civitai', id: '1', ...more }],
    'ann',
  );
}
