import { okSchema } from '@kizashi/server/contract/http';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createApi, withQuery } from './api.ts';
import { ApiError, BAD_REPLY, NETWORK } from './api-error.ts';

const problem = {
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  detail: 'リクエストが正しくありません。',
  code: 'REQUEST_INVALID',
  requestId: 'r-1',
  retryable: false,
  params: {},
  fields: [{ path: 'body.email', message: 'メールアドレスではありません' }],
};

function setUp(reply: Response | Error) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => {
    if (reply instanceof Error) throw reply;
    return reply;
  });
  return { fetch, api: createApi({ fetch, locale: () => 'ja' }) };
}

async function failure(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe('api', () => {
  it('asks for messages in the language of the page and checks the reply', async () => {
    const { api, fetch } = setUp(Response.json({ ok: true, extra: 1 }));
    await expect(api.get('/api/x', okSchema, { query: { a: 1 } })).resolves.toEqual({ ok: true });
    const [address, init] = fetch.mock.calls[0]!;
    expect(address).toBe('/api/x?a=1');
    expect(init).toMatchObject({
      method: 'GET',
      credentials: 'same-origin',
      headers: { 'accept-language': 'ja' },
    });
    expect(init).not.toHaveProperty('body');
  });

  it('takes a reply without content for null', async () => {
    const { api } = setUp(new Response(null, { status: 204 }));
    await expect(api.delete('/api/x', z.null())).resolves.toBeNull();
  });

  it('sends a body as JSON, and no content type without one', async () => {
    const { api, fetch } = setUp(Response.json({ ok: true }));
    await api.post('/api/x', okSchema, { name: 'a' });
    expect(fetch.mock.calls[0]![1]).toMatchObject({
      method: 'POST',
      body: '{"name":"a"}',
      headers: { 'content-type': 'application/json' },
    });
    const bare = setUp(Response.json({ ok: true }));
    await bare.api.post('/api/x', okSchema);
    expect(bare.fetch.mock.calls[0]![1]!.headers).not.toHaveProperty('content-type');
  });

  it('turns problem details into an error with code, words and fields', async () => {
    const { api } = setUp(Response.json(problem, { status: 400 }));
    const error = await failure(api.post('/api/x', okSchema, {}));
    expect(error).toMatchObject({
      code: 'REQUEST_INVALID',
      status: 400,
      detail: problem.detail,
      retryable: false,
      requestId: 'r-1',
    });
    expect(error.field('email')).toBe('メールアドレスではありません');
    expect(error.field('name')).toBeUndefined();
  });

  it('knows only the status of a reply that a proxy wrote', async () => {
    const { api } = setUp(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    const error = await failure(api.get('/api/x', okSchema));
    expect(error).toMatchObject({ code: BAD_REPLY, status: 502, retryable: true, detail: '' });
  });

  it('says that a reply outside the contract was not understood', async () => {
    const reply = Response.json({ ok: 'no' }, { headers: { 'x-request-id': 'r-2' } });
    const { api } = setUp(reply);
    const error = await failure(api.get('/api/x', z.object({ ok: z.boolean() })));
    expect(error).toMatchObject({ code: BAD_REPLY, status: 200, requestId: 'r-2' });
  });

  it('may be retried when the server was not reached', async () => {
    const { api } = setUp(new TypeError('Failed to fetch'));
    const error = await failure(api.get('/api/x', okSchema));
    expect(error).toMatchObject({ code: NETWORK, status: 0, retryable: true });
  });

  it('lets an abort through as it is, since nobody waits for an answer', async () => {
    const { api } = setUp(new DOMException('aborted', 'AbortError'));
    const controller = new AbortController();
    controller.abort();
    await expect(api.get('/api/x', okSchema, { signal: controller.signal })).rejects.toHaveProperty(
      'name',
      'AbortError',
    );
  });
});

describe('withQuery', () => {
  it('repeats lists, leaves out what is undefined and escapes the rest', () => {
    expect(withQuery('/a', { filter: ['country:EIRE', 'x:y&z'], to: undefined, n: 0 })).toBe(
      '/a?filter=country%3AEIRE&filter=x%3Ay%26z&n=0',
    );
    expect(withQuery('/a', undefined)).toBe('/a');
  });
});
