import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../../core/errors.ts';
import type { SearchQuery } from '../../contract.ts';
import {
  fetchBytes,
  listAll,
  never,
  type SourceWorld,
  startSourceWorld,
} from '../../testing/source-world.ts';
import { startStandIn } from '../../testing/stand-in/stand-in.ts';
import { barrierError } from '../barrier.ts';
import type { Source, SourceInput } from '../source.ts';
import { civitaiSites, createCivitai } from './civitai.ts';

let world: SourceWorld;
let civitai: Source;
beforeAll(async () => {
  world = await startSourceWorld();
  civitai = world.sources.get('civitai');
});
afterAll(() => world.close());
beforeEach(() => {
  world.tokens.civitai = 'stand-in-token';
  world.waits.length = 0;
  world.exchanges.length = 0;
  world.standIn.civitai.seen.length = 0;
  world.standIn.storage.seen.length = 0;
});

const model = (id: number): SourceInput => ({ kind: 'model', source: 'civitai', id: String(id) });
const version = (id: number | string): SourceInput => ({
  kind: 'version',
  source: 'civitai',
  id: String(id),
});
const search = (rest: Partial<SearchQuery> = {}): SearchQuery => ({
  source: 'civitai',
  query: '',
  nsfw: 'false',
  limit: 20,
  ...rest,
});
const locate = (ref: string) => civitai.locate(ref, 'start', never());

