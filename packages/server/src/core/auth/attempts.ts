import { upsert } from '../db/write.ts';
import { httpErrors } from '../http/errors.ts';
import { RateLimiter } from '../http/rate-limit.ts';
import { authErrors } from './errors.ts';
import type { AuthParts } from './parts.ts';
import { secretHash } from './secret-hash.ts';
import { authTables } from './tables.ts';
import { emailKey } from './user-store.ts';

/** Failures in a row that cost nothing. */
const FREE_FAILURES = 5;
const FIRST_BLOCK_MS = 30_000;
const LONGEST_BLOCK_MS = 3_600_000;
/** Failures are forgotten after a day without one. */
const FORGET_MS = 86_400_000;

/** Slows down guessing for one account, whoever guesses and whether or not the account exists. */
export interface Attempts {
  /** @throws RATE_LIMITED, AUTH_BLOCKED */
  admit(email: string): Promise<void>;
  /** Returns for how many milliseconds the account is now blocked; 0 when it is not. */
  failed(email: string): Promise<number>;
  succeeded(email: string): Promise<void>;
}

export function createAttempts({ db, clock, config }: AuthParts): Attempts {
  const query = authTables(db.query);
  const perMinute = new RateLimiter({ max: config.rateLimitSignInPerMinute, clock });
  const find = (account: string) =>
    query
      .selectFrom('core_sign_in_failures')
      .selectAll()
      .where('account_hash', '=', account)
      .executeTakeFirst();

  return {
    async admit(email) {
      const account = secretHash(emailKey(email));
      // In memory and before any waiting: it also holds for a hundred attempts at the same moment.
      const allowance = perMinute.take(account);
      if (!allowance.allowed) throw httpErrors.RATE_LIMITED({ seconds: allowance.resetSeconds });
      const row = await find(account);
      const waitMs = (row?.blocked_until ?? 0) - clock.now();
      // A block that seems longer than any is from before the clock was set back.
      if (waitMs > 0 && waitMs <= LONGEST_BLOCK_MS) {
        throw authErrors.AUTH_BLOCKED({ seconds: Math.ceil(waitMs / 1000) });
      }
    },
    async failed(email) {
      const account = secretHash(emailKey(email));
      const now = clock.now();
      const row = await find(account);
      const earlier = row !== undefined && now - row.last_at < FORGET_MS ? row.failures : 0;
      const failures = earlier + 1;
      const over = failures - FREE_FAILURES;
      const blockMs = over < 0 ? 0 : Math.min(LONGEST_BLOCK_MS, FIRST_BLOCK_MS * 2 ** over);
      await query
        .deleteFrom('core_sign_in_failures')
        .where('last_at', '<', now - FORGET_MS)
        .execute();
      await upsert(db.query, {
        table: 'core_sign_in_failures',
        rows: [{ account_hash: account, failures, last_at: now, blocked_until: now + blockMs }],
        key: ['account_hash'],
        update: ['failures', 'last_at', 'blocked_until'],
      });
      return blockMs;
    },
    async succeeded(email) {
      await query
        .deleteFrom('core_sign_in_failures')
        .where('account_hash', '=', secretHash(emailKey(email)))
        .execute();
    },
  };
}
