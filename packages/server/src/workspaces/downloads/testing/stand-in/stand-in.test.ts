import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstRequests } from '../faults.ts';
import { type StandIn, startStandIn } from './stand-in.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

const AGENT = 'Kizashi/1.2.3';
const ask = (path: string, init: RequestInit & { agent?: string; token?: string } = {}) => {
  const { agent = AGENT, token, ...rest } = init;
  return fetch(path.startsWith('http') ? path : standIn.civitai.url + path, {
    redirect: 'manual',
    ...rest,
    headers: {
      'user-agent': agent,
      ...(token && { authorization: `Bearer ${token}` }),
      ...(rest.headers as Record<string, string> | undefined),
    },
  });
};
const status = async (path: string, init?: Parameters<typeof ask>[1]) =>
  (await ask(path, init)).status;
const signed = async (path: string) =>
  (await ask(path, { token: 'stand-in-token' })).headers.get('location')!;

describe('the stand-in answers as CivitAI does', () => {
  it('with limits on lists', async () => {
    expect(await status('/api/v1/models?limit=101')).toBe(400);
    expect(await status('/api/v1/models?page=11&limit=100')).toBe(429);
    expect(await status('/api/v1/models?query=lantern&page=1')).toBe(400);
    expect(await status('/api/v1/models?cursor=stale')).toBe(400);
    expect(await status('/api/v1/models?favorites=true')).toBe(401);
    expect(await status('/api/v1/models', { method: 'POST' })).toBe(405);
    expect(await (await ask('/api/v1/models/0')).json()).toEqual({ error: 'No model with id 0' });
    expect(await status('/api/v1/models/x')).toBe(400);
  });

  it('with nothing for HEAD', async () => {
    const attempt = ask('/api/v1/models', { method: 'HEAD', signal: AbortSignal.timeout(50) });
    await expect(attempt).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('by who asks: nobody, a browser, a program', async () => {
    expect(await status('/api/v1/models', { agent: '' })).toBe(403);
    const page = await ask('/api/download/models/800071', { agent: 'Mozilla/5.0' });
    expect(page.status).toBe(307);
    expect(page.headers.get('location')).toMatch(/^\/login\?.*reason=download-auth$/);
    expect(await status('/api/download/models/800071')).toBe(401);
  });

  it('by hash, one and many, the oldest version first', async () => {
    const hash = '9F937E5D0CA4688B048B499B6E0593071F6EF506D95A96567891B78946374247';
    const one = (await (await ask(`/api/v1/model-versions/by-hash/${hash}`)).json()) as {
      id: number;
    };
    expect(one.id).toBe(800011);
    const many = await ask('/api/v1/model-versions/by-hash/ids', {
      method: 'POST',
      body: JSON.stringify([hash, 'F'.repeat(64)]),
    });
    expect(await many.json()).toEqual([
      { modelVersionId: 800011, modelId: 600001, hash },
      { modelVersionId: 800091, modelId: 600009, hash },
    ]);
    expect(await status('/api/v1/model-versions/by-hash', { method: 'POST', body: '["x"]' })).toBe(
      400,
    );
  });

  it('with storage of two kinds, each with its own words when an address has run out', async () => {
    const b2 = await signed('/api/download/models/800011');
    const r2 = await signed('/api/download/models/800012');
    for (const address of [b2, r2]) {
      const part = await ask(address, { headers: { range: 'bytes=0-7' } });
      expect(part.status).toBe(206);
      expect(part.headers.get('etag')).not.toBeNull();
      expect(part.headers.get('content-disposition')).toMatch(/paperLantern_v1/);
      // The site's token is not theirs.
      expect(await status(address, { token: 'stand-in-token' })).toBe(400);
      expect(await status(address, { method: 'HEAD' })).toBe(403);
      expect(await status(address.replace(/signature=\d+/, 'signature=99'))).toBe(403);
    }
    standIn.storage.expireAll();
    expect(await (await ask(b2)).json()).toMatchObject({ code: 'expired_auth_token', status: 401 });
    expect(await (await ask(r2)).text()).toMatch(/Request has expired/);
  });

  it('and fails as it is told to, at the API and at the storage', async () => {
    standIn.civitai.interrupt({
      matches: /models\?/,
      reply: { status: 503, headers: { 'retry-after': '2' }, body: { error: 'overloaded' } },
      times: 1,
    });
    expect(await status('/api/v1/models?limit=1')).toBe(503);
    expect(await status('/api/v1/models?limit=1')).toBe(200);
    const address = await signed('/api/download/models/800011');
    standIn.setFaults(firstRequests(1, { kind: 'html' }));
    expect((await ask(address)).headers.get('content-type')).toBe('text/html');
    expect((await ask(address)).headers.get('content-type')).toBe('application/octet-stream');
    standIn.setFaults(undefined);
  });
});

// KIZASHI_REFERENCE, or `../shared/reference` beside the repository.
const reference =
  process.env.KIZASHI_REFERENCE ??
  join(import.meta.dirname, '../../../../../../../../shared/reference');
const recorded = join(reference, 'downloads/civitai/responses');
const there = existsSync(recorded);
if (!there) console.info('skipped: no recorded replies to compare the stand-in with');

describe.runIf(there)('the recorded replies', () => {
  it('are those of the stand-in, page by page', async () => {
    let cursor: string | undefined;
    for (const name of ['page1', 'page2']) {
      const path = `/api/v1/models?limit=5${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      const page = (await (await ask(path)).json()) as {
        items: { modelVersions: { files: Record<string, unknown>[] }[] }[];
        metadata: { nextCursor: string };
      };
      const text = readFileSync(join(recorded, `models.limit5.${name}.json`), 'utf8')
        .replaceAll('https://image.civitai.com', standIn.civitai.url)
        .replaceAll('https://civitai.com', standIn.civitai.url);
      const expected = JSON.parse(text) as typeof page;
      expect(withoutMade(page.items)).toEqual(withoutMade(expected.items));
      cursor = page.metadata.nextCursor;
    }
  });

  /** Two files are made here and have hashes of their own. */
  function withoutMade(items: { modelVersions: { files: Record<string, unknown>[] }[] }[]) {
    for (const file of items.flatMap((item) => item.modelVersions.flatMap(({ files }) => files)))
      if (file.id === 7000201 || file.id === 7000202) delete file.hashes;
    return items;
  }
});
