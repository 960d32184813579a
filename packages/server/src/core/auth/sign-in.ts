import type { Attempts } from './attempts.ts';
import { authErrors } from './errors.ts';
import type { AuthParts, Device } from './parts.ts';
import type { SignedIn } from './registration.ts';
import type { Sessions } from './sessions.ts';
import { authTables } from './tables.ts';
import type { TwoStep } from './two-step.ts';
import { findUserByEmail, updateUser } from './user-store.ts';

/**
 * Checks e-mail address, password and second step, and starts a session. An address without an account, a disabled
 * account and a wrong password are told in the same words after the same time.
 *
 * @returns the cookie's secret and the user
 * @throws AUTH_WRONG_CREDENTIALS, AUTH_TOTP_REQUIRED, AUTH_TOTP_WRONG, AUTH_BLOCKED, RATE_LIMITED
 */
export type SignIn = (
  given: { email: string; password: string; totp?: string | undefined },
  device: Device,
) => Promise<SignedIn>;

export function createSignIn(
  parts: AuthParts & { attempts: Attempts; sessions: Sessions; twoStep: TwoStep },
): SignIn {
  const { attempts, audit, db, passwords, sessions, twoStep } = parts;
  const query = authTables(db.query);

  async function fail(email: string, device: Device, reason: string): Promise<void> {
    const blockedMs = await attempts.failed(email);
    await audit.write({
      actor: email,
      address: device.address,
      action: 'auth.login-failed',
      details: { reason, blockedSeconds: blockedMs / 1000 },
    });
  }

  return async ({ email, password, totp }, device) => {
    await attempts.admit(email);
    const user = await findUserByEmail(query, email);
    const usable = user?.disabled === 0 ? user : undefined;
    if (!(await passwords.matches(password, usable?.password_hash)) || usable === undefined) {
      await fail(email, device, 'password');
      throw authErrors.AUTH_WRONG_CREDENTIALS();
    }
    const by = { actor: usable.email, address: device.address };
    if (usable.totp_seed !== null) {
      if (totp === undefined || totp.trim() === '') throw authErrors.AUTH_TOTP_REQUIRED();
      if (!(await twoStep.accepts(usable, totp, by))) {
        await fail(email, device, 'second step');
        throw authErrors.AUTH_TOTP_WRONG();
      }
    }
    await attempts.succeeded(email);
    if (passwords.isOutdated(usable.password_hash)) {
      await updateUser(query, usable.id, { password_hash: await passwords.hash(password) });
    }
    const secret = await db.transaction(async (trx) => {
      await audit.write({ ...by, action: 'auth.login' }, trx);
      return sessions.start(authTables(trx), usable.id, device);
    });
    return { secret, user: usable };
  };
}
