import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SearchQuery } from '../../contract.ts';
import {
  fetchBytes,
  listAll,
  never,
  type SourceWorld,
  startSourceWorld,
} from '../../testing/source-world.ts';
import { HUB_TOKEN } from '../../testing/stand-in/hub.ts';
import type { Source, SourceInput } from '../source.ts';
import { nextCursorOf } from './paging.ts';
import { matchesPattern } from './repo.ts';

let world: SourceWorld;
let hub: Source;
beforeAll(async () => {
  world = await startSourceWorld({ treePage: 2 });
  hub = world.sources.get('hugging-face');
});
afterAll(() => world.close());
beforeEach(() => {
  delete world.tokens['hugging-face'];
  world.waits.length = 0;
  world.standIn.hub.seen.length = 0;
  world.standIn.storage.seen.length = 0;
});

const COMMIT = createHash('sha1').update('models/example-org/paper-lantern').digest('hex');
const SHA = '9f937e5d0ca4688b048b499b6e0593071f6ef506d95a96567891b78946374247';
const CONFIG = 'f08c39e971a43a2ba1a83c4b409641c1db52086e';
const model = (id: string): SourceInput => ({ kind: 'model', source: 'hugging-face', id });
const file = (repo: string, path: string, revision = 'main') =>
  `hugging-face:models/${repo}@${revision}/${path}`;
const locate = (ref: string) => hub.locate(ref, 'start', never());
const search = (rest: Partial<SearchQuery> = {}): SearchQuery => ({
  source: 'hugging-face',
  query: '',
  nsfw: 'false',
  limit: 20,
  ...rest,
});
const code = (name: string) => ({ code: `DOWNLOADS_${name}` });

describe('a repository', () => {
  it('is all its files over many pages, at one commit, each with the hash the hub has of it', async () => {
    const files = await listAll(hub, model('example-org/paper-lantern'));
    expect(files.map(({ ref }) => ref)).toEqual(
      [
        'README.md',
        'config.json',
        'model.safetensors',
        'unet/config.json',
        'unet/diffusion_model.safetensors',
      ].map((path) => file('example-org/paper-lantern', path, COMMIT)),
    );
    expect(files[1]).toMatchObject({ sizeBytes: 30, hashes: { gitSha1: CONFIG }, primary: true });
    expect(files[2]).toMatchObject({ name: 'model.safetensors', sizeBytes: 65_736 });
    // The name Git has for a large file is its pointer's.
    expect(files[2]!.hashes).toEqual({ sha256: SHA });
    expect(files[2]!.model).toMatchObject({
      id: 'example-org/paper-lantern',
      name: 'paper-lantern',
      type: 'text-to-image',
      creator: 'example-org',
      versionId: COMMIT,
      versionName: 'main',
      baseModel: 'example-org/base',
      triggerWords: ['paper lantern'],
      license: 'apache-2.0',
      nsfw: false,
      page: `${world.standIn.hub.url}/example-org/paper-lantern`,
    });
  });

  it('can be some of its files: a pattern, a folder', async () => {
    const names = async (id: string) =>
      (await listAll(hub, model(id))).map(({ ref }) => ref.split('@')[1]!.slice(41));
    expect(await names('example-org/paper-lantern:*.safetensors')).toEqual(['model.safetensors']);
    expect(await names('example-org/paper-lantern@main:unet/**')).toEqual([
      'unet/config.json',
      'unet/diffusion_model.safetensors',
    ]);
  });

  it('may be a data set or a space, with names of any kind', async () => {
    const [csv] = await listAll(hub, model('datasets/example-org/captions'));
    expect(csv).toMatchObject({ name: 'data/captions 1.csv', model: { type: 'dataset' } });
    expect((await fetchBytes(await locate(csv!.ref))).toString()).toMatch(/^file,caption/);
    const [app] = await listAll(hub, model('spaces/example-org/demo'));
    expect(app!.name).toBe('app.py');
  });

  it('is found under its former name', async () => {
    const files = await listAll(hub, model('example-org/former-name'));
    expect(files.length).toBe(5);
    const [one] = await listAll(hub, {
      kind: 'file',
      ref: file('example-org/former-name', 'config.json'),
    });
    expect(one!.hashes).toEqual({ gitSha1: CONFIG });
  });

  it('that is not there, or not to be seen, says so', async () => {
    await expect(listAll(hub, model('example-org/nothing'))).rejects.toMatchObject(
      code('SOURCE_NOT_FOUND'),
    );
    await expect(listAll(hub, model('example-org/private'))).rejects.toMatchObject({
      ...code('SOURCE_NOT_FOUND'),
      params: { what: 'example-org/private' },
    });
    await expect(listAll(hub, model('example-org/paper-lantern@nowhere'))).rejects.toMatchObject(
      code('SOURCE_NOT_FOUND'),
    );
    world.tokens['hugging-face'] = HUB_TOKEN;
    expect((await listAll(hub, model('example-org/private'))).length).toBe(1);
    world.tokens['hugging-face'] = 'hf_wrong';
    await expect(listAll(hub, model('example-org/private'))).rejects.toMatchObject(
      code('TOKEN_REFUSED'),
    );
  });
});

