import type { Config } from '../config/config.ts';

/** The session cookie: only for HTTP (no script reads it), only for our own pages. */
export interface SessionCookie {
  readonly name: string;
  read(header: string | undefined): string | undefined;
  /** Value of `Set-Cookie`. */
  set(secret: string, maxAgeSeconds: number): string;
  clear(): string;
}

/**
 * `Lax`, so that a link in a mail opens signed in; over HTTPS also `Secure` with the `__Host-` prefix, by which
 * browsers refuse one set by a sibling domain.
 */
export function createSessionCookie(config: Pick<Config, 'url'>): SessionCookie {
  const https = config.url?.startsWith('https:') ?? false;
  const name = https ? '__Host-kizashi_session' : 'kizashi_session';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`;
  return {
    name,
    read(header) {
      for (const pair of header?.split(';') ?? []) {
        const at = pair.indexOf('=');
        if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
      }
      return undefined;
    },
    set: (secret, maxAgeSeconds) => `${name}=${secret}; ${attributes}; Max-Age=${maxAgeSeconds}`,
    clear: () => `${name}=; ${attributes}; Max-Age=0`,
  };
}
