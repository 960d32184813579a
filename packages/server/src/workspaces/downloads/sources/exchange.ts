import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { createAddressGuard } from '../../../core/address-guard.ts';
import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { After } from '../../../core/timers.ts';
import type { SourceName } from '../contract.ts';
import type { ProxyChoice } from '../proxy.ts';
import { createAgents } from './agents.ts';
import { decodedBody, readBody } from './body.ts';
import { sourceErrors } from './errors.ts';
import { jsonObject, type Refusal } from './refusal.ts';
import { askedWaitMs, LONGEST_WAIT_MS, pause, waitMs } from './retry.ts';
import type { SourceExchange } from './source.ts';

const TRIES = 4;
const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 30_000;
/** A page of a list is some hundred KB; larger ones would hold up the event loop while they are parsed. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;
const MAX_REFUSAL_BYTES = 64 * 1024;

export interface ExchangeOptions {
  readonly source: SourceName;
  /** What we call ourselves: neither empty nor a browser's, or the sources answer with pages for people. */
  readonly agent: string;
  /** Origins of the source itself: the only ones the token is sent to, and never refused as private. */
  readonly ownOrigins: readonly string[];
  readonly token: () => Promise<string | undefined>;
  readonly proxy: ProxyChoice;
  /** Whether addresses of this machine and of private networks may be reached. */
  readonly allowPrivate: boolean;
  readonly clock: Clock;
  /** Waits between tries. */
  readonly after: After;
  readonly random: () => number;
  readonly onRequest: (exchange: SourceExchange) => void;
  /** Puts an answer that is no success into words. */
  readonly refusal: (refusal: Refusal) => AppError;
  /** Until the headers, and for the whole of an answer that is read here. */
  readonly timeoutMs?: number;
}

export interface Ask {
  readonly url: URL;
  readonly signal: AbortSignal;
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** False: without the token even to the source itself. */
  readonly withToken?: boolean;
  /** `manual` gives 3xx answers back. */
  readonly redirect?: 'follow' | 'manual';
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** After redirects. */
  readonly url: URL;
  readonly withToken: boolean;
  /** Unread and still packed: read it, or `destroy()` it. */
  readonly body: Readable;
}

/** One source's way to talk HTTP. */
export interface Exchange {
  /**
   * Asks until there is an answer of 2xx (or 3xx with `redirect: 'manual'`): 429, 5xx and failed connections are tried again
   * after the wait the server asks for or a growing one; a wait beyond 30 s is left to the caller.
   *
   * @throws what `refusal` makes of the answer, DOWNLOADS_SOURCE_UNREACHABLE, DOWNLOADS_LINK_PRIVATE; the signal's reason
   */
  ask(ask: Ask): Promise<Answer>;
  /** The same for JSON of a known shape. @throws DOWNLOADS_SOURCE_ANSWER when it has another one */
  json<T extends z.ZodType>(ask: Ask, schema: T): Promise<{ data: z.infer<T>; answer: Answer }>;
  close(): void;
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { source, clock, after, random, onRequest, refusal } = options;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const guard = options.allowPrivate
    ? null
    : createAddressGuard(() => sourceErrors.DOWNLOADS_LINK_PRIVATE());
  const agents = createAgents();
  const isOwn = (url: URL) => options.ownOrigins.includes(url.origin);

  /** One request, one answer. */
  async function send(ask: Ask): Promise<Answer> {
    ask.signal.throwIfAborted();
    const { url } = ask;
    const token = ask.withToken !== false && isOwn(url) ? await options.token() : undefined;
    const proxy = options.proxy(url);
    const guarded = isOwn(url) ? null : guard;
    guarded?.check(url.hostname);
    const started = clock.now();
    let status: number | null = null;
    try {
      const headers = {
        accept: '*/*',
        ...ask.headers,
        'user-agent': options.agent,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      const body = await new Promise<IncomingMessage>((resolve, reject) => {
        const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
          url,
          {
            method: ask.method ?? 'GET',
            headers,
            agent: agents.for(url, proxy, guarded),
            signal: ask.signal,
            timeout: timeoutMs,
          },
          resolve,
        );
        request.on('timeout', () =>
          request.destroy(Object.assign(new Error('timeout'), { code: 'timeout' })),
        );
        request.on('error', reject);
        request.end();
      });
      // A signal may end it before anybody reads it.
      body.on('error', () => {});
      status = body.statusCode ?? 0;
      return { status, headers: body.headers, url, withToken: token !== undefined, body };
    } catch (error) {
      ask.signal.throwIfAborted();
      if (error instanceof AppError) throw error;
      throw unreachable(url, error);
    } finally {
      onRequest({ source, host: url.host, status, durationMs: clock.now() - started });
    }
  }