describe('one file', () => {
  it('large: its SHA-256 is in the hub’s redirect, whose host is not asked', async () => {
    const [found] = await listAll(hub, {
      kind: 'file',
      ref: file('example-org/paper-lantern', 'model.safetensors'),
    });
    expect(found).toMatchObject({
      ref: file('example-org/paper-lantern', 'model.safetensors', COMMIT),
      sizeBytes: 65_736,
      hashes: { sha256: SHA },
      model: { versionName: 'main', versionId: COMMIT },
    });
    expect(world.standIn.storage.seen).toEqual([]);
  });

  it('small: its ETag is Git’s name of it', async () => {
    const [found] = await listAll(hub, {
      kind: 'file',
      ref: file('example-org/paper-lantern', 'unet/config.json'),
    });
    expect(found!.sizeBytes).toBe(19);
    expect(found!.hashes.gitSha1).toMatch(/^[0-9a-f]{40}$/);
    expect(found!.hashes.sha256).toBeUndefined();
  });

  it('that is not there says so', async () => {
    await expect(
      listAll(hub, { kind: 'file', ref: file('example-org/paper-lantern', 'nothing.bin') }),
    ).rejects.toMatchObject({
      ...code('SOURCE_NOT_FOUND'),
      params: { what: 'example-org/paper-lantern/main/nothing.bin' },
    });
  });
});

describe('locating', () => {
  it('gives the signed address of a large file, without the token', async () => {
    world.tokens['hugging-face'] = HUB_TOKEN;
    const address = await locate(file('example-org/paper-lantern', 'model.safetensors', COMMIT));
    expect(new URL(address.url).origin).toBe(world.standIn.storage.url);
    expect(address.headers).toEqual({
      'user-agent': 'Kizashi/1.2.3',
      'accept-encoding': 'identity',
    });
    expect(world.standIn.hub.seen[0]!.headers.authorization).toBe(`Bearer ${HUB_TOKEN}`);
    const bytes = await fetchBytes(address);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(SHA);
  });

  it('gives the hub’s own address of a small one, with the token', async () => {
    world.tokens['hugging-face'] = HUB_TOKEN;
    const address = await locate(file('example-org/private', 'config.json'));
    expect(new URL(address.url).origin).toBe(world.standIn.hub.url);
    expect(address.headers.authorization).toBe(`Bearer ${HUB_TOKEN}`);
    expect((await fetchBytes(address)).length).toBe(30);
  });

  it('says of a gated repository where to accept its licence, with a token and without', async () => {
    for (const token of [undefined, HUB_TOKEN]) {
      if (token !== undefined) world.tokens['hugging-face'] = token;
      await expect(locate(file('example-org/gated', 'model.safetensors'))).rejects.toMatchObject({
        ...code('GATED'),
        retryable: false,
        params: { what: 'example-org/gated/main/model.safetensors' },
      });
    }
  });

  it('refuses references of others and paths that leave the repository', async () => {
    for (const ref of ['civitai:1/2', 'hugging-face:models/a', 'hugging-face:models/../b@main/c'])
      await expect(locate(ref)).rejects.toMatchObject(code('REF_INVALID'));
    // Encoded, so the hub looks for a file of that name.
    await expect(locate(file('example-org/paper-lantern', '../../api/whoami'))).rejects.toThrow();
    for (const { path } of world.standIn.hub.seen) expect(path).not.toMatch(/^\/api\/whoami/);
  });
});