describe('the odd cases', () => {
  it('600001: all versions of a model, with its facts, sizes and hashes', async () => {
    const files = await listAll(civitai, model(600001));
    expect(files.map(({ ref, name, primary }) => [ref, name, primary])).toEqual([
      ['civitai:800012/7000103', 'paperLantern_v11.safetensors', true],
      ['civitai:800011/7000101', 'paperLantern_v10.safetensors', true],
      ['civitai:800011/7000102', '800011_training_data.zip', false],
    ]);
    expect(files[1]).toMatchObject({
      sizeBytes: 65_736,
      barrier: null,
      hashes: {
        sha256: '9f937e5d0ca4688b048b499b6e0593071f6ef506d95a96567891b78946374247',
        autoV2: '9f937e5d0c',
        autoV3: '230e87ec7623',
        crc32: '4b6a1ede',
      },
      model: {
        id: '600001',
        name: 'Paper Lantern - Style',
        type: 'LORA',
        creator: 'example_maker',
        versionId: '800011',
        versionName: 'v1.0',
        baseModel: 'SDXL 1.0',
        nsfw: false,
        triggerWords: ['paper lantern', 'warm light'],
        description: 'Sample description with HTML and a link.',
        license:
          'allowCommercialUse=Image,RentCivit allowNoCredit allowDerivatives allowDifferentLicense',
        page: `${world.standIn.civitai.url}/models/600001?modelVersionId=800011`,
      },
    });
    expect(files[1]!.model!.previewUrl).toContain('/width=450/8000111.jpeg');
  });

  it('600002: every file at its own address, though two have one name', async () => {
    const files = await listAll(civitai, version(800021));
    expect(files.map(({ primary }) => primary)).toEqual([true, false, false, false]);
    for (const file of files) {
      const bytes = await fetchBytes(await locate(file.ref));
      expect(bytes.length).toBe(file.sizeBytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.hashes.sha256);
    }
  });

  it('600003: what the site’s own scanner said is passed on', async () => {
    const { items } = await civitai.search!(search({ query: 'easy example' }), never());
    expect(items[0]!.versions.map(({ files }) => files[0]!.sourceScan)).toEqual([
      'Success',
      'Danger',
    ]);
    expect(items[0]!.versions[1]!.files[0]!.format).toBe('PickleTensor');
  });

  it('600004: names as they are, and no description', async () => {
    const [first, second] = await listAll(civitai, model(600004));
    expect(first).toMatchObject({ name: '竹林の朝_v1.safetensors' });
    expect(first!.model).toMatchObject({
      name: '竹林の朝 / Bamboo Morning: <Style> "test" | ?*',
      creator: '日本語ユーザー',
      description: '',
    });
    expect(second!.model!.versionName).toBe('CON');
    expect((await fetchBytes(await locate(first!.ref))).length).toBe(first!.sizeBytes);
  });

  it('600005: two files alike but for their number are two files', async () => {
    const files = await listAll(civitai, model(600005));
    const hashes = [];
    for (const file of files)
      hashes.push(
        createHash('sha256')
          .update(await fetchBytes(await locate(file.ref)))
          .digest('hex'),
      );
    expect(hashes).toEqual(files.map((file) => file.hashes.sha256));
    expect(new Set(hashes).size).toBe(2);
  });

  it('600006: early access is shown, asked for all the same, and refused with its end', async () => {
    const { items } = await civitai.search!(search({ query: 'early bird' }), never());
    expect(items[0]!.versions[0]!.barrier).toBe('early-access');
    const [file] = await listAll(civitai, model(600006));
    // Somebody may have bought it.
    expect(file!.barrier).toBeNull();
    await expect(locate(file!.ref)).rejects.toMatchObject({
      code: 'DOWNLOADS_EARLY_ACCESS',
      retryable: false,
      params: { until: '2099-01-01' },
    });
  });

  it('600007: wants a token, says of a wrong one that it is wrong, and takes a right one', async () => {
    const [file] = await listAll(civitai, model(600007));
    delete world.tokens.civitai;
    await expect(locate(file!.ref)).rejects.toMatchObject({ code: 'DOWNLOADS_LOGIN_NEEDED' });
    world.tokens.civitai = 'of-somebody-else';
    await expect(locate(file!.ref)).rejects.toMatchObject({ code: 'DOWNLOADS_TOKEN_REFUSED' });
    world.tokens.civitai = 'stand-in-token';
    expect((await fetchBytes(await locate(file!.ref))).length).toBe(36_994);
  });

  it('600008: downloads that are switched off are known before asking where the site tells', async () => {
    const [file] = await listAll(civitai, version(800081));
    expect(file!.barrier).toBe('disabled');
    expect(barrierError(file!.barrier!, 'civitai')).toMatchObject({
      code: 'DOWNLOADS_SWITCHED_OFF',
    });
    await expect(locate(file!.ref)).rejects.toMatchObject({ code: 'DOWNLOADS_SWITCHED_OFF' });
  });

  it('600009: the same content under two names has one hash', async () => {
    const [copy] = await listAll(civitai, model(600009));
    const [, original] = await listAll(civitai, model(600001));
    expect(copy!.hashes).toEqual(original!.hashes);
  });

  it('600010: an archived model is an error when asked for, and nothing in a list', async () => {
    await expect(listAll(civitai, model(600010))).rejects.toMatchObject({
      code: 'DOWNLOADS_ARCHIVED',
    });
    await expect(listAll(civitai, version(800101))).rejects.toMatchObject({
      code: 'DOWNLOADS_ARCHIVED',
    });
    await expect(locate('civitai:800101/1')).rejects.toMatchObject({ code: 'DOWNLOADS_ARCHIVED' });
    const all = await listAll(civitai, { kind: 'creator', source: 'civitai', id: 'example_maker' });
    expect(all.filter((file) => file.model?.id === '600010')).toEqual([]);
  });

  it('600011: wrong hashes are passed on as promised: to find out is the transfer’s part', async () => {
    const [file] = await listAll(civitai, model(600011));
    expect(file!.hashes.sha256).toMatch(/^0{60}beef$/);
    const bytes = await fetchBytes(await locate(file!.ref));
    expect(bytes.length).toBe(file!.sizeBytes);
  });

  it('600012: no hashes are no promises', async () => {
    const [file] = await listAll(civitai, model(600012));
    expect(file).toMatchObject({ hashes: {}, sizeBytes: 37_002, barrier: null });
    const { items } = await civitai.search!(search({ query: 'unscanned' }), never());
    expect(items[0]!.versions[0]!.files[0]!.sourceScan).toBe('Pending');
  });

  it('600013: what was taken down is not asked for', async () => {
    const [file] = await listAll(civitai, model(600013));
    expect(file!.barrier).toBe('taken-down');
    expect(barrierError(file!.barrier!, 'civitai')).toMatchObject({ code: 'DOWNLOADS_TAKEN_DOWN' });
    expect(file!.model!.previewUrl).toBeNull();
    await expect(locate(file!.ref)).rejects.toMatchObject({
      code: 'DOWNLOADS_SOURCE_FILE_NOT_FOUND',
      retryable: true,
      params: { seconds: 60 },
    });
  });

  it('600014: mature models are found only when wanted, and by their number always', async () => {
    const found = async (nsfw: 'true' | 'false') =>
      (await civitai.search!(search({ query: 'mature', nsfw }), never())).items.map(({ id }) => id);
    expect(await found('false')).toEqual([]);
    expect(await found('true')).toEqual(['600014']);
    expect((await listAll(civitai, model(600014)))[0]!.model!.nsfw).toBe(true);
  });
});

