import { fromJson } from '../db/columns.ts';
import type { Locale } from '../errors.ts';
import type { Principal, PrincipalOf } from '../http/principal.ts';
import type { SessionCookie } from './cookie.ts';
import type { AuthParts } from './parts.ts';
import { type PermissionTable, permissionsOf, type Role } from './permissions.ts';
import { secretHash } from './secret-hash.ts';
import { authTables } from './tables.ts';

/**
 * How long a session or token is believed without asking the database. A change made by this process counts at once
 * (`forget`); one made by another process counts after this time.
 */
const REMEMBER_MS = 5_000;
const MAX_REMEMBERED = 10_000;
/** Last use is written at most this often: it is for people to read, and for the idle time-out. */
const TOUCH_MS = 60_000;

interface Remembered {
  readonly principal: Principal;
  readonly since: number;
  readonly until: number;
}

/** Finds who a session cookie or bearer token belongs to. */
export function createPrincipals(parts: Omit<AuthParts, 'forget'> & { cookie: SessionCookie }): {
  principalOf: PrincipalOf;
  forget(): void;
} {
  const { clock, config, cookie, log, permissions } = parts;
  const query = authTables(parts.db.query);
  const idleMs = config.sessionIdleMinutes * 60_000;
  const touchMs = Math.min(TOUCH_MS, idleMs / 4);
  const remembered = new Map<string, Remembered>();
  let generation = 0;

  /** The time of a use is for people to read: on a full disk they can still look at their figures without it. */
  async function note(
    table: 'core_sessions' | 'core_users' | 'core_tokens',
    change: Readonly<Record<string, number>>,
    id: string,
  ): Promise<void> {
    try {
      await query.updateTable(table).set(change).where('id', '=', id).execute();
    } catch (error) {
      log.warn({ err: error, table }, 'auth.use-not-noted');
    }
  }

  async function findSession(
    hash: string,
    now: number,
    passive: boolean,
  ): Promise<Remembered | undefined> {
    const row = await query
      .selectFrom('core_sessions as session')
      .innerJoin('core_users as user', 'user.id', 'session.user_id')
      .select(['session.id', 'session.last_seen_at', 'session.expires_at'])
      .select(['user.id as user_id', 'user.email', 'user.role', 'user.locale'])
      .where('session.secret_hash', '=', hash)
      .where('user.disabled', '=', 0)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const until = Math.min(row.expires_at, row.last_seen_at + idleMs);
    if (now >= until) return undefined;
    // `Math.abs`: after the clock was set back, the time of the last use lies ahead and must be written anew.
    if (!passive && Math.abs(now - row.last_seen_at) >= touchMs) {
      await note('core_sessions', { last_seen_at: now }, row.id);
      await note('core_users', { last_seen_at: now }, row.user_id);
    }
    const held = permissionsOf(row.role, permissions);
    return {
      principal: createPrincipal(row, { via: 'session', permissions: held, actor: row.email }),
      since: now,
      until: Math.min(until, now + REMEMBER_MS),
    };
  }

  async function findToken(hash: string, now: number): Promise<Remembered | undefined> {
    const row = await query
      .selectFrom('core_tokens as token')
      .innerJoin('core_users as user', 'user.id', 'token.user_id')
      .select(['token.id', 'token.name', 'token.scopes', 'token.expires_at', 'token.last_used_at'])
      .select(['user.id as user_id', 'user.email', 'user.role', 'user.locale'])
      .where('token.secret_hash', '=', hash)
      .where('user.disabled', '=', 0)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const until = row.expires_at ?? Number.POSITIVE_INFINITY;
    if (now >= until) return undefined;
    if (Math.abs(now - (row.last_used_at ?? 0)) >= TOUCH_MS) {
      await note('core_tokens', { last_used_at: now }, row.id);
    }
    return {
      principal: createPrincipal(row, {
        via: 'token',
        permissions: scoped(fromJson(row.scopes), row.role, permissions),
        actor: `token:${row.name}`,
      }),
      since: now,
      until: Math.min(until, now + REMEMBER_MS),
    };
  }

  async function lookUp(
    key: string,
    find: typeof findSession,
    hash: string,
    now: number,
    passive: boolean,
  ): Promise<Principal | undefined> {
    const before = generation;
    const found = await find(hash, now, passive);
    // What was read before a change must not be remembered after it.
    // What was looked up passively is not remembered: a real use must still be written down.
    if (found !== undefined && before === generation && !passive) {
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(key, found);
    }
    return found?.principal;
  }

  return {
    principalOf({ headers, passive = false }) {
      const token = bearerToken(headers.authorization);
      const secret = token ?? cookie.read(headers.cookie);
      if (secret === undefined || secret === '') return undefined;
      const hash = secretHash(secret);
      const key = `${token === undefined ? 's' : 't'}${hash}`;
      const now = clock.now();
      const known = remembered.get(key);
      if (known && now < known.until && now >= known.since) return known.principal;
      remembered.delete(key);
      return lookUp(key, token === undefined ? findSession : findToken, hash, now, passive);
    },
    forget() {
      generation++;
      remembered.clear();
    },
  };
}

export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(kzs_[\w-]{20,100})$/i.exec(authorization ?? '')?.[1];
}

function createPrincipal(
  row: { id: string; user_id: string; email: string; role: Role; locale: Locale },
  rest: Pick<Principal, 'via' | 'permissions' | 'actor'>,
): Principal {
  const { email, role, locale } = row;
  return { userId: row.user_id, email, role, locale, credentialId: row.id, ...rest };
}

/** A token never does more than its owner may do now, whatever they could when they made it. */
function scoped(scopes: string[], role: Role, permissions: PermissionTable): ReadonlySet<string> {
  const held = permissionsOf(role, permissions);
  return new Set(scopes.filter((scope) => held.has(scope)));
}
