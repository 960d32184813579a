import { afterAll, describe, expect, it } from 'vitest';
import { openTestHttp, type TestHttp } from '../../testing/http.ts';

describe('health and metrics', () => {
  const open: TestHttp[] = [];
  const start = async (...args: Parameters<typeof openTestHttp>) => {
    const http = await openTestHttp(...args);
    open.push(http);
    return http;
  };
  afterAll(() => Promise.all(open.map((http) => http.close())));

  it('is ready only when every part is, and names the one that is not', async () => {
    let queue = true;
    let database = async () => true;
    const http = await start({ ready: { database: () => database(), queue: async () => queue } });
    const get = () => http.as('outsider').get('/health/ready');
    expect(await get()).toMatchObject({
      status: 200,
      body: { status: 'ready', parts: { database: 'ok', queue: 'ok' } },
    });
    queue = false;
    database = async () => {
      throw new Error('password for 10.0.0.7 refused');
    };
    const reply = await get();
    expect(reply).toMatchObject({
      status: 503,
      body: { status: 'not-ready', parts: { database: 'failing', queue: 'failing' } },
    });
    expect(JSON.stringify(reply.body)).not.toContain('10.0.0.7');
    expect((await http.as('outsider').get('/health/live')).body).toEqual({ status: 'live' });
  });

  const metrics = (http: TestHttp, headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
    http.server.inject({ url: '/metrics', headers, remoteAddress });

  it('shows metrics to this machine only, and not through a proxy on it', async () => {
    const http = await start();
    await http.as('outsider').get('/api/nothing?secret=1');
    const reply = await metrics(http, {});
    expect(reply.body).toContain(
      'kizashi_http_request_seconds_count{method="GET",route="unmatched",status="404"} 1',
    );
    expect(reply.body).toMatch(/kizashi_build_info\{version="0.0.0-test"/);
    expect(reply.body).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(reply.body).not.toContain('secret');
    expect((await metrics(http, {}, '::1')).statusCode).toBe(200);
    expect((await metrics(http, {}, '10.0.0.5')).statusCode).toBe(404);
    expect((await metrics(http, { 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(404);
  });

  it('shows metrics to whoever holds the token, when there is one', async () => {
    const http = await start({ settings: { KIZASHI_METRICS_TOKEN: 'a-token-of-16-or-more' } });
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    expect((await metrics(http, bearer('a-token-of-16-or-more'), '10.0.0.5')).statusCode).toBe(200);
    expect((await metrics(http, bearer('a-token-of-16-or-mora'), '10.0.0.5')).statusCode).toBe(404);
    expect((await metrics(http, {})).statusCode).toBe(404);
  });
});
