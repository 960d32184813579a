import type { IncomingHttpHeaders } from 'node:http';
import type { Role } from '../auth/permissions.ts';
import type { Locale } from '../errors.ts';

/** Who makes a request, and what they may do. */
export interface Principal {
  /** Empty for an anonymous caller. */
  readonly userId: string;
  readonly email: string;
  readonly locale: Locale;
  readonly role: Role;
  readonly permissions: ReadonlySet<string>;
  readonly via: 'session' | 'token' | 'anonymous';
  /** Id of the session or token (never its secret). */
  readonly credentialId: string;
  /** As the audit log names the caller: an e-mail address or `token:<name>`. */
  readonly actor: string;
}

/** A caller without a valid session or token, or on a public route; the locale comes from `Accept-Language`. */
export const anonymous: Principal = Object.freeze({
  userId: '',
  email: '',
  locale: 'en',
  role: 'viewer',
  permissions: new Set<string>(),
  via: 'anonymous',
  credentialId: '',
  actor: 'anonymous',
});

/** The part of a request that sign-in looks at; a WebSocket upgrade can give it too. */
export interface Credentials {
  readonly headers: IncomingHttpHeaders;
  /** Only asks whether the credential is still good: does not count as a use, so an open page can idle out. */
  readonly passive?: boolean;
}

/**
 * Finds who a request comes from, or undefined when it carries no valid session or token.
 * Answers without a promise when it knows already: most requests then need no extra turn of the event loop.
 */
export type PrincipalOf = (
  request: Credentials,
) => Principal | undefined | Promise<Principal | undefined>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler runs; on routes with permission `public` nobody asks, so it is always `anonymous`. */
    principal: Principal;
  }
  interface FastifyContextConfig {
    /** What the caller needs: a permission's name, `signed-in`, or `public`. A route without it stops the start. */
    permission?: string;
    /** `sign-in`: the strict limit per address on top. `none`: not counted (assets, health, metrics). */
    limit?: 'sign-in' | 'none';
  }
}
