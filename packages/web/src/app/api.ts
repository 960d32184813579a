import { problemSchema } from '@kizashi/server/contract/http';
import { ApiError, BAD_REPLY, NETWORK } from './api-error.ts';

/** Undefined values are left out; a list becomes a repeated parameter. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** Anything that checks a value and throws when it does not fit; every contract schema is one. */
export interface Schema<T> {
  parse(value: unknown): T;
}

export interface CallOptions {
  readonly query?: Query;
  readonly signal?: AbortSignal;
}

/** Calls to the server. Each reply is checked against the contract; each failure is an `ApiError`. */
export interface Api {
  get<T>(path: string, schema: Schema<T>, options?: CallOptions): Promise<T>;
  post<T>(path: string, schema: Schema<T>, body?: unknown, options?: CallOptions): Promise<T>;
  put<T>(path: string, schema: Schema<T>, body?: unknown, options?: CallOptions): Promise<T>;
  patch<T>(path: string, schema: Schema<T>, body?: unknown, options?: CallOptions): Promise<T>;
  delete<T>(path: string, schema: Schema<T>, body?: unknown, options?: CallOptions): Promise<T>;
}

export interface ApiDependencies {
  readonly fetch: typeof globalThis.fetch;
  /** Language the server's messages should be in. */
  readonly locale: () => string;
}

export function createApi({ fetch, locale }: ApiDependencies): Api {
  async function call<T>(
    method: string,
    path: string,
    schema: Schema<T>,
    body: unknown,
    options: CallOptions = {},
  ): Promise<T> {
    const headers: Record<string, string> = {
      accept: 'application/json',
      'accept-language': locale(),
    };
    if (body !== undefined) headers['content-type'] = 'application/json';
    let response: Response;
    try {
      response = await fetch(withQuery(path, options.query), {
        method,
        headers,
        credentials: 'same-origin',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    } catch (cause) {
      if (options.signal?.aborted) throw cause;
      throw new ApiError(NETWORK, { retryable: true, cause });
    }
    if (!response.ok) throw await readProblem(response);
    return readReply(response, schema);
  }

  return {
    get: (path, schema, options) => call('GET', path, schema, undefined, options),
    post: (path, schema, body, options) => call('POST', path, schema, body, options),
    put: (path, schema, body, options) => call('PUT', path, schema, body, options),
    patch: (path, schema, body, options) => call('PATCH', path, schema, body, options),
    delete: (path, schema, body, options) => call('DELETE', path, schema, body, options),
  };
}

export function withQuery(path: string, query: Query | undefined): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function readReply<T>(response: Response, schema: Schema<T>): Promise<T> {
  const requestId = response.headers.get('x-request-id');
  try {
    return schema.parse(response.status === 204 ? null : await response.json());
  } catch (cause) {
    throw new ApiError(BAD_REPLY, { status: response.status, requestId, cause });
  }
}

/** A proxy in between may answer with its own page: then only the status is known. */
export async function readProblem(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('x-request-id');
  const parsed = problemSchema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return new ApiError(parsed.data.code, parsed.data);
  const retryable = [429, 502, 503, 504].includes(response.status);
  return new ApiError(BAD_REPLY, { status: response.status, retryable, requestId });
}
