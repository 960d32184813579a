import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Auth } from './auth.ts';
import type { meSchema } from './contract.ts';
import { authErrors } from './errors.ts';
import type { By, Device } from './parts.ts';
import type { PermissionTable } from './permissions.ts';
import { permissionsOf } from './permissions.ts';
import type { SignedIn } from './registration.ts';
import type { UserRow } from './tables.ts';
import { toUser } from './user-store.ts';

export interface AuthRouteOptions {
  readonly auth: Auth;
  /** Workspace → its permissions: a person sees a workspace when they hold one of them. */
  readonly workspaces: Readonly<Record<string, PermissionTable>>;
  /** Address people reach the product under, without a slash at the end; for one-time links. */
  readonly publicUrl: () => string;
}

export function byCaller(request: FastifyRequest): By {
  return { actor: request.principal.actor, address: request.ip };
}

export function deviceOf(request: FastifyRequest): Device {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
}

/** Passwords, sessions and tokens are a person's own: a program that holds a token must not extend its reach. */
export function requireSession(request: FastifyRequest): { userId: string; sessionId: string } {
  const { userId, credentialId, via } = request.principal;
  if (via !== 'session') throw authErrors.AUTH_SESSION_NEEDED();
  return { userId, sessionId: credentialId };
}

export function createMe(workspaces: AuthRouteOptions['workspaces']) {
  return (user: UserRow, permissions: ReadonlySet<string>): z.infer<typeof meSchema> => ({
    user: toUser(user),
    permissions: [...permissions].sort(),
    workspaces: Object.keys(workspaces).filter((name) =>
      Object.keys(workspaces[name] ?? {}).some((permission) => permissions.has(permission)),
    ),
  });
}

/** Sets the new session's cookie; the session of an older cookie ends, so it cannot have been planted. */
export function createEnter({ auth, workspaces }: AuthRouteOptions) {
  const me = createMe(workspaces);
  return async (request: FastifyRequest, reply: FastifyReply, { secret, user }: SignedIn) => {
    const earlier = auth.cookie.read(request.headers.cookie);
    if (earlier) await auth.sessions.endBySecret(earlier);
    reply.header('set-cookie', auth.cookie.set(secret, auth.sessions.maxAgeSeconds));
    return me(user, permissionsOf(user.role, auth.permissions));
  };
}
