import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createFakeTime } from '../../testing/fake-time.ts';
import { openTestHttp, type TestHttp } from '../../testing/http.ts';
import { defineErrors } from '../errors.ts';
import { pageQuery } from './contract.ts';

const errors = defineErrors({
  TEST_FULL: { status: 409, en: 'No room for {n}.', ja: '{n} 件は入りません。' },
  TEST_OPERATOR: { status: 500, en: 'The file /srv/secret is gone.', ja: '/srv/secret がない。' },
});
const permissions = { 'things.read': ['viewer', 'analyst'], 'things.manage': [] } as const;
const read = { permission: 'things.read' };

const things: FastifyPluginAsyncZod = async (server) => {
  server.get(
    '/api/things',
    {
      config: read,
      schema: {
        summary: 'Things',
        tags: ['Things'],
        querystring: pageQuery,
        response: { 200: z.object({ name: z.string() }) },
      },
    },
    async () => ({ name: '売上', passwordHash: '$2b$' }),
  );
  server.get('/api/things/big', { config: read }, async () => ({ text: '売上'.repeat(2000) }));
  server.get(
    '/api/public',
    { config: { permission: 'public' }, schema: {} },
    async ({ principal }) => ({
      via: principal.via,
    }),
  );
  server.post(
    '/api/things',
    {
      config: { permission: 'things.manage' },
      schema: { body: z.object({ name: z.string().min(2), count: z.int() }) },
    },
    async (request) => request.body,
  );
  server.post(
    '/api/door',
    { config: { permission: 'public', limit: 'sign-in' } },
    async () => ({}),
  );
  const failures: Record<string, () => Error> = {
    full: () => errors.TEST_FULL({ n: 3 }),
    operator: () => errors.TEST_OPERATOR(),
    broken: () => new Error('SELECT password FROM core_users -- hunter2'),
    database: () => new Error('store failed', { cause: new Error('ECONNREFUSED 10.0.0.7') }),
  };
  server.get('/api/fail/:kind', { config: read }, async (request) => {
    throw failures[(request.params as { kind: string }).kind]?.();
  });
};