describe('lists', () => {
  it('a creator’s models come page by page, each file once, mature ones too', async () => {
    const files = await listAll(civitai, {
      kind: 'creator',
      source: 'civitai',
      id: 'example_maker',
    });
    const models = new Set(files.map((file) => file.model!.id));
    expect(models).toEqual(
      new Set([
        '600001',
        '600003',
        '600005',
        '600006',
        '600007',
        '600008',
        '600011',
        '600012',
        '600013',
        '600014',
        '600101',
      ]),
    );
    expect(new Set(files.map(({ ref }) => ref)).size).toBe(files.length);
  });

  it('a search goes on at its cursor to its end', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await civitai.search!(search({ limit: 3, ...(cursor && { cursor }) }), never());
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.length).toBe(14);
    expect(new Set(seen).size).toBe(14);
  });

  it('filters are passed on: kind, base model, creator, tag, order', async () => {
    const ids = async (rest: Partial<SearchQuery>) =>
      (await civitai.search!(search(rest), never())).items.map(({ id }) => id);
    expect(await ids({ type: 'TextualInversion' })).toEqual(['600003']);
    expect(await ids({ type: ' textualinversion' })).toEqual(['600003']);
    expect(await ids({ baseModel: 'SD 1.5' })).toEqual(['600003']);
    expect(await ids({ creator: 'glass_works' })).toEqual(['600002']);
    expect(await ids({ tag: '風景' })).toEqual(['600004']);
    expect((await ids({ sort: 'Newest' }))[0]).toBe('600101');
  });

  it('a kind of model that the site does not have is refused, with those it has', async () => {
    const unknown = search({ type: 'NOPE' });
    const refused = { code: 'DOWNLOADS_SEARCH_TYPE', params: { type: 'NOPE' } };
    await expect(civitai.search!(unknown, never())).rejects.toMatchObject(refused);
    const input: SourceInput = { kind: 'search', search: unknown, models: 100 };
    const error: unknown = await civitai.list(input, null, never()).catch((thrown) => thrown);
    expect(error).toMatchObject(refused);
    expect((error as AppError).message).toMatch(/Checkpoint, .*LORA/);
  });

  it('a cursor that no longer fits says so, and is not asked for again', async () => {
    const creator: SourceInput = { kind: 'creator', source: 'civitai', id: 'example_maker' };
    await expect(civitai.list(creator, '1|2|3', never())).rejects.toMatchObject({
      code: 'DOWNLOADS_CURSOR_STALE',
      retryable: false,
    });
  });

  it('a model is found by any hash of a file, the oldest version first', async () => {
    for (const hash of ['9F937E5D0C', '230e87ec7623', '4B6A1EDE'])
      expect(
        (await civitai.search!(search({ query: hash }), never())).items.map(({ id }) => id),
      ).toEqual(['600001']);
    const [file] = await listAll(
      civitai,
      version('9f937e5d0ca4688b048b499b6e0593071f6ef506d95a96567891b78946374247'),
    );
    expect(file!.ref).toBe('civitai:800011/7000101');
    const unknown = await civitai.search!(search({ query: 'f'.repeat(64) }), never());
    expect(unknown).toEqual({ items: [], nextCursor: null });
    // Eight letters that are no hash of anything are words.
    expect((await civitai.search!(search({ query: 'deadbeef' }), never())).items).toEqual([]);
  });

  it('the old form of a licence is read like the new one', async () => {
    const { items } = await civitai.search!(search({ query: 'big lantern' }), never());
    expect(items[0]!.license).toMatch(/^allowCommercialUse=Image,RentCivit /);
  });

  it('says what it does not know', async () => {
    await expect(listAll(civitai, model(1))).rejects.toMatchObject({
      code: 'DOWNLOADS_SOURCE_NOT_FOUND',
      params: { what: 'models/1' },
    });
    await expect(listAll(civitai, version(999999))).rejects.toMatchObject({
      code: 'DOWNLOADS_SOURCE_NOT_FOUND',
    });
    await expect(listAll(civitai, { kind: 'file', ref: 'civitai:800011/1' })).rejects.toMatchObject(
      {
        code: 'DOWNLOADS_SOURCE_NOT_FOUND',
      },
    );
  });
});

