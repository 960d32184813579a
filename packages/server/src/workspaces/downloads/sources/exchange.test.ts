import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../../core/errors.ts';
import { chooseProxy } from '../proxy.ts';
import { never, skippedWaits } from '../testing/source-world.ts';
import { sourceErrors } from './errors.ts';
import { createExchange, type Exchange, type ExchangeOptions } from './exchange.ts';
import { passingRefusal } from './refusal.ts';
import { askedWaitMs, waitMs } from './retry.ts';
import type { SourceExchange } from './source.ts';

interface Answering {
  readonly url: URL;
  readonly seen: { url: string; headers: Record<string, unknown> }[];
  answer: (response: ServerResponse, url: string) => void;
}

const TOKEN = 'very-secret-token';
const shape = z.object({ ok: z.literal(true) });
const servers: Server[] = [];
let exchanges: Exchange[];
let heard: SourceExchange[];
let waits: number[];
let own: Answering;
let other: Answering;

async function startServer(): Promise<Answering> {
  const answering: { -readonly [K in keyof Answering]: Answering[K] } = {
    url: new URL('http://x'),
    seen: [],
    answer: (response) => response.end('{"ok":true}'),
  };
  const server = createServer((request, response) => {
    answering.seen.push({ url: request.url!, headers: { ...request.headers } });
    answering.answer(response, request.url!);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  answering.url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return answering;
}

function make(options: Partial<ExchangeOptions> = {}): Exchange {
  const skipped = skippedWaits();
  waits = skipped.waits;
  const exchange = createExchange({
    source: 'civitai',
    agent: 'Kizashi/1.2.3',
    ownOrigins: [own.url.origin],
    token: async () => TOKEN,
    proxy: () => null,
    allowPrivate: true,
    clock: { now: () => Date.UTC(2026, 0, 1) },
    after: skipped.after,
    random: () => 0,
    onRequest: (each) => heard.push(each),
    refusal: (refusal) =>
      passingRefusal(refusal) ??
      sourceErrors.DOWNLOADS_SOURCE_REFUSED({
        host: refusal.host,
        status: refusal.status,
        reason: refusal.text,
      }),
    timeoutMs: 10_000,
    ...options,
  });
  exchanges.push(exchange);
  return exchange;
}

const at = (server: Answering, path = '/x?query=secret-query') => new URL(path, server.url);
const get = (exchange: Exchange, url: URL, signal = never()) =>
  exchange.json({ url, signal }, shape).then(({ data }) => data);

/** Answers with each status in turn, then well. */
function failing(...failures: [status: number, headers?: Record<string, string>][]) {
  return (response: ServerResponse) => {
    const [status, headers] = failures.shift() ?? [200];
    response.writeHead(status, headers).end('{"ok":true}');
  };
}

beforeEach(async () => {
  exchanges = [];
  heard = [];
  own = await startServer();
  other = await startServer();
});
afterEach(async () => {
  for (const exchange of exchanges) exchange.close();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe('trying again', () => {
  it('waits as advised, 1 s and then twice as long, for 429 and 5xx', async () => {
    own.answer = failing([503], [500], [429]);
    expect(await get(make(), at(own))).toEqual({ ok: true });
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(heard.map(({ status }) => status)).toEqual([503, 500, 429, 200]);
  });

  it('waits as long as the server asks, in seconds or by the reset of its rate limit', async () => {
    own.answer = failing([503, { 'retry-after': '2' }], [429, { ratelimit: '"api";r=0;t=25' }]);
    await get(make(), at(own));
    expect(waits).toEqual([2000, 25_000]);
  });

  it('leaves a long wait to the caller and says how long', async () => {
    own.answer = failing([429, { 'retry-after': '3600' }]);
    await expect(get(make(), at(own))).rejects.toMatchObject({
      code: 'DOWNLOADS_SOURCE_RATE_LIMITED',
      retryable: true,
      params: { seconds: 3600 },
    });
    expect(waits).toEqual([]);
  });

  it('gives up after four tries', async () => {
    own.answer = failing([503], [503], [503], [503], [503]);
    await expect(get(make(), at(own))).rejects.toMatchObject({ code: 'DOWNLOADS_SOURCE_BUSY' });
    expect(own.seen.length).toBe(4);
  });

  it.each([400, 401, 403, 404, 410, 451])('not after %s', async (status) => {
    own.answer = failing([status]);
    await expect(get(make(), at(own))).rejects.toMatchObject({ code: 'DOWNLOADS_SOURCE_REFUSED' });
    expect(own.seen.length).toBe(1);
  });

  it('after a connection that was cut', async () => {
    let cut = 2;
    own.answer = (response) => {
      if (cut-- > 0) response.socket!.resetAndDestroy();
      else response.end('{"ok":true}');
    };
    expect(await get(make(), at(own))).toEqual({ ok: true });
    expect(heard.map(({ status }) => status)).toEqual([null, null, 200]);
  });

  it('ends with the signal, also while it waits', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    own.answer = failing([503]);
    const waiting = make({
      after: () => {
        queueMicrotask(() => stop.abort(reason));
        return () => {};
      },
    });
    await expect(get(waiting, at(own), stop.signal)).rejects.toBe(reason);
  });
});

describe('limits', () => {
  it('a server that accepts and says nothing is given up', async () => {
    const silent = createTcpServer(() => {});
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = new URL(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/`);
    const attempt = get(make({ timeoutMs: 50, ownOrigins: [url.origin] }), url);
    await expect(attempt).rejects.toMatchObject({
      code: 'DOWNLOADS_SOURCE_UNREACHABLE',
      params: { reason: 'timeout' },
    });
    silent.close();
  });

  it('a body that trickles is given up', async () => {
    own.answer = (response) => {
      response.write('{"ok"');
    };
    await expect(get(make({ timeoutMs: 50 }), at(own))).rejects.toMatchObject({
      code: 'DOWNLOADS_SOURCE_UNREACHABLE',
    });
  });

  it('a body that breaks off is asked for once more', async () => {
    let cut = 1;
    own.answer = (response) => {
      response.setHeader('content-length', 11);
      response.write('{"ok"');
      if (cut-- > 0) setImmediate(() => response.socket!.resetAndDestroy());
      else response.end(':true}');
    };
    expect(await get(make(), at(own))).toEqual({ ok: true });
    expect(own.seen.length).toBe(2);
  });

  it('a body without end is cut, packed or not', async () => {
    for (const packed of [false, true]) {
      own.answer = (response) => {
        const body = Buffer.alloc(9 * 1024 * 1024, ' ');
        if (packed) response.setHeader('content-encoding', 'gzip');
        response.end(packed ? gzipSync(body) : body);
      };
      await expect(get(make({ timeoutMs: 5000 }), at(own))).rejects.toMatchObject({
        code: 'DOWNLOADS_SOURCE_ANSWER',
      });
    }
  });

  it('what is packed is unpacked, and what cannot be is an error', async () => {
    own.answer = (response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"ok":true}'));
    };
    expect(await get(make(), at(own))).toEqual({ ok: true });
    own.answer = (response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end('{"ok":true}');
    };
    await expect(get(make(), at(own))).rejects.toMatchObject({
      code: 'DOWNLOADS_SOURCE_ANSWER',
      params: { reason: 'content-encoding' },
    });
  });

  it('an answer of another shape says where', async () => {
    for (const [body, reason] of [
      ['<html>', /not JSON/],
      ['{"ok":5}', /^ok: /],
    ] as const) {
      own.answer = (response) => response.end(body);
      const error = await get(make(), at(own)).catch((thrown: AppError) => thrown);
      expect(error).toMatchObject({ code: 'DOWNLOADS_SOURCE_ANSWER' });
      expect((error as AppError).params.reason).toMatch(reason);
    }
  });
});

describe('redirects and the token', () => {
  it('are followed; the token stays with its own host', async () => {
    own.answer = (response) =>
      response.writeHead(302, { location: at(other, '/there').href }).end();
    expect(await get(make(), at(own))).toEqual({ ok: true });
    expect(own.seen[0]!.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(other.seen[0]!.headers.authorization).toBeUndefined();
    expect(other.seen[0]!.headers['user-agent']).toBe('Kizashi/1.2.3');
  });

  it('another port of the same host is another host', async () => {
    await get(make(), at(other));
    expect(other.seen[0]!.headers.authorization).toBeUndefined();
  });

  it('go on with the token within the host, also relative ones', async () => {
    own.answer = (response, url) =>
      url === '/x'
        ? response.writeHead(307, { location: '/y' }).end()
        : response.end('{"ok":true}');
    await get(make(), at(own, '/x'));
    expect(own.seen.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ]);
  });

  it('without end, or to nowhere, are an error', async () => {
    for (const location of ['/x', 'file:///etc/passwd', 'http://[']) {
      own.answer = (response) => response.writeHead(302, { location }).end();
      await expect(get(make(), at(own, '/x'))).rejects.toMatchObject({
        code: 'DOWNLOADS_SOURCE_ANSWER',
      });
    }
  });

  it('do not lead to the inside where that is not allowed; the source itself may be there', async () => {
    own.answer = (response) => response.writeHead(302, { location: at(other).href }).end();
    const guarded = make({ allowPrivate: false });
    await expect(get(guarded, at(own))).rejects.toMatchObject({ code: 'DOWNLOADS_LINK_PRIVATE' });
    expect(other.seen).toEqual([]);
    const named = new URL(`http://localhost:${other.url.port}/`);
    await expect(get(guarded, named)).rejects.toMatchObject({ code: 'DOWNLOADS_LINK_PRIVATE' });
    expect(other.seen).toEqual([]);
  });
});

describe('a proxy', () => {
  it('gets the requests, with its own password and the whole address', async () => {
    const proxy = `http://user:hunter2@127.0.0.1:${other.url.port}`;
    const exchange = make({ proxy: chooseProxy(proxy, {}) });
    expect(await get(exchange, at(own))).toEqual({ ok: true });
    expect(own.seen).toEqual([]);
    expect(other.seen[0]!.url).toBe(at(own).href);
    expect(other.seen[0]!.headers['proxy-authorization']).toBe(
      `Basic ${Buffer.from('user:hunter2').toString('base64')}`,
    );
  });

  it('that is not there is an error without its password', async () => {
    const proxy = 'http://user:hunter2@127.0.0.1:1';
    const error = await get(make({ proxy: chooseProxy(proxy, {}) }), at(own)).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'DOWNLOADS_SOURCE_UNREACHABLE' });
    expect(everything(error)).not.toMatch(/hunter2/);
  });
});

describe('secrets', () => {
  it('are in no error and in nothing that is told of an exchange', async () => {
    const signed = '/file?X-Amz-Signature=secret-signature';
    const answers: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(401).end('no'),
      (response) => response.writeHead(302, { location: signed }).end(),
      (response) => response.writeHead(302, { location: `ftp://x${signed}` }).end(),
      (response) =>
        response.socket!.end(
          'HTTP/1.1 200 OK\r\nlocation: secret-signature\r\nbad\x01header\r\n\r\n',
        ),
      (response) => response.end('not json'),
      (response) => response.socket!.resetAndDestroy(),
    ];
    for (const answer of answers) {
      own.answer = answer;
      const error = await get(make(), at(own)).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AppError);
      expect(everything(error)).not.toMatch(/secret/);
    }
    expect(JSON.stringify(heard)).not.toMatch(/secret|\/x/);
    expect(heard[0]).toEqual({ source: 'civitai', host: own.url.host, status: 401, durationMs: 0 });
  });
});

describe('how long to wait', () => {
  const now = Date.UTC(2026, 0, 1);
  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }, 10_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ ratelimit: '"api";r=0;t=55' }, 55_000],
    [{ ratelimit: '"api";r=3;t=55' }, undefined],
    [{ ratelimit: '"pages";r=9;t=1, "api";r=0;t=7' }, 7000],
    [{}, undefined],
  ])('%o asks for %s ms', (headers, ms) => {
    expect(askedWaitMs(headers, now)).toBe(ms);
  });

  it('without being told: doubled from one second to thirty, a quarter less by chance', () => {
    expect([1, 2, 3, 4, 5, 6, 9].map((attempt) => waitMs(attempt, undefined, () => 0))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ]);
    expect(waitMs(1, undefined, () => 0.999)).toBe(750);
  });
});

/** All that could come to a log: message, parameters, stack and causes. */
function everything(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error);
  const fields = JSON.stringify({ ...error, message: error.message, stack: error.stack });
  return fields + (error.cause === undefined ? '' : everything(error.cause));
}