describe('createHttpServer', () => {
  let http: TestHttp;
  const reportError = vi.fn();
  beforeAll(async () => {
    http = await openTestHttp({
      permissions,
      routes: [things],
      reportError,
      settings: { KIZASHI_RATE_LIMIT_SIGN_IN_PER_MINUTE: '1000' },
      isUnavailable: (error) => (error as Error).message.startsWith('ECONNREFUSED'),
    });
  });
  afterAll(() => http.close());

  describe('permissions', () => {
    it('admit those who hold them, ask others to sign in, and refuse the rest', async () => {
      expect((await http.as('viewer').get('/api/things')).status).toBe(200);
      expect((await http.as('administrator').get('/api/things')).status).toBe(200);
      const operator = await http.as('operator').get('/api/things');
      expect(operator.body).toMatchObject({
        code: 'AUTH_FORBIDDEN',
        status: 403,
        params: { permission: 'things.read' },
      });
      const outsider = await http.as('outsider').get('/api/things');
      expect(outsider.body).toMatchObject({ code: 'AUTH_REQUIRED', status: 401 });
      expect(outsider.headers['www-authenticate']).toBe('Bearer realm="kizashi"');
      expect((await http.as('outsider').get('/api/public')).body).toEqual({ via: 'anonymous' });
    });

    it('are checked before the body is read', async () => {
      const reply = await http.as('viewer').post('/api/things', { name: 'x'.repeat(2 ** 21) });
      expect(reply.body.code).toBe('AUTH_FORBIDDEN');
    });

    it('must be declared, and known: else the server does not start', async () => {
      const start = (config: object) =>
        openTestHttp({
          permissions,
          routes: [
            async (server: FastifyInstance) => {
              server.get('/api/forgotten', { config }, async () => ({}));
            },
          ],
        });
      await expect(start({})).rejects.toThrow('GET /api/forgotten (none)');
      await expect(start({ permission: 'things.raed' })).rejects.toThrow('(things.raed)');
      await expect(start({ permission: 'toString' })).rejects.toThrow('(toString)');
    });
  });

  describe('problems', () => {
    it('tell code, words in the caller’s language, and request id', async () => {
      const reply = await http.as('viewer').get('/api/fail/full');
      expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(reply.body).toEqual({
        type: 'urn:kizashi:error:TEST_FULL',
        title: 'Conflict',
        status: 409,
        detail: 'No room for 3.',
        code: 'TEST_FULL',
        requestId: reply.headers['x-request-id'],
        retryable: false,
        params: { n: 3 },
        fields: [],
      });
      const japanese = { 'accept-language': 'fr, ja;q=0.9, en;q=0.8' };
      const outsider = await http.as('outsider').get('/api/things', japanese);
      expect(outsider.body.detail).toContain('サインイン');
      // A page names the language it is shown in; without that, a signed-in person's own choice counts.
      expect((await http.as('viewer').get('/api/fail/full', japanese)).body.detail).toContain('件');
      expect((await http.as('viewer').get('/api/fail/full')).body.detail).toBe('No room for 3.');
    });

    it('name each wrong field, in the caller’s language', async () => {
      const server = http.server;
      const send = (language: string) =>
        server.inject({
          method: 'GET',
          url: `/api/things?limit=zero&cursor=${'x'.repeat(201)}`,
          headers: { cookie: 'cast=viewer', 'accept-language': language },
        });
      const fields = (await send('en')).json().fields;
      expect(fields.map((field: { path: string }) => field.path).sort()).toEqual([
        'query.cursor',
        'query.limit',
      ]);
      const body = { name: 'a', count: 1.5 };
      const wrong = await http.as('administrator').post('/api/things', body);
      expect(wrong.body).toMatchObject({ code: 'REQUEST_INVALID', status: 400 });
      expect(wrong.body.fields).toEqual([
        { path: 'body.name', message: 'Too small: expected string to have >=2 characters' },
        { path: 'body.count', message: 'Invalid input: expected int, received number' },
      ]);
    });

    it('hide what went wrong inside, and report it', async () => {
      for (const kind of ['broken', 'operator']) {
        reportError.mockClear();
        const reply = await http.as('viewer').get(`/api/fail/${kind}`);
        expect(reply).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
        expect(JSON.stringify(reply)).not.toMatch(/SELECT|hunter2|secret|\.ts/);
        const context = { requestId: reply.body.requestId, route: '/api/fail/:kind' };
        expect(reportError).toHaveBeenCalledExactlyOnceWith(expect.any(Error), context);
      }
    });

    it('say when the database is away, without its address', async () => {
      reportError.mockClear();
      const reply = await http.as('viewer').get('/api/fail/database');
      expect(reply).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE', retryable: true } });
      expect(reply.headers['retry-after']).toBe('5');
      expect(JSON.stringify(reply)).not.toContain('10.0.0.7');
      expect(reportError).not.toHaveBeenCalled();
    });

    it.each([
      ['broken JSON', '{"name":', 'application/json', 400, 'BODY_NOT_JSON'],
      ['an empty body', '', 'application/json', 400, 'BODY_NOT_JSON'],
      ['JSON called text', '{}', 'text/plain', 415, 'MEDIA_TYPE_UNSUPPORTED'],
      ['__proto__', '{"__proto__":{"a":1}}', 'application/json', 400, 'BODY_NOT_JSON'],
      ['another media type', '<a/>', 'text/xml', 415, 'MEDIA_TYPE_UNSUPPORTED'],
      ['too large a body', `"${'x'.repeat(2 ** 20)}"`, 'application/json', 413, 'BODY_TOO_LARGE'],
      ['U+0000', '{"name":"a\\u0000b","count":1}', 'application/json', 400, 'REQUEST_INVALID'],
    ])('refuse %s', async (_what, payload, type, status, code) => {
      const reply = await http.server.inject({
        method: 'POST',
        url: '/api/things',
        headers: {
          cookie: 'cast=administrator',
          'sec-fetch-site': 'same-origin',
          'content-type': type,
        },
        payload,
      });
      expect(reply.json()).toMatchObject({ status, code });
    });

    it('answer for addresses that do not exist or cannot be read', async () => {
      for (const path of ['/api/nothing', '/api/%E0%A4%A', '/nothing.js', '/health/x', '/']) {
        const reply = await http.as('viewer').get(path);
        expect(reply.headers['content-type'], path).toMatch(/problem\+json/);
        expect([400, 404]).toContain(reply.status);
      }
      expect((await http.as('viewer').get('/api/things?cursor=%00')).status).toBe(400);
      expect((await http.as('viewer').delete('/api/things')).status).toBe(404);
    });
  });

  describe('requests from other sites', () => {
    const post = (headers: Record<string, string>, cookie = 'cast=administrator') =>
      http.server.inject({
        method: 'POST',
        url: '/api/things',
        headers: { host: 'kizashi.example', cookie, ...headers },
        payload: { name: 'ab', count: 1 },
      });

    it.each([
      [{ 'sec-fetch-site': 'same-origin' }, 200],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ 'sec-fetch-site': 'same-site' }, 403],
      [{ origin: 'https://kizashi.example' }, 200],
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: 'https://kizashi.example.evil.example' }, 403],
      [{ origin: 'null' }, 403],
      [{ 'sec-fetch-site': 'cross-site', origin: 'https://kizashi.example' }, 403],
      [{}, 403],
    ] as [Record<string, string>, number][])(
      'with a session and %j get %i',
      async (headers, status) => {
        const reply = await post(headers);
        expect(reply.statusCode).toBe(status);
        if (status === 403) expect(reply.json().code).toBe('CROSS_SITE_REFUSED');
      },
    );

    it('cannot sign a visitor in under another name, but programs without a browser can sign in', async () => {
      const door = (headers: Record<string, string>) =>
        http.server.inject({ method: 'POST', url: '/api/door', headers });
      expect((await door({ origin: 'https://evil.example' })).statusCode).toBe(403);
      expect((await door({})).statusCode).toBe(200);
    });

    it('may read, since other sites cannot see the reply', async () => {
      const reply = await http.as('viewer').get('/api/things', { 'sec-fetch-site': 'cross-site' });
      expect(reply.status).toBe(200);
      expect(reply.headers['access-control-allow-origin']).toBeUndefined();
      expect(reply.headers['cross-origin-resource-policy']).toBe('same-origin');
    });
  });

  describe('replies', () => {
    it('hold only what their schema names', async () => {
      expect((await http.as('viewer').get('/api/things')).body).toEqual({ name: '売上' });
    });

    it('are not sent again to a caller who has them', async () => {
      const first = await http.as('viewer').get('/api/things');
      expect(first.headers['cache-control']).toBe('private, no-cache');
      const etag = String(first.headers.etag);
      for (const header of [etag, `"x", ${etag}`, '*']) {
        const again = await http.as('viewer').get('/api/things', { 'if-none-match': header });
        expect(again).toMatchObject({ status: 304, body: '' });
      }
      const other = await http.as('viewer').get('/api/things', { 'if-none-match': '"x"' });
      expect(other.status).toBe(200);
      const problem = await http.as('viewer').get('/api/fail/full');
      expect(problem.headers).toMatchObject({ 'cache-control': 'no-store' });
      expect(problem.headers.etag).toBeUndefined();
    });

    it('are compressed when large and wanted', async () => {
      const get = (encoding: string) =>
        http.server.inject({
          url: '/api/things/big',
          headers: { cookie: 'cast=viewer', 'accept-encoding': encoding },
        });
      const packed = await get('br, gzip');
      expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
      expect(packed.headers['content-length']).toBe(String(packed.rawPayload.length));
      expect(JSON.parse(gunzipSync(packed.rawPayload).toString()).text).toHaveLength(4000);
      for (const encoding of ['', 'identity', 'gzip;q=0', 'br']) {
        const plain = await get(encoding);
        expect(plain.headers['content-encoding'], encoding).toBeUndefined();
        expect(plain.headers.etag).toBe(packed.headers.etag);
      }
    });

    it('carry security headers, errors too', async () => {
      for (const path of ['/api/things', '/api/nothing', '/health/live']) {
        expect((await http.as('outsider').get(path)).headers).toMatchObject({
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'same-origin',
        });
      }
    });
  });

  it('describes itself: schemas, permissions, problems', async () => {
    const { body } = await http.as('outsider').get('/api/openapi.json');
    const operation = body.paths['/api/things'].get;
    expect(operation).toMatchObject({
      summary: 'Things',
      tags: ['Things'],
      description: 'Permission: `things.read`.',
      security: [{ session: [] }, { token: [] }],
    });
    expect(operation.parameters.map((parameter: { name: string }) => parameter.name)).toEqual([
      'cursor',
      'limit',
    ]);
    expect(operation.responses.default.content['application/problem+json'].schema.$ref).toBe(
      '#/components/schemas/Problem',
    );
    expect(body.components.schemas.Problem.properties.code).toEqual({ type: 'string' });
    expect(body.paths['/api/public'].get.security).toEqual([]);
    expect(Object.keys(body.paths).filter((path) => /docs|health|metrics/.test(path))).toEqual([]);
    const docs = await http.as('outsider').get('/api/docs/');
    expect(docs.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self';/,
    );
    expect(docs.body).not.toMatch(/<script>[^<]/);
  });
});

