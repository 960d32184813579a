import type { User } from './contract.ts';
import type { AuthQuery, UserRow } from './tables.ts';

/** What two spellings of one address have in common. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    locale: row.locale,
    disabled: row.disabled === 1,
    totpEnabled: row.totp_seed !== null,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}

export function findUser(query: AuthQuery, id: string): Promise<UserRow | undefined> {
  return query.selectFrom('core_users').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findUserByEmail(query: AuthQuery, email: string): Promise<UserRow | undefined> {
  return query
    .selectFrom('core_users')
    .selectAll()
    .where('email_key', '=', emailKey(email))
    .executeTakeFirst();
}

export async function insertUser(query: AuthQuery, row: UserRow): Promise<void> {
  await query.insertInto('core_users').values(row).execute();
}

/** False when there is no such user. */
export async function updateUser(
  query: AuthQuery,
  id: string,
  change: Partial<Omit<UserRow, 'id'>>,
): Promise<void> {
  await query.updateTable('core_users').set(change).where('id', '=', id).execute();
}

/** In the order of their addresses. */
export function listUsers(
  query: AuthQuery,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<UserRow[]> {
  let users = query.selectFrom('core_users').selectAll();
  if (after !== undefined) users = users.where('email_key', '>', after);
  return users.orderBy('email_key').limit(limit).execute();
}

export async function hasAdministrator(query: AuthQuery): Promise<boolean> {
  const row = await query
    .selectFrom('core_users')
    .select('id')
    .where('role', '=', 'administrator')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Whether anyone but this user is an active administrator. Touches all administrators first, which locks their rows on
 * every engine: otherwise two that demote each other at the same moment would both find the other still there.
 */
export async function hasOtherAdministrator(trx: AuthQuery, id: string): Promise<boolean> {
  await trx
    .updateTable('core_users')
    .set({ role: 'administrator' })
    .where('role', '=', 'administrator')
    .execute();
  const other = await trx
    .selectFrom('core_users')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled', '=', 0)
    .where('id', '!=', id)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