describe('collections', () => {
  const collection = (id: string): SourceInput => ({ kind: 'collection', source: 'civitai', id });
  const refs = async (input: SourceInput) =>
    (await listAll(civitai, input)).map((file) => file.model!.id);

  it('are listed where the server knows how', async () => {
    expect(new Set(await refs(collection('104')))).toEqual(
      new Set(['600001', '600003', '600005', '600101']),
    );
  });

  it.each(['refused', 'ignored', 'empty'] as const)(
    'are an honest error where it does not: %s',
    async (collections) => {
      const other = await startSourceWorld({ collections });
      try {
        await expect(
          listAll(other.sources.get('civitai'), collection('104')),
        ).rejects.toMatchObject({ code: 'DOWNLOADS_COLLECTION_UNLISTED' });
      } finally {
        await other.close();
      }
    },
  );

  it('of pictures, and those that are not there or private, are told apart', async () => {
    await expect(refs(collection('105'))).rejects.toMatchObject({
      code: 'DOWNLOADS_COLLECTION_KIND',
      params: { kind: 'Image' },
    });
    await expect(refs(collection('106'))).rejects.toMatchObject({
      code: 'DOWNLOADS_SOURCE_NOT_FOUND',
    });
  });

  it('of one’s own bookmarks need the token', async () => {
    expect(new Set(await refs(collection('favorites')))).toEqual(new Set(['600001', '600004']));
    delete world.tokens.civitai;
    await expect(refs(collection('favorites'))).rejects.toMatchObject({
      code: 'DOWNLOADS_LOGIN_NEEDED',
    });
  });
});

describe('the public site’s two hosts', () => {
  it('are both asked when one of them is in the settings; others stand alone', () => {
    const hosts = (address: string) => civitaiSites(address).map((site) => site.origin);
    expect(hosts('https://civitai.com')).toEqual(['https://civitai.com', 'https://civitai.red']);
    expect(hosts('https://civitai.green/')).toEqual(['https://civitai.com', 'https://civitai.red']);
    expect(hosts('https://civitai.red')).toEqual(['https://civitai.red']);
    expect(hosts('https://mirror.example/civitai')).toEqual(['https://mirror.example']);
  });

  it('what the first does not know or show is asked of the second', async () => {
    const tame = await startStandIn();
    const two = createCivitai({
      ...world.options,
      agent: 'Kizashi/1.2.3',
      token: async () => 'stand-in-token',
      proxy: () => null,
      allowPrivate: true,
      sites: [new URL(tame.civitai.url), new URL(world.standIn.civitai.url)],
    });
    try {
      tame.civitai.interrupt({
        matches: /./,
        reply: { status: 404, body: { error: 'No model with id 600014' } },
        times: Number.POSITIVE_INFINITY,
      });
      const [file] = await listAll(two, model(600014));
      expect(file!.model!.page).toMatch(new RegExp(`^${world.standIn.civitai.url}/models/600014`));
      const address = await two.locate(file!.ref, 'start', never());
      expect((await fetchBytes(address)).length).toBe(file!.sizeBytes);
      tame.civitai.seen.length = 0;
      await two.search!(search({ nsfw: 'true' }), never());
      await listAll(two, { kind: 'creator', source: 'civitai', id: 'example_maker' });
      expect(tame.civitai.seen).toEqual([]);
    } finally {
      two.close();
      await tame.close();
    }
  });
});

