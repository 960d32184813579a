/**
 * HTTP tests without sockets. Register a slice's routes on the real server and call them as one of a small cast:
 *
 * ```ts
 * const http = await openTestHttp({ permissions: salesPermissions, routes: [salesRoutes({ … })] });
 * afterAll(() => http.close());
 *
 * const reply = await http.as('analyst').post('/api/sales/imports', { … });
 * expect(reply.status).toBe(201);
 * expect((await http.as('viewer').get('/api/sales/settings')).body.code).toBe('AUTH_FORBIDDEN');
 * ```
 *
 * The administrator, analyst, operator and viewer are signed in and hold what `permissions` gives their role;
 * the outsider is not signed in. Errors arrive as problem documents in `body`. `requests` that need more (headers,
 * streams, another host) go through `http.server.inject`. Tests of sign-in itself use `principalOf` of `createAuth`.
 */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type PermissionTable, permissionsOf, type Role } from '../core/auth/permissions.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { loadConfig } from '../core/config/config.ts';
import type { Principal } from '../core/http/principal.ts';
import { createHttpServer, type HttpServerOptions } from '../core/http/server.ts';
import { createLogger } from '../core/log.ts';
import { createMetrics } from '../core/metrics.ts';

export type CastMember = Role | 'outsider';
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface TestReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  /** Parsed JSON, or the text when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every shape
  readonly body: any;
}

type Call = (url: string, body?: unknown, headers?: Record<string, string>) => Promise<TestReply>;

export interface TestCaller {
  readonly get: (url: string, headers?: Record<string, string>) => Promise<TestReply>;
  readonly post: Call;
  readonly put: Call;
  readonly patch: Call;
  readonly delete: Call;
}

export interface TestHttp {
  readonly server: FastifyInstance;
  as(member: CastMember): TestCaller;
  close(): Promise<void>;
}

export interface TestHttpOptions extends Partial<Omit<HttpServerOptions, 'config'>> {
  readonly routes?: readonly (FastifyPluginAsync | FastifyPluginAsyncZod)[];
  readonly permissions?: PermissionTable;
  /** `KIZASHI_…` settings. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
}

export async function openTestHttp(options: TestHttpOptions = {}): Promise<TestHttp> {
  const { routes = [], permissions = {}, settings = {}, clock = systemClock, ...rest } = options;
  const build = { version: '0.0.0-test', commit: null };
  const cast = createCast(permissions);
  const server = await createHttpServer({
    config: loadConfig(settings),
    log: createLogger({ level: 'silent' }),
    clock,
    build,
    metrics: createMetrics(build),
    permissions,
    ready: {},
    isUnavailable: () => false,
    principalOf: ({ headers }) => cast.get(headers.cookie?.replace('cast=', '') as CastMember),
    ...rest,
  });
  for (const plugin of routes) await server.register(plugin as FastifyPluginAsync);
  await server.ready();
  return {
    server,
    as: (member) => createCaller(server, { cookie: `cast=${member}` }),
    close: () => server.close(),
  };
}

/** A browser on the product's own page, with these extra headers (a session cookie, say). */
export function createCaller(server: FastifyInstance, headers: Record<string, string>): TestCaller {
  const send = async (
    method: Method,
    url: string,
    body?: unknown,
    extra: Record<string, string> = {},
  ): Promise<TestReply> => {
    const reply = await server.inject({
      method,
      url,
      headers: { 'sec-fetch-site': 'same-origin', ...headers, ...extra },
      ...(body !== undefined && { payload: body as object }),
    });
    return { status: reply.statusCode, headers: reply.headers, body: parse(reply.body) };
  };
  const call =
    (method: Method): Call =>
    (url, body, extra) =>
      send(method, url, body, extra);
  return {
    get: (url, extra) => send('GET', url, undefined, extra),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    delete: call('DELETE'),
  };
}

function createCast(permissions: PermissionTable): Map<CastMember, Principal> {
  const members: Role[] = ['administrator', 'analyst', 'operator', 'viewer'];
  return new Map(
    members.map((role) => [
      role,
      {
        userId: `user-${role}`,
        email: `${role}@example.org`,
        locale: 'en',
        role,
        permissions: permissionsOf(role, permissions),
        via: 'session',
        credentialId: `session-${role}`,
        actor: `${role}@example.org`,
      },
    ]),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
