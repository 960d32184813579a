import { createId, createSecret } from '../ids.ts';
import type { Session } from './contract.ts';
import type { AuthParts, By, Device } from './parts.ts';
import { secretHash } from './secret-hash.ts';
import { type AuthQuery, authTables } from './tables.ts';

/** One's signed-in browsers. */
export interface Sessions {
  /** Returns the secret for the cookie; only its hash is stored. */
  start(query: AuthQuery, userId: string, device: Device): Promise<string>;
  /** Seconds after which a session ends whatever happens. */
  readonly maxAgeSeconds: number;
  list(userId: string, currentId: string): Promise<Session[]>;
  /** False when the user has no such session. */
  end(userId: string, id: string, by: By): Promise<boolean>;
  endAllBut(userId: string, keepId: string, by: By): Promise<void>;
  endBySecret(secret: string): Promise<void>;
}

/** The caller calls `forget` once the transaction is done. */
export async function endSessions(
  trx: AuthQuery,
  userId: string,
  keepId: string | null,
): Promise<void> {
  let sessions = trx.deleteFrom('core_sessions').where('user_id', '=', userId);
  if (keepId !== null) sessions = sessions.where('id', '!=', keepId);
  await sessions.execute();
}

export function createSessions(parts: AuthParts): Sessions {
  const { audit, clock, config, forget } = parts;
  const query = authTables(parts.db.query);
  const idleMs = config.sessionIdleMinutes * 60_000;
  const maxAgeSeconds = config.sessionMaxHours * 3600;

  return {
    maxAgeSeconds,
    async start(query, userId, device) {
      const now = clock.now();
      const secret = createSecret();
      await query
        .deleteFrom('core_sessions')
        .where('user_id', '=', userId)
        .where((row) =>
          row.or([row('expires_at', '<=', now), row('last_seen_at', '<=', now - idleMs)]),
        )
        .execute();
      await query
        .insertInto('core_sessions')
        .values({
          id: createId(now),
          secret_hash: secretHash(secret),
          user_id: userId,
          created_at: now,
          last_seen_at: now,
          expires_at: now + maxAgeSeconds * 1000,
          address: device.address.slice(0, 64),
          user_agent: device.userAgent.slice(0, 300),
        })
        .execute();
      await query
        .updateTable('core_users')
        .set({ last_seen_at: now })
        .where('id', '=', userId)
        .execute();
      return secret;
    },
    async list(userId, currentId) {
      const now = clock.now();
      const rows = await query
        .selectFrom('core_sessions')
        .selectAll()
        .where('user_id', '=', userId)
        .where('expires_at', '>', now)
        .where('last_seen_at', '>', now - idleMs)
        .orderBy('last_seen_at', 'desc')
        .limit(200)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        createdAt: row.created_at,
        lastSeenAt: row.last_seen_at,
        expiresAt: row.expires_at,
        address: row.address,
        userAgent: row.user_agent,
        current: row.id === currentId,
      }));
    },
    async end(userId, id, by) {
      const result = await query
        .deleteFrom('core_sessions')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      forget();
      if (result.numDeletedRows === 0n) return false;
      await audit.write({ ...by, action: 'auth.session-ended', target: id });
      return true;
    },
    async endAllBut(userId, keepId, by) {
      await endSessions(query, userId, keepId);
      forget();
      await audit.write({ ...by, action: 'auth.other-sessions-ended' });
    },
    async endBySecret(secret) {
      await query
        .deleteFrom('core_sessions')
        .where('secret_hash', '=', secretHash(secret))
        .execute();
      forget();
    },
  };
}