describe('lists', () => {
  it('an author’s models, one after the other', async () => {
    const files = await listAll(hub, {
      kind: 'creator',
      source: 'hugging-face',
      id: 'example-org',
    });
    expect([...new Set(files.map(({ model: its }) => its!.id))]).toEqual([
      'example-org/gated',
      'example-org/paper-lantern',
      'example-org/old-embedding',
    ]);
    expect(files.length).toBe(2 + 5 + 2);
  });

  it('a collection, whatever it holds', async () => {
    const files = await listAll(hub, {
      kind: 'collection',
      source: 'hugging-face',
      id: 'example-org/lanterns-0123456789abcdef01234567',
    });
    expect([...new Set(files.map(({ model: its }) => its!.id))]).toEqual([
      'example-org/paper-lantern',
      'datasets/example-org/captions',
    ]);
  });

  it('a search, without mature models unless they are wanted', async () => {
    const listed = async (nsfw: 'true' | 'false') =>
      (
        await listAll(hub, {
          kind: 'search',
          search: search({ query: 'mature', nsfw }),
          models: 10,
        })
      ).length;
    expect(await listed('false')).toBe(0);
    expect(await listed('true')).toBe(1);
  });

  it('a search offers models with files that can be queued', async () => {
    const { items } = await hub.search!(search({ query: 'paper' }), never());
    expect(items).toMatchObject([
      {
        source: 'hugging-face',
        id: 'example-org/paper-lantern',
        license: 'apache-2.0',
        downloads: 123,
        versions: [{ barrier: null, name: 'main' }],
      },
    ]);
    // Weights first.
    expect(items[0]!.versions[0]!.files[0]).toMatchObject({
      ref: file('example-org/paper-lantern', 'model.safetensors', COMMIT),
      format: 'SafeTensor',
    });
    const gated = await hub.search!(search({ query: 'gated' }), never());
    expect(gated.items[0]!.versions[0]!.barrier).toBe('gated');
  });

  it('a search goes on at its cursor', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await hub.search!(
        search({ limit: 1, nsfw: 'true', ...(cursor && { cursor }) }),
        never(),
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.length).toBe(4);
    expect(new Set(seen).size).toBe(4);
  });
});

describe('addresses', () => {
  const ref = (path: string, revision = 'main') => ({
    kind: 'file',
    ref: file('example-org/paper-lantern', path, revision),
  });
  it.each([
    ['https://huggingface.co/example-org/paper-lantern', model('example-org/paper-lantern')],
    ['https://hf.co/example-org/paper-lantern/', model('example-org/paper-lantern')],
    [
      'https://huggingface.co/example-org/paper-lantern/tree/main',
      model('example-org/paper-lantern@main'),
    ],
    [
      'https://huggingface.co/example-org/paper-lantern/tree/refs%2Fpr%2F1/unet',
      model('example-org/paper-lantern@refs/pr/1:unet/**'),
    ],
    [
      'https://huggingface.co/example-org/paper-lantern/resolve/main/unet/a%20b.bin?download=true',
      ref('unet/a b.bin'),
    ],
    ['https://huggingface.co/example-org/paper-lantern/blob/main/config.json', ref('config.json')],
    [
      'https://huggingface.co/example-org/paper-lantern/raw/main/model.safetensors',
      ref('model.safetensors'),
    ],
    [
      'https://huggingface.co/datasets/example-org/captions',
      model('datasets/example-org/captions'),
    ],
    [
      'https://huggingface.co/datasets/o/n/resolve/main/x.csv',
      { kind: 'file', ref: 'hugging-face:datasets/o/n@main/x.csv' },
    ],
    [
      'https://huggingface.co/gpt2/resolve/main/config.json',
      { kind: 'file', ref: 'hugging-face:models/gpt2@main/config.json' },
    ],
    [
      'https://huggingface.co/example-org',
      { kind: 'creator', source: 'hugging-face', id: 'example-org' },
    ],
    [
      'https://huggingface.co/collections/example-org/lanterns-01',
      { kind: 'collection', source: 'hugging-face', id: 'example-org/lanterns-01' },
    ],
    ['https://huggingface.co/docs/hub', undefined],
    ['https://huggingface.co/', undefined],
    ['https://huggingface.co/%E0%A4%A/x', undefined],
    ['https://example.org/example-org/paper-lantern', undefined],
  ])('%s', (link, input) => {
    expect(hub.recognise(link)).toEqual(input);
  });
});

it('reads the next page’s cursor and nothing else from a Link header', () => {
  const link = '<https://x/api?a=1,2&cursor=abc%3D>; rel="next", <https://x/y>; rel="xet-auth"';
  expect(nextCursorOf(link, null)).toBe('abc=');
  // The same page again would never end.
  expect(nextCursorOf(link, 'abc=')).toBeNull();
  expect(nextCursorOf('<https://x/y>; rel="xet-auth"', null)).toBeNull();
  expect(nextCursorOf(undefined, null)).toBeNull();
});

it('matches paths by pattern: a star within a folder, two across', () => {
  expect(matchesPattern('a.bin', null)).toBe(true);
  expect(matchesPattern('a.bin', '*.bin')).toBe(true);
  expect(matchesPattern('x/a.bin', '*.bin')).toBe(false);
  expect(matchesPattern('x/y/a.bin', '**.bin')).toBe(true);
  expect(matchesPattern('axbin', 'a.bin')).toBe(false);
});
