import type { Locale } from '../errors.ts';
import type { Attempts } from './attempts.ts';
import { authErrors } from './errors.ts';
import type { AuthParts, By } from './parts.ts';
import { endSessions } from './sessions.ts';
import { authTables, type UserRow } from './tables.ts';
import { findUser, updateUser } from './user-store.ts';

/** One's own account. */
export interface Account {
  /** @throws AUTH_REQUIRED when the user was removed meanwhile */
  get(userId: string): Promise<UserRow>;
  change(
    userId: string,
    change: { name?: string | undefined; locale?: Locale | undefined },
  ): Promise<UserRow>;
  /** @throws AUTH_PASSWORD_WRONG, AUTH_BLOCKED, RATE_LIMITED */
  checkPassword(userId: string, password: string): Promise<void>;
  /** Ends all sessions but `sessionId`. @throws as `checkPassword` */
  changePassword(
    userId: string,
    sessionId: string,
    given: { current: string; next: string },
    by: By,
  ): Promise<void>;
}

export function createAccount(parts: AuthParts & { attempts: Attempts }): Account {
  const { attempts, audit, db, forget, passwords } = parts;
  const query = authTables(db.query);

  async function get(userId: string): Promise<UserRow> {
    const user = await findUser(query, userId);
    if (user === undefined) throw authErrors.AUTH_REQUIRED();
    return user;
  }

  /** Counted like sign-in: a stolen session must not be a way to guess the password. */
  async function checkPassword(userId: string, password: string): Promise<void> {
    const user = await get(userId);
    await attempts.admit(user.email);
    if (!(await passwords.matches(password, user.password_hash))) {
      await attempts.failed(user.email);
      throw authErrors.AUTH_PASSWORD_WRONG();
    }
    await attempts.succeeded(user.email);
  }

  return {
    get,
    checkPassword,
    async change(userId, { name, locale }) {
      const change = {
        ...(name !== undefined && { name }),
        ...(locale !== undefined && { locale }),
      };
      if (Object.keys(change).length > 0) await updateUser(query, userId, change);
      forget();
      return get(userId);
    },
    async changePassword(userId, sessionId, { current, next }, by) {
      await checkPassword(userId, current);
      const hash = await passwords.hash(next);
      await db.transaction(async (trx) => {
        const tables = authTables(trx);
        await updateUser(tables, userId, { password_hash: hash });
        await endSessions(tables, userId, sessionId);
        await audit.write({ ...by, action: 'auth.password-changed' }, trx);
      });
      forget();
    },
  };
}
