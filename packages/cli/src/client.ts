import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Problem } from '@kizashi/server/contract/http';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { Locale } from './locale.ts';
import { postFile } from './post-file.ts';

/** The HTTP API as the commands use it, whether the server is far away or in this very process. */
export interface Client {
  get<T>(path: string, query?: Query): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** Streams a file as the request body. */
  upload<T>(path: string, file: string, query?: Query): Promise<T>;
  /** Writes the reply to a file; leaves none behind when it breaks off. */
  download(path: string, file: string, query?: Query): Promise<void>;
  close(): Promise<void>;
}

export type Query = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

interface ClientOptions {
  /** Base address of the server. */
  readonly url: string;
  readonly token: string;
  readonly locale: Locale;
  readonly close?: () => Promise<void>;
}

export function createClient(options: ClientOptions): Client {
  const headers = { authorization: `Bearer ${options.token}`, 'accept-language': options.locale };

  async function request(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(new URL(path, options.url), {
        ...init,
        headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
      });
    } catch (cause) {
      throw unreachable(options.url, options.locale, cause);
    }
  }

  async function call<T>(path: string, init: RequestInit): Promise<T> {
    const response = await request(path, init);
    return read(response.status, await response.text());
  }

  function read<T>(status: number, text: string): T {
    if (status < 200 || status > 299) throw problemError(status, text, options);
    if (text === '') return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch {
      throw notKizashi(status, options.url, options.locale);
    }
  }

  return {
    get: (path, query) => call(path + queryString(query), { method: 'GET' }),
    send: (method, path, body) =>
      call(path, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    async upload(path, file, query) {
      const { size: sizeBytes } = await stat(file);
      const url = new URL(path + queryString(query), options.url);
      const answer = await postFile(url, { path: file, sizeBytes }, headers).catch(
        (cause: unknown) => {
          throw unreachable(options.url, options.locale, cause);
        },
      );
      return read(answer.status, answer.text);
    },
    async download(path, file, query) {
      const response = await request(path + queryString(query), { method: 'GET' });
      if (!response.ok) throw problemError(response.status, await response.text(), options);
      const partial = `${file}.part`;
      try {
        const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
        await pipeline(body, createWriteStream(partial));
        await rename(partial, file);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    close: async () => options.close?.(),
  };
}

function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value])
      parameters.append(name, String(item));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function problemError(
  status: number,
  text: string,
  { url, locale }: Pick<ClientOptions, 'url' | 'locale'>,
): CommandError {
  let problem: Partial<Problem> = {};
  try {
    problem = JSON.parse(text) as Partial<Problem>;
  } catch {
    return notKizashi(status, url, locale);
  }
  if (problem.code === 'AUTH_REQUIRED') {
    return new CommandError(
      problem.code,
      locale === 'ja'
        ? 'KIZASHI_TOKEN が誤っているか、期限切れか、取り消されています。アカウント → API トークンで作り直してください。'
        : 'KIZASHI_TOKEN is wrong, expired or withdrawn. Make another one under Account → API tokens.',
      exitCodes.denied,
    );
  }
  const fields = (problem.fields ?? [])
    .map((field) => `\n  ${field.path}: ${field.message}`)
    .join('');
  const exitCode =
    status === 401 || status === 403
      ? exitCodes.denied
      : status === 400
        ? exitCodes.usage
        : status === 503
          ? exitCodes.unreachable
          : exitCodes.failed;
  return new CommandError(problem.code ?? 'FAILED', (problem.detail ?? text) + fields, exitCode);
}

function notKizashi(status: number, url: string, locale: Locale): CommandError {
  const { host } = new URL(url);
  return new CommandError(
    'NOT_KIZASHI',
    locale === 'ja'
      ? `${host} の応答 (${status}) は Kizashi のものではありません。KIZASHI_SERVER を確認してください。`
      : `${host} answered ${status}, but not as Kizashi does. Check that KIZASHI_SERVER is right.`,
  );
}

function unreachable(url: string, locale: Locale, cause: unknown): CommandError {
  const { message, code } = ((cause as Error).cause ?? cause) as NodeJS.ErrnoException;
  // OpenSSL's message is a place in its sources; its code can be looked up.
  const reason = code?.startsWith('ERR_SSL') ? code : message;
  const { host } = new URL(url);
  return new CommandError(
    'UNREACHABLE',
    locale === 'ja'
      ? `${host} に接続できません: ${reason}。サーバーが動いているか、KIZASHI_SERVER を確認してください。`
      : `Cannot reach ${host}: ${reason}. Check that the server runs and that KIZASHI_SERVER is right.`,
    exitCodes.unreachable,
  );
}
