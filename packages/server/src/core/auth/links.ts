import { createId, createSecret } from '../ids.ts';
import { authErrors } from './errors.ts';
import type { Role } from './permissions.ts';
import { secretHash } from './secret-hash.ts';
import type { AuthQuery, InvitationRow } from './tables.ts';
import { emailKey, hasAdministrator } from './user-store.ts';

const INVITATION_MS = 7 * 86_400_000;
const RESET_MS = 86_400_000;

/** A fresh secret for the first administrator; earlier ones stop working. Undefined when there is one already. */
export async function createSetupSecret(query: AuthQuery): Promise<string | undefined> {
  await query.deleteFrom('core_one_time_secrets').where('kind', '=', 'setup').execute();
  if (await hasAdministrator(query)) return undefined;
  const secret = createSecret();
  await query
    .insertInto('core_one_time_secrets')
    .values({ secret_hash: secretHash(secret), kind: 'setup', user_id: null, expires_at: null })
    .execute();
  return secret;
}

export interface ResetSecret {
  readonly secret: string;
  /** UTC epoch milliseconds. */
  readonly expiresAt: number;
}

/** A link's secret with which a user sets a new password within a day; earlier ones stop working. */
export async function createResetSecret(
  query: AuthQuery,
  userId: string,
  now: number,
): Promise<ResetSecret> {
  await query.deleteFrom('core_one_time_secrets').where('user_id', '=', userId).execute();
  const secret = createSecret();
  const expiresAt = now + RESET_MS;
  await query
    .insertInto('core_one_time_secrets')
    .values({
      secret_hash: secretHash(secret),
      kind: 'reset',
      user_id: userId,
      expires_at: expiresAt,
    })
    .execute();
  return { secret, expiresAt };
}

/**
 * Uses up a secret. Of several at once only one gets through, because only one deletes the row.
 * @returns the user it was made for; null for set-up
 * @throws AUTH_LINK_INVALID
 */
export async function useOneTimeSecret(
  trx: AuthQuery,
  kind: 'setup' | 'reset',
  secret: string,
  now: number,
): Promise<string | null> {
  const hash = secretHash(secret);
  const row = await trx
    .selectFrom('core_one_time_secrets')
    .selectAll()
    .where('secret_hash', '=', hash)
    .where('kind', '=', kind)
    .executeTakeFirst();
  const result = await trx
    .deleteFrom('core_one_time_secrets')
    .where('secret_hash', '=', hash)
    .where('kind', '=', kind)
    .executeTakeFirst();
  const expired = row?.expires_at != null && now >= row.expires_at;
  if (row === undefined || expired || result.numDeletedRows === 0n) {
    throw authErrors.AUTH_LINK_INVALID();
  }
  return row.user_id;
}

export async function createInvitation(
  query: AuthQuery,
  given: { email?: string | undefined; role: Role },
  now: number,
): Promise<{ row: InvitationRow; secret: string }> {
  const secret = createSecret();
  const row: InvitationRow = {
    id: createId(now),
    secret_hash: secretHash(secret),
    email: given.email ?? null,
    role: given.role,
    created_at: now,
    expires_at: now + INVITATION_MS,
    used_at: null,
  };
  await query.insertInto('core_invitations').values(row).execute();
  return { row, secret };
}

/** Uses up an invitation. @throws AUTH_LINK_INVALID, AUTH_EMAIL_NOT_INVITED */
export async function useInvitation(
  trx: AuthQuery,
  secret: string,
  email: string,
  now: number,
): Promise<InvitationRow> {
  const row = await trx
    .selectFrom('core_invitations')
    .selectAll()
    .where('secret_hash', '=', secretHash(secret))
    .executeTakeFirst();
  if (row === undefined || now >= row.expires_at) throw authErrors.AUTH_LINK_INVALID();
  if (row.email !== null && emailKey(row.email) !== emailKey(email)) {
    throw authErrors.AUTH_EMAIL_NOT_INVITED();
  }
  const result = await trx
    .updateTable('core_invitations')
    .set({ used_at: now })
    .where('id', '=', row.id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw authErrors.AUTH_LINK_INVALID();
  return row;
}
