import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../../testing/databases.ts';
import { openTestHttp, type TestHttp } from '../../testing/http.ts';
import { downloadsPermissions } from './permissions.ts';
import { type DownloadsWorld, openDownloadsWorld } from './testing/downloads-world.ts';

describeDatabases('downloads over HTTP', (databases) => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-downloads-'));
  let world: DownloadsWorld;
  let http: TestHttp;
  beforeAll(async () => {
    world = await openDownloadsWorld(databases, { folder });
    http = await openTestHttp({ permissions: downloadsPermissions, routes: [world.routes] });
  });
  afterAll(async () => {
    await http.close();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const link = (url: string) => ({ kind: 'link', url });
  const add = (inputs: unknown[], body: object = {}) =>
    http.as('analyst').post('/api/downloads/jobs', { inputs, ...body });

  it('queue links: files that can be fetched wait, others have failed and say why', async () => {
    const added = await add([
      link('https://host.example/models/a.safetensors?sig=SECRET'),
      link('ftp://host.example/b.bin'),
    ]);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      state: 'PROCESSING',
      items: 2,
      counts: { PENDING: 1, FAILED: 1 },
    });
    const { id } = added.body;
    const items = await http.as('viewer').get(`/api/downloads/items?jobId=${id}`);
    expect(items.body.items).toMatchObject([
      { name: 'a.safetensors', state: 'PENDING', host: 'host.example', error: null },
      { state: 'FAILED', error: { code: 'DOWNLOADS_LINK_INVALID' } },
    ]);
    expect(JSON.stringify([added.body, items.body])).not.toContain('SECRET');
    const rows = await world.query.selectFrom('downloads_items').select('ref').execute();
    expect(JSON.stringify(rows)).not.toContain('SECRET');
  });

  it('queue a manifest with every option of a job, and its wrong lines as files that failed', async () => {
    const startAt = world.clock.now() + 3_600_000;
    const query = new URLSearchParams({
      name: 'list',
      strategy: 'sequential',
      priority: '7',
      files: 'all',
      pathTemplate: 'lists/{file}',
      startAt: String(startAt),
    });
    const reply = await http
      .as('analyst')
      .post(`/api/downloads/jobs/manifest?${query}`, 'https://host.example/m.bin\nnot a link\n', {
        'content-type': 'text/plain',
      });
    expect(reply.status).toBe(201);
    const { id } = reply.body;
    expect(await world.queue.requireJob(id)).toMatchObject({
      name: 'list',
      strategy: 'sequential',
      priority: 7,
      files: 'all',
      path_template: 'lists/{file}',
      start_at: startAt,
    });
    const items = await http.as('viewer').get(`/api/downloads/items?jobId=${id}`);
    expect(items.body.items).toMatchObject([
      { name: 'm.bin', state: 'PENDING', heldBy: 'start-time' },
      { state: 'FAILED', error: { code: 'DOWNLOADS_MANIFEST_NO_LINK' } },
    ]);
  });

  it('pause, resume and cancel a job with all its files, and forget it only when it has ended', async () => {
    const { body } = await add([1, 2, 3].map((n) => link(`https://host.example/${n}.bin`)));
    const act = (action: string) =>
      http.as('analyst').post(`/api/downloads/jobs/${body.id}/${action}`);
    expect((await act('pause')).body).toMatchObject({ state: 'PAUSED', counts: { PAUSED: 3 } });
    expect((await act('pause')).body).toMatchObject({
      code: 'DOWNLOADS_JOB_STATE',
      detail: 'The job is paused, so that cannot be done.',
    });
    expect((await act('resume')).body).toMatchObject({ state: 'PENDING', counts: { PENDING: 3 } });
    const forget = () => http.as('analyst').delete(`/api/downloads/jobs/${body.id}`);
    expect((await forget()).body.code).toBe('DOWNLOADS_JOB_OPEN');
    expect((await act('cancel')).body).toMatchObject({ state: 'CANCELLED' });
    expect((await act('retry')).body).toMatchObject({ state: 'PENDING', counts: { PENDING: 3 } });
    await act('cancel');
    expect((await forget()).status).toBe(200);
    expect((await http.as('viewer').get(`/api/downloads/jobs/${body.id}`)).status).toBe(404);
  });

  it('page through files in the order they run, whatever their priority was changed to', async () => {
    const links = Array.from({ length: 25 }, (_, n) => link(`https://host.example/p${n}.bin`));
    const { body: job } = await add(links, { priority: 5, paused: true });
    const path = `/api/downloads/items?jobId=${job.id}&limit=10`;
    const first = await http.as('viewer').get(path);
    expect(first.body.items.map((item: { name: string }) => item.name)).toEqual(
      Array.from({ length: 10 }, (_, n) => `p${n}.bin`),
    );
    const last = first.body.items[9];
    const raised = await http
      .as('analyst')
      .patch(`/api/downloads/items/${last.id}`, { priority: 9 });
    expect(raised.body).toMatchObject({ priority: 9, state: 'PAUSED' });
    const names: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await http.as('viewer').get(path + cursor);
      names.push(...page.body.items.map((item: { name: string }) => item.name));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }
    expect(names).toHaveLength(25);
    expect(names.slice(0, 3)).toEqual(['p9.bin', 'p0.bin', 'p1.bin']);
    expect((await http.as('viewer').get(`${path}&search=P24`)).body.items).toHaveLength(1);
  });

  it('keep tokens sealed and never give them back', async () => {
    const path = '/api/downloads/sources/civitai/token';
    expect((await http.as('analyst').put(path, { token: 'tok-123' })).status).toBe(403);
    expect((await http.as('operator').put(path, { token: 'tok-123' })).status).toBe(200);
    const sources = await http.as('viewer').get('/api/downloads/sources');
    const row = await world.query.selectFrom('downloads_tokens').selectAll().execute();
    expect(JSON.stringify([sources.body, row])).not.toContain('tok-123');
    expect(await world.tokens.get('civitai')).toBe('tok-123');
    await http.as('operator').put(path, { token: '' });
    expect(await world.tokens.get('civitai')).toBeUndefined();
  });

  it('change settings, but not to names that lead nowhere', async () => {
    const { body } = await http.as('viewer').get('/api/downloads/settings');
    const change = (set: object) =>
      http.as('operator').put('/api/downloads/settings', { ...body, ...set });
    expect((await change({ pathTemplate: '../{file}' })).body.code).toBe(
      'DOWNLOADS_TEMPLATE_SHAPE',
    );
    expect((await change({ pathTemplate: '{who}/{file}' })).body.code).toBe(
      'DOWNLOADS_TEMPLATE_UNKNOWN',
    );
    expect((await change({ pathTemplate: '{file}/x' })).body.code).toBe(
      'DOWNLOADS_TEMPLATE_NO_FILE',
    );
    expect((await change({ maxFiles: 3 })).body).toMatchObject({ maxFiles: 3 });
  });

  it('show the queue at a glance', async () => {
    const { body } = await http.as('viewer').get('/api/downloads/queue');
    expect(body).toMatchObject({ running: 0, driven: false, counts: { PROCESSING: 0 } });
    const library = await http.as('viewer').get('/api/downloads/library/summary');
    expect(library.body).toMatchObject({ files: 0, folder: expect.stringContaining(folder) });
  });
});