describe('while the database is away', () => {
  it('says so on the API, and still serves pages, health and sign-in checks of origin', async () => {
    const away = new Error('ECONNREFUSED 10.0.0.7');
    const http = await openTestHttp({
      permissions,
      routes: [things],
      isUnavailable: (error) => error === away,
      principalOf: async () => {
        throw away;
      },
    });
    const viewer = http.as('viewer');
    expect((await viewer.get('/api/things')).body.code).toBe('UNAVAILABLE');
    expect((await viewer.get('/api/public')).status).toBe(200);
    expect((await viewer.get('/health/live')).status).toBe(200);
    expect((await viewer.get('/api/nothing')).status).toBe(404);
    const crossed = await viewer.post('/api/door', {}, { 'sec-fetch-site': 'cross-site' });
    expect(crossed.body.code).toBe('CROSS_SITE_REFUSED');
    await http.close();
  });
});

describe('rate limits', () => {
  it('count per user, token or address, and say where one stands', async () => {
    const time = createFakeTime();
    const http = await openTestHttp({
      permissions,
      routes: [things],
      clock: time.clock,
      settings: { KIZASHI_RATE_LIMIT_PER_MINUTE: '2' },
    });
    const first = await http.as('viewer').get('/api/things');
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"requests";q=2;w=60',
      ratelimit: '"requests";r=1;t=60',
    });
    time.advance(20_500);
    await http.as('viewer').get('/api/things');
    const third = await http.as('viewer').get('/api/things');
    expect(third.body).toMatchObject({ code: 'RATE_LIMITED', params: { seconds: 40 } });
    expect(third.headers).toMatchObject({ 'retry-after': '40', ratelimit: '"requests";r=0;t=40' });
    expect((await http.as('analyst').get('/api/things')).status).toBe(200);
    expect((await http.as('outsider').get('/api/public')).status).toBe(200);
    for (let i = 0; i < 5; i++)
      expect((await http.as('viewer').get('/health/live')).status).toBe(200);
    time.advance(39_500);
    expect((await http.as('viewer').get('/api/things')).status).toBe(200);
    await http.close();
  });
});