describe('addresses', () => {
  it.each([
    ['https://civitai.com/models/600001/paper-lantern', model(600001)],
    ['https://civitai.red/models/600001?modelVersionId=800011', version(800011)],
    ['http://www.civitai.green/models/600001', model(600001)],
    [
      'https://civitai.com/api/download/models/800051?fileId=7000502&token=x',
      { kind: 'file', ref: 'civitai:800051/7000502' },
    ],
    [
      'https://civitai.com/api/download/models/800021?type=VAE&format=SafeTensor',
      { kind: 'file', ref: 'civitai:800021?type=VAE&format=SafeTensor' },
    ],
    [
      'https://civitai.com/user/%E6%97%A5%E6%9C%AC',
      { kind: 'creator', source: 'civitai', id: '日本' },
    ],
    [
      'https://civitai.com/user/someone/models',
      { kind: 'creator', source: 'civitai', id: 'someone' },
    ],
    ['https://civitai.com/collections/104', { kind: 'collection', source: 'civitai', id: '104' }],
    ['urn:air:sdxl:checkpoint:civitai:600002@800021', version(800021)],
    ['https://civitai.com/articles/1', undefined],
    ['https://civitai.com.evil.example/models/1', undefined],
    ['https://evil.example/?https://civitai.com/models/1', undefined],
    ['not a link', undefined],
  ])('%s', (link, input) => {
    expect(civitai.recognise(link)).toEqual(input);
  });

  it('those of the server in the settings count too', () => {
    expect(civitai.recognise(`${world.standIn.civitai.url}/models/600001`)).toEqual(model(600001));
  });

  it('a download link means one file: by its words, or the primary one', async () => {
    const name = async (ref: string) => (await listAll(civitai, { kind: 'file', ref }))[0]!.ref;
    expect(await name('civitai:800021?type=VAE&format=SafeTensor')).toBe('civitai:800021/7000203');
    expect(await name('civitai:800021?')).toBe('civitai:800021/7000201');
    expect(await name('civitai:800011/7000102')).toBe('civitai:800011/7000102');
  });
});

describe('locating', () => {
  it('asks with GET for one byte, by the file’s number, and gives a signed address without the token', async () => {
    const address = await locate('civitai:800011/7000101');
    const [asked] = world.standIn.civitai.seen;
    expect(asked).toMatchObject({
      method: 'GET',
      path: '/api/download/models/800011?fileId=7000101',
      headers: {
        authorization: 'Bearer stand-in-token',
        'user-agent': 'Kizashi/1.2.3',
        range: 'bytes=0-0',
      },
    });
    expect(new URL(address.url).origin).toBe(new URL(world.standIn.storage.url).origin);
    expect(Object.keys(address.headers)).toEqual(['user-agent']);
    expect(world.standIn.storage.seen).toEqual([]);
  });

  it('gives another address when the first has run out', async () => {
    const first = await locate('civitai:800011/7000101');
    world.standIn.storage.expireAll();
    await expect(fetchBytes(first)).rejects.toThrow(/expired/);
    const again = await civitai.locate('civitai:800011/7000101', 'expired', never());
    expect(again.url).not.toBe(first.url);
    expect((await fetchBytes(again)).length).toBe(65_736);
  });

  it('tells accounts that may not from those that have had enough', async () => {
    world.tokens.civitai = 'banned-token';
    await expect(locate('civitai:800012/7000103')).rejects.toMatchObject({
      code: 'DOWNLOADS_ACCOUNT_REFUSED',
    });
    world.tokens.civitai = 'over-quota-token';
    await expect(locate('civitai:800012/7000103')).rejects.toMatchObject({
      code: 'DOWNLOADS_SOURCE_QUOTA',
      retryable: true,
    });
    // A quota of a day is not asked for again after a second.
    expect(world.waits).toEqual([]);
  });

  it.each([
    ['/login?returnUrl=%2Fx&reason=download-auth', 'DOWNLOADS_TOKEN_REFUSED'],
    ['/models/600006', 'DOWNLOADS_EARLY_ACCESS'],
    ['ftp://elsewhere/file', 'DOWNLOADS_SOURCE_ANSWER'],
    ['http://[', 'DOWNLOADS_SOURCE_ANSWER'],
  ])('takes no page for a file: redirected to %s', async (location, code) => {
    world.standIn.civitai.interrupt({
      matches: /download\/models\/800011/,
      reply: { status: 307, headers: { location }, body: '' },
      times: 1,
    });
    await expect(locate('civitai:800011/7000101')).rejects.toMatchObject({ code });
  });

  it('takes no login page with status 200 for a file either', async () => {
    world.standIn.civitai.interrupt({
      matches: /download\/models\/800011/,
      reply: {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html>Sign in</html>',
      },
      times: 1,
    });
    await expect(locate('civitai:800011/7000101')).rejects.toMatchObject({
      code: 'DOWNLOADS_TOKEN_REFUSED',
    });
  });

  it('passes nothing of a reference on that does not name a file', async () => {
    await locate('civitai:800021?type=VAE&token=somebody-elses&nsfw=true');
    expect(world.standIn.civitai.seen[0]!.path).toBe('/api/download/models/800021?type=VAE');
    const attempt = locate('civitai:x?token=somebody-elses');
    await attempt.catch((error: Error) => expect(error.message).not.toMatch(/somebody/));
    await expect(attempt).rejects.toMatchObject({ code: 'DOWNLOADS_REF_INVALID' });
  });

  it('refuses references of others', async () => {
    for (const ref of [
      'civitai:',
      'civitai:1',
      'civitai:1/../../etc',
      'hugging-face:x',
      'civitai:a/b',
    ])
      await expect(locate(ref)).rejects.toMatchObject({ code: 'DOWNLOADS_REF_INVALID' });
  });
});

