import { type RawBuilder, sql } from 'kysely';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/database.ts';
import { type Prune, removeRows } from '../prune/prune.ts';

/** Invitations and tokens are listed for so long after they expired: people look for why they work no more. */
const LISTED_MS = 30 * 86_400_000;

/** Sessions, links, invitations and tokens that nobody can use any more. */
export function authPrunes(db: Database, config: Pick<Config, 'sessionIdleMinutes'>): Prune[] {
  const idleMs = config.sessionIdleMinutes * 60_000;
  const prune = (
    name: string,
    [table, key]: readonly [string, string],
    where: (now: number) => RawBuilder<boolean>,
  ): Prune => ({
    name,
    remove: (now, limit) => removeRows(db, { table, key, where: where(now) }, limit),
  });
  return [
    prune(
      'sessions',
      ['core_sessions', 'id'],
      (now) => sql`(expires_at <= ${now} or last_seen_at <= ${now - idleMs})`,
    ),
    prune('links', ['core_one_time_secrets', 'secret_hash'], (now) => sql`expires_at <= ${now}`),
    prune(
      'invitations',
      ['core_invitations', 'id'],
      (now) => sql`expires_at <= ${now - LISTED_MS}`,
    ),
    prune('tokens', ['core_tokens', 'id'], (now) => sql`expires_at <= ${now - LISTED_MS}`),
  ];
}
