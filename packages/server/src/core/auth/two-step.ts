import { authErrors } from './errors.ts';
import type { AuthParts, By } from './parts.ts';
import { type AuthQuery, authTables, type UserRow } from './tables.ts';
import {
  newRecoveryCodes,
  newTotpSeed,
  recoveryCodeHash,
  type TotpSeed,
  totpStep,
} from './totp.ts';
import { findUser, updateUser } from './user-store.ts';

const PURPOSE = 'totp';

/** The second step of sign-in: a code of an authenticator app, or a recovery code. */
export interface TwoStep {
  begin(userId: string): Promise<TotpSeed>;
  /** Switches it on with the first code; returns the recovery codes, which are shown only now. */
  confirm(userId: string, code: string, by: By): Promise<string[]>;
  /** Also for an administrator's command line, when someone lost both phone and recovery codes. */
  remove(userId: string, by: By): Promise<void>;
  /** True once per code. */
  accepts(user: UserRow, code: string, by: By): Promise<boolean>;
}

export function createTwoStep({ db, clock, audit, box }: AuthParts): TwoStep {
  const query = authTables(db.query);

  /** True for exactly one of several that try the same code at once. */
  async function useStep(user: UserRow, step: number): Promise<boolean> {
    const result = await query
      .updateTable('core_users')
      .set({ totp_last_step: step })
      .where('id', '=', user.id)
      .where('totp_last_step', '<', step)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async function useRecoveryCode(user: UserRow, code: string, by: By): Promise<boolean> {
    const result = await query
      .deleteFrom('core_recovery_codes')
      .where('user_id', '=', user.id)
      .where('code_hash', '=', recoveryCodeHash(code))
      .executeTakeFirst();
    if (result.numDeletedRows === 0n) return false;
    await audit.write({ ...by, action: 'auth.recovery-code-used', target: user.email });
    return true;
  }

  return {
    async begin(userId) {
      const user = await findUser(query, userId);
      if (user === undefined) throw authErrors.AUTH_REQUIRED();
      if (user.totp_seed !== null) throw authErrors.AUTH_TOTP_ALREADY();
      const seed = newTotpSeed(user.email);
      await updateUser(query, userId, { totp_pending: box.seal(seed.secret, PURPOSE) });
      return seed;
    },

    async confirm(userId, code, by) {
      const user = await findUser(query, userId);
      if (user?.totp_pending == null) throw authErrors.AUTH_TOTP_NOT_BEGUN();
      const seed = box.open(user.totp_pending, PURPOSE);
      const step = totpStep(seed, code, { now: clock.now(), lastStep: 0 });
      if (step === undefined) throw authErrors.AUTH_TOTP_WRONG();
      const codes = newRecoveryCodes();
      await db.transaction(async (trx) => {
        const tables = authTables(trx);
        await updateUser(tables, userId, {
          totp_seed: user.totp_pending,
          totp_pending: null,
          totp_last_step: step,
        });
        await removeRecoveryCodes(tables, userId);
        const rows = codes.map((text) => ({ user_id: userId, code_hash: recoveryCodeHash(text) }));
        await tables.insertInto('core_recovery_codes').values(rows).execute();
        await audit.write({ ...by, action: 'auth.totp-on', target: user.email }, trx);
      });
      return codes;
    },

    async remove(userId, by) {
      await db.transaction(async (trx) => {
        const tables = authTables(trx);
        const user = await findUser(tables, userId);
        await updateUser(tables, userId, { totp_seed: null, totp_pending: null });
        await removeRecoveryCodes(tables, userId);
        await audit.write({ ...by, action: 'auth.totp-off', target: user?.email ?? userId }, trx);
      });
    },

    async accepts(user, code, by) {
      if (user.totp_seed === null) return true;
      const seed = box.open(user.totp_seed, PURPOSE);
      const last = { now: clock.now(), lastStep: user.totp_last_step };
      const step = totpStep(seed, code, last);
      if (step !== undefined) return useStep(user, step);
      return useRecoveryCode(user, code, by);
    },
  };
}

async function removeRecoveryCodes(query: AuthQuery, userId: string): Promise<void> {
  await query.deleteFrom('core_recovery_codes').where('user_id', '=', userId).execute();
}