describe('first bytes', () => {
  const inspect = (text: string, name = 'model.safetensors') =>
    civitai.inspectHead(Buffer.from(text), { name, contentType: null });

  it.each([
    ['<!DOCTYPE html><html><head><title>Sign in</title>', 'DOWNLOADS_LOGIN_NEEDED'],
    ['\ufeff\n <!-- x --><HTML lang="en">', 'DOWNLOADS_LOGIN_NEEDED'],
    ['{"error":"Unauthorized","message":"log in"}', 'DOWNLOADS_LOGIN_NEEDED'],
    ['{"error":"Early Access","deadline":"2099-01-01T00:00:00.000Z"}', 'DOWNLOADS_EARLY_ACCESS'],
    ['{"error":"File not found"}', 'DOWNLOADS_MESSAGE_NOT_FILE'],
    [
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
      'DOWNLOADS_ADDRESS_EXPIRED',
    ],
    ['<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>', 'DOWNLOADS_MESSAGE_NOT_FILE'],
    [
      '{"code":"expired_auth_token","message":"Authorization token has expired","status":401}',
      'DOWNLOADS_ADDRESS_EXPIRED',
    ],
    [
      `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`,
      'DOWNLOADS_POINTER_NOT_FILE',
    ],
  ])('that are words and no file: %s', (text, code) => {
    expect(() => inspect(text)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['\u0078\0\0\0\0\0\0\0{"__metadata__":{}}', 'model.safetensors'],
    ['{"architectures":["Example"]}', 'config.json'],
    ['{"error":"is a key of these settings"}', 'config.json'],
    ['<html>an example page</html>', 'page.html'],
    ['model:\n  target: x', 'model.yaml'],
    ['', 'empty.txt'],
  ])('that are a file: %s', (text, name) => {
    expect(() => inspect(text, name)).not.toThrow();
  });
});

describe('previews', () => {
  it('are pictures of the site’s hosts, asked for without the token', async () => {
    const [file] = await listAll(civitai, model(600001));
    world.standIn.civitai.seen.length = 0;
    const { contentType, body } = await civitai.preview!(file!.model!.previewUrl!, never());
    expect(contentType).toBe('image/png');
    const parts: Buffer[] = [];
    for await (const part of body) parts.push(part as Buffer);
    expect(Buffer.concat(parts).subarray(1, 4).toString()).toBe('PNG');
    expect(world.standIn.civitai.seen[0]!.headers.authorization).toBeUndefined();
  });

  it.each([
    'http://127.0.0.1:1/x.png',
    'file:///etc/passwd',
    'https://image.civitai.com.evil.example/x',
  ])('are not fetched from elsewhere: %s', async (url) => {
    await expect(civitai.preview!(url, never())).rejects.toMatchObject({
      code: 'DOWNLOADS_PREVIEW_UNFIT',
    });
  });

  it.each([
    [{ 'content-type': 'text/html' }, Buffer.from('<script>')],
    [{ 'content-type': 'image/svg+xml' }, Buffer.from('<svg/>')],
    [{ 'content-type': 'image/png', 'content-length': 9 * 1024 * 1024 }, Buffer.alloc(1)],
  ])('are nothing but pictures of a decent size: %o', async (headers, bytes) => {
    const path = '/xExampleTenantKey/odd.png';
    world.standIn.civitai.interrupt({
      matches: /odd\.png/,
      reply: { status: 200, headers, body: bytes },
      times: 1,
    });
    await expect(civitai.preview!(world.standIn.civitai.url + path, never())).rejects.toMatchObject(
      { code: 'DOWNLOADS_PREVIEW_UNFIT' },
    );
  });

  it('are offered as paths of this server', async () => {
    const { items } = await civitai.search!(search({ query: 'paper lantern' }), never());
    expect(items[0]!.preview).toMatch(/^\/preview\/civitai\?url=http%3A%2F%2F127/);
  });
});
