import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authErrors } from '../auth/errors.ts';
import type { PermissionTable } from '../auth/permissions.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { Metrics } from '../metrics.ts';
import { httpErrors } from './errors.ts';
import { anonymous, type Principal, type PrincipalOf } from './principal.ts';
import { type Allowance, addressKey, RateLimiter, WINDOW_SECONDS } from './rate-limit.ts';
import { changesState, isSameOrigin } from './same-origin.ts';

export interface GuardOptions {
  readonly config: Pick<Config, 'url' | 'rateLimitPerMinute' | 'rateLimitSignInPerMinute'>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly permissions: PermissionTable;
  readonly principalOf: PrincipalOf;
}

type Done = (error?: Error) => void;

/**
 * Decides before anything else whether a request may go on: who it is, whether they ask too often, whether
 * a browser was tricked into sending it, and whether they hold the route's permission.
 */
export function guardRoutes(server: FastifyInstance, options: GuardOptions): void {
  const { clock, config, metrics, principalOf } = options;
  const ownOrigin = config.url === undefined ? undefined : new URL(config.url).origin;
  const perCaller = new RateLimiter({ max: config.rateLimitPerMinute, clock });
  const signIn = new RateLimiter({ max: config.rateLimitSignInPerMinute, clock });
  const callerPolicy = `"requests";q=${perCaller.max};w=${WINDOW_SECONDS}`;
  const signInPolicy = `"sign-in";q=${signIn.max};w=${WINDOW_SECONDS}`;

  function limit(request: FastifyRequest, reply: FastifyReply): void {
    const kind = request.routeOptions.config?.limit;
    if (kind === 'none') return;
    const { via, userId, credentialId } = request.principal;
    if (kind === 'sign-in') {
      const allowance = signIn.take(addressKey(request.ip));
      announce(reply, 'sign-in', signInPolicy, allowance);
      if (!allowance.allowed) refuse('sign-in', allowance);
      return;
    }
    const anyone = via === 'anonymous';
    const key = anyone ? addressKey(request.ip) : via === 'token' ? credentialId : userId;
    const allowance = perCaller.take(key);
    announce(reply, 'requests', callerPolicy, allowance);
    if (!allowance.allowed)
      refuse(anyone ? 'address' : via === 'token' ? 'token' : 'user', allowance);
  }

  function refuse(kind: Parameters<Metrics['countRateLimited']>[0], allowance: Allowance): never {
    metrics.countRateLimited(kind);
    throw httpErrors.RATE_LIMITED({ seconds: allowance.resetSeconds });
  }

  /** Why no CSRF token is needed: docs/adr/0003-sign-in.md. */
  function refuseCrossSite(request: FastifyRequest): void {
    if (!changesState(request.method) || request.principal.via === 'token') return;
    const sameOrigin = isSameOrigin(request.headers, ownOrigin, request.host);
    const provenance = sameOrigin ?? request.principal.via === 'anonymous';
    if (!provenance) throw httpErrors.CROSS_SITE_REFUSED();
  }

  function admit(request: FastifyRequest, reply: FastifyReply, principal: Principal): void {
    request.principal = principal;
    limit(request, reply);
    refuseCrossSite(request);
    const permission = request.routeOptions.config?.permission;
    // Nothing is declared only where no route matched; the not-found handler answers there.
    if (permission === 'public' || permission === undefined) return;
    if (principal.via === 'anonymous') throw authErrors.AUTH_REQUIRED();
    if (permission !== 'signed-in' && !principal.permissions.has(permission)) {
      throw authErrors.AUTH_FORBIDDEN({ permission });
    }
  }

  // A callback and not an async function: a request whose session is known passes without waiting.
  server.addHook('onRequest', (request, reply, done) => {
    // Public routes do not ask who it is: pages and health still answer while the database is away.
    const open = request.is404 || request.routeOptions.config?.permission === 'public';
    const found = open ? anonymous : principalOf(request);
    if (found instanceof Promise) {
      found
        .then((principal) => admit(request, reply, principal ?? anonymous))
        .then(() => done(), done as (error: unknown) => void);
    } else settle(() => admit(request, reply, found ?? anonymous), done);
  });
  requirePermissions(server, options.permissions);
}

function settle(work: () => void, done: Done): void {
  try {
    work();
  } catch (error) {
    done(error as Error);
    return;
  }
  done();
}

/** Header fields of draft-ietf-httpapi-ratelimit-headers-10. */
function announce(reply: FastifyReply, name: string, policy: string, allowance: Allowance): void {
  reply.header('ratelimit-policy', policy);
  reply.header('ratelimit', `"${name}";r=${allowance.remaining};t=${allowance.resetSeconds}`);
}

/** Stops the start when a route has no permission, or one that no slice declares. */
function requirePermissions(server: FastifyInstance, permissions: PermissionTable): void {
  const routes: { name: string; permissionOf: () => string | undefined }[] = [];
  server.addHook('onRoute', (route) => {
    const name = `${route.method} ${route.url}`;
    routes.push({ name, permissionOf: () => route.config?.permission });
  });
  server.addHook('onReady', (done) => {
    const known = (permission: string | undefined) =>
      permission === 'public' ||
      permission === 'signed-in' ||
      (permission !== undefined && Object.hasOwn(permissions, permission));
    const wrong = routes.filter(({ permissionOf }) => !known(permissionOf()));
    const names = wrong.map(({ name, permissionOf }) => `${name} (${permissionOf() ?? 'none'})`);
    done(
      wrong.length === 0
        ? undefined
        : httpErrors.ROUTES_WITHOUT_PERMISSION({ routes: names.join(', ') }),
    );
  });
}
