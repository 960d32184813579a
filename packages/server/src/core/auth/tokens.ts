import { coreErrors } from '../core-errors.ts';
import { fromJson, toJson } from '../db/columns.ts';
import { createId, createSecret } from '../ids.ts';
import type { Token } from './contract.ts';
import { authErrors } from './errors.ts';
import type { AuthParts, By } from './parts.ts';
import { secretHash } from './secret-hash.ts';
import { authTables, type TokenRow } from './tables.ts';

/** Easy to find by secret scanners; also tells a token from a session. */
const TOKEN_PREFIX = 'kzs_';
const SHOWN_CHARACTERS = 10;

/** API tokens: what a program signs in with. */
export interface Tokens {
  list(userId: string): Promise<Token[]>;
  /**
   * @param owner whom it acts as, and what it may be given at most
   * @returns the token and its secret, which is shown only now
   * @throws AUTH_SCOPES_EXCEED, AUTH_EXPIRY_PAST
   */
  create(
    owner: { id: string; email: string; permissions: ReadonlySet<string> },
    given: { name: string; scopes: readonly string[]; expiresAt: number | null },
    by: By,
  ): Promise<Token & { secret: string }>;
  /** @throws NOT_FOUND */
  revoke(userId: string, id: string, by: By): Promise<void>;
}

export function createTokens({ audit, clock, db, forget }: AuthParts): Tokens {
  const query = authTables(db.query);
  return {
    async list(userId) {
      const rows = await query
        .selectFrom('core_tokens')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('id', 'desc')
        .limit(500)
        .execute();
      return rows.map(toToken);
    },

    async create(owner, given, by) {
      const now = clock.now();
      const excess = given.scopes.filter((scope) => !owner.permissions.has(scope));
      if (excess.length > 0) throw authErrors.AUTH_SCOPES_EXCEED({ scopes: excess.join(', ') });
      if (given.expiresAt !== null && given.expiresAt <= now) throw authErrors.AUTH_EXPIRY_PAST();
      const secret = TOKEN_PREFIX + createSecret();
      const row: TokenRow = {
        id: createId(now),
        user_id: owner.id,
        name: given.name,
        prefix: secret.slice(0, SHOWN_CHARACTERS),
        secret_hash: secretHash(secret),
        scopes: toJson([...new Set(given.scopes)].sort()),
        created_at: now,
        expires_at: given.expiresAt,
        last_used_at: null,
      };
      await db.transaction(async (trx) => {
        await authTables(trx).insertInto('core_tokens').values(row).execute();
        const { expiresAt } = given;
        const details = { owner: owner.email, scopes: fromJson(row.scopes), expiresAt };
        await audit.write({ ...by, action: 'token.created', target: given.name, details }, trx);
      });
      return { ...toToken(row), secret };
    },

    async revoke(userId, id, by) {
      const result = await query
        .deleteFrom('core_tokens')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      forget();
      if (result.numDeletedRows === 0n) throw coreErrors.NOT_FOUND();
      await audit.write({ ...by, action: 'token.revoked', target: id });
    },
  };
}

function toToken(row: TokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: fromJson(row.scopes),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}