  /** The same across redirects. Only own origins see the token, whoever sends us there. */
  async function follow(ask: Ask): Promise<Answer> {
    let { url } = ask;
    for (let hop = 0; ; hop++) {
      const answer = await send({ ...ask, url });
      const location = answer.headers.location;
      const redirected = answer.status >= 300 && answer.status < 400 && location !== undefined;
      if (!redirected || ask.redirect === 'manual') return answer;
      answer.body.destroy();
      const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
      if (next === null || !/^https?:$/.test(next.protocol) || hop === MAX_REDIRECTS)
        throw unusable(url, 'redirect');
      url = next;
    }
  }

  async function ask(request: Ask): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      let failure: AppError;
      let asked: number | undefined;
      try {
        const answer = await follow(request);
        const { status, headers } = answer;
        if (status >= 200 && status < 300) return answer;
        if (status >= 300 && status < 400 && request.redirect === 'manual') return answer;
        asked = askedWaitMs(headers, clock.now());
        failure = refusal(await toRefusal(answer, asked ?? LONGEST_WAIT_MS));
        if (!PASSING.has(failure.code)) throw failure;
      } catch (error) {
        if (!(error instanceof AppError) || !PASSING.has(error.code)) throw error;
        failure = error;
      }
      const wait = waitMs(attempt, asked, random);
      if (attempt === TRIES || wait > LONGEST_WAIT_MS) throw failure;
      await pause(after, wait, request.signal);
    }
  }

  return {
    ask,
    async json(request, schema) {
      const headers = {
        accept: 'application/json',
        'accept-encoding': 'gzip',
        ...request.headers,
      };
      let answer = await ask({ ...request, headers });
      let bytes: Buffer;
      try {
        bytes = await bodyOf(answer, MAX_JSON_BYTES, request.signal);
      } catch (error) {
        if ((error as AppError).code !== 'DOWNLOADS_SOURCE_UNREACHABLE') throw error;
        // An answer that broke off is asked for once more.
        answer = await ask({ ...request, headers });
        bytes = await bodyOf(answer, MAX_JSON_BYTES, request.signal);
      }
      let value: unknown;
      try {
        value = JSON.parse(bytes.toString('utf8'));
      } catch {
        throw unusable(answer.url, 'not JSON');
      }
      const parsed = schema.safeParse(value);
      if (parsed.success) return { data: parsed.data, answer };
      const issue = parsed.error.issues[0];
      throw unusable(answer.url, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    },
    close: agents.close,
  };

  async function bodyOf(answer: Answer, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      return await readBody(decodedBody(answer.body, answer.headers), maxBytes, limit);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RangeError) throw unusable(answer.url, error.message);
      if (/^Z_|^ERR__ERROR_/.test(String((error as { code?: unknown }).code)))
        throw unusable(answer.url, 'content-encoding');
      throw unreachable(answer.url, limit.aborted ? { code: 'timeout' } : error);
    }
  }

  async function toRefusal(answer: Answer, wait: number): Promise<Refusal> {
    const { status, headers, url, withToken } = answer;
    let text = '';
    try {
      const limit = AbortSignal.timeout(timeoutMs);
      text = (await readBody(decodedBody(answer.body, headers), MAX_REFUSAL_BYTES, limit)).toString(
        'utf8',
      );
    } catch {
      // The status alone says enough; a body that breaks off or has no end says no more.
      answer.body.destroy();
    }
    return {
      status,
      headers,
      host: url.host,
      path: url.pathname,
      text,
      json: jsonObject(text),
      withToken,
      seconds: Math.ceil(wait / 1000),
    };
  }
}

/** Failures that asking again may cure. */
const PASSING = new Set([
  'DOWNLOADS_SOURCE_UNREACHABLE',
  'DOWNLOADS_SOURCE_BUSY',
  'DOWNLOADS_SOURCE_RATE_LIMITED',
]);

/** No cause: an error of the HTTP parser carries the bytes it was parsing, and in them may be a signed address. */
function unreachable(url: URL, error: unknown): AppError {
  const code = (error as { code?: unknown } | null)?.code;
  return sourceErrors.DOWNLOADS_SOURCE_UNREACHABLE({
    host: url.host,
    reason: typeof code === 'string' && code !== '' ? code : 'connection lost',
  });
}

function unusable(url: URL, reason: string): AppError {
  return sourceErrors.DOWNLOADS_SOURCE_ANSWER({ host: url.host, reason });
}
