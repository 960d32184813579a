import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../../../testing/databases.ts';
import { openTestHttp, type TestHttp } from '../../../testing/http.ts';
import type { Verdict } from '../contract.ts';
import { downloadsPermissions } from '../permissions.ts';
import { type DownloadsWorld, openDownloadsWorld } from '../testing/downloads-world.ts';

describeDatabases('the library over HTTP', (databases) => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-library-'));
  const url = (name: string) => `https://host.example/${name}`;
  let world: DownloadsWorld;
  let http: TestHttp;
  let verdict: Verdict = 'clean';
  beforeAll(async () => {
    world = await openDownloadsWorld(databases, {
      folder,
      serve: (address) => `0123456789 of ${address}`,
      scan: async ({ name }) => ({
        verdict: name.includes('evil') ? 'dangerous' : verdict,
        reasons: [],
        imports: [],
      }),
      hash: async (path) => createHash('sha256').update(readFileSync(path)).digest('hex'),
    });
    http = await openTestHttp({ permissions: downloadsPermissions, routes: [world.routes] });
    await world.runner.start();
    const job = await world.add(['a.bin', 'b.bin', '日本 語.bin', 'evil.pt', 'c.bin'].map(url));
    await world.reached(job.id, 'COMPLETED');
  });
  afterAll(async () => {
    await http.close();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });
  async function fileOf(search: string) {
    const query = new URLSearchParams({ search });
    const { body } = await http.as('viewer').get(`/api/downloads/library?${query}`);
    expect(body.items).toHaveLength(1);
    return body.items[0];
  }
  const at = (id: string, rest = '') => `/api/downloads/library/${id}${rest}`;

  it('finds files by words, by any beginning of their SHA-256, by verdict and by state', async () => {
    const file = await fileOf('a.bin');
    const found = async (query: string) =>
      (await http.as('viewer').get(`/api/downloads/library?${query}`)).body.items.length;
    expect(await found(`hash=${file.sha256.slice(0, 12).toUpperCase()}`)).toBe(1);
    expect(await found(`hash=${file.sha256}`)).toBe(1);
    expect(await found('hash=%25')).toBe(0);
    expect(await found('verdict=dangerous&state=quarantined')).toBe(1);
    expect(await found('limit=200')).toBe(5);
    const { body } = await http.as('viewer').get('/api/downloads/library/summary');
    expect(body).toMatchObject({ files: 5, quarantined: 1, verdicts: { clean: 4, dangerous: 1 } });
  });

  it('gives out files whole or in part, as attachments under their name', async () => {
    const file = await fileOf('日本');
    const whole = await http.as('viewer').get(at(file.id, '/content'));
    expect(whole.status).toBe(200);
    expect(whole.headers).toMatchObject({
      'content-length': String(file.sizeBytes),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-type': 'application/octet-stream',
    });
    expect(whole.headers['content-disposition']).toBe(
      `attachment; filename="__ _.bin"; filename*=UTF-8''${encodeURIComponent('日本 語.bin')}`,
    );
    const part = await http.as('viewer').get(at(file.id, '/content'), { range: 'bytes=2-4' });
    expect(part).toMatchObject({ status: 206 });
    expect(String(part.body)).toBe('234');
    const past = await http.as('viewer').get(at(file.id, '/content'), { range: 'bytes=9999-' });
    expect(past.status).toBe(416);
  });

  it('gives nobody a file in quarantine, and lets only those out with it who may, with a reason', async () => {
    const file = await fileOf('evil.pt');
    expect((await http.as('operator').get(at(file.id, '/content'))).body.code).toBe(
      'DOWNLOADS_FILE_QUARANTINED',
    );
    const release = (member: 'analyst' | 'operator', reason: string) =>
      http.as(member).post(at(file.id, '/release'), { reason });
    expect((await release('analyst', 'mine')).status).toBe(403);
    expect((await release('operator', '')).status).toBe(400);
    const released = await release('operator', 'read by two of us');
    expect(released.body).toMatchObject({ state: 'stored', verdict: 'dangerous' });
    expect(released.body.releasedBy).not.toBeNull();
    expect((await http.as('viewer').get(at(file.id, '/content'))).status).toBe(200);
    expect((await release('operator', 'again and again')).body.code).toBe(
      'DOWNLOADS_FILE_NOT_QUARANTINED',
    );
    expect(statSync(join(world.root, 'http/evil.pt')).mode & 0o200).toBe(0o200);
    // Let out in knowledge of what it is: a check does not take it back.
    const checked = await http.as('analyst').post(at(file.id, '/check'));
    expect(checked.body).toMatchObject({ state: 'stored', verdict: 'dangerous' });
  });

  it('checks a file again: takes it away when it turns out to be dangerous', async () => {
    const file = await fileOf('b.bin');
    const check = () => http.as('analyst').post(at(file.id, '/check'));
    expect((await check()).body).toMatchObject({ state: 'stored', verdict: 'clean' });
    verdict = 'dangerous';
    expect((await check()).body).toMatchObject({ state: 'quarantined', verdict: 'dangerous' });
    verdict = 'clean';
    expect(() => statSync(join(world.root, 'http/b.bin'))).toThrow('ENOENT');
  });

  it('says when somebody has removed a file, and fetches it again when it is wanted again', async () => {
    const file = await fileOf('c.bin');
    unlinkSync(join(world.root, file.path));
    expect((await http.as('viewer').get(at(file.id, '/content'))).body.code).toBe(
      'DOWNLOADS_FILE_MISSING',
    );
    expect(await fileOf('c.bin')).toMatchObject({ state: 'missing' });
    const job = await world.add([url('c.bin')]);
    await world.reached(job.id, 'COMPLETED');
    expect(await fileOf('c.bin')).toMatchObject({ state: 'stored', path: file.path });
  });

  it('removes a file from the disk and the list, for those who may', async () => {
    const file = await fileOf('a.bin');
    expect((await http.as('analyst').delete(at(file.id))).status).toBe(403);
    expect((await http.as('operator').delete(at(file.id))).status).toBe(200);
    expect((await http.as('viewer').get(at(file.id))).body.code).toBe('DOWNLOADS_FILE_NOT_FOUND');
    expect(() => statSync(join(world.root, file.path))).toThrow('ENOENT');
    expect(() => statSync(join(world.root, `${file.path}.metadata.json`))).toThrow('ENOENT');
  });
});
