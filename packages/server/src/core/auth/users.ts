import { z } from 'zod';
import { coreErrors } from '../core-errors.ts';
import { decodeCursor, pageOfRows } from '../http/page.ts';
import { authErrors } from './errors.ts';
import { createInvitation } from './links.ts';
import type { AuthParts, By } from './parts.ts';
import type { Role } from './permissions.ts';
import { endSessions } from './sessions.ts';
import { type AuthQuery, authTables, type InvitationRow, type UserRow } from './tables.ts';
import {
  findUser,
  findUserByEmail,
  hasOtherAdministrator,
  listUsers,
  updateUser,
} from './user-store.ts';

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface UserChange {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly name?: string | undefined;
}

/** Managing other people's accounts. One active administrator always remains. */
export interface Users {
  list(page: PageRequest): Promise<{ items: UserRow[]; nextCursor: string | null }>;
  /** @throws NOT_FOUND */
  get(id: string): Promise<UserRow>;
  findByEmail(email: string): Promise<UserRow | undefined>;
  /** Disabling ends the user's sessions. @throws NOT_FOUND, AUTH_LAST_ADMINISTRATOR */
  change(id: string, change: UserChange, by: By): Promise<UserRow>;
  /** With sessions and tokens. @throws NOT_FOUND, AUTH_LAST_ADMINISTRATOR */
  remove(id: string, by: By): Promise<void>;
  invitations(): Promise<InvitationRow[]>;
  invite(
    given: { email?: string | undefined; role: Role },
    by: By,
  ): Promise<{ row: InvitationRow; secret: string }>;
  /** @throws NOT_FOUND */
  withdrawInvitation(id: string, by: By): Promise<void>;
}

export function createUsers({ audit, clock, db, forget }: AuthParts): Users {
  const query = authTables(db.query);

  async function keepAnAdministrator(trx: AuthQuery, user: UserRow): Promise<void> {
    if (user.role !== 'administrator' || user.disabled === 1) return;
    if (!(await hasOtherAdministrator(trx, user.id))) throw authErrors.AUTH_LAST_ADMINISTRATOR();
  }

  async function get(tables: AuthQuery, id: string): Promise<UserRow> {
    const user = await findUser(tables, id);
    if (user === undefined) throw coreErrors.NOT_FOUND();
    return user;
  }

  return {
    async list({ cursor, limit }) {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, z.string());
      const rows = await listUsers(query, { after, limit: limit + 1 });
      return pageOfRows(rows, limit, (row) => row.email_key);
    },

    get: (id) => get(query, id),
    findByEmail: (email) => findUserByEmail(query, email),

    async change(id, { role, disabled, name }, by) {
      const user = await db.transaction(async (trx) => {
        const tables = authTables(trx);
        const before = await get(tables, id);
        const demoted = role !== undefined && role !== 'administrator';
        if (demoted || disabled === true) await keepAnAdministrator(tables, before);
        const change: Partial<UserRow> = {
          ...(role !== undefined && { role }),
          ...(disabled !== undefined && { disabled: disabled ? 1 : 0 }),
          ...(name !== undefined && { name }),
        };
        if (Object.keys(change).length > 0) await updateUser(tables, id, change);
        if (disabled === true) {
          await endSessions(tables, id, null);
        }
        const details = { role, disabled, name };
        await audit.write({ ...by, action: 'user.changed', target: before.email, details }, trx);
        return { ...before, ...change };
      });
      forget();
      return user;
    },

    async remove(id, by) {
      await db.transaction(async (trx) => {
        const tables = authTables(trx);
        const user = await get(tables, id);
        await keepAnAdministrator(tables, user);
        await tables.deleteFrom('core_users').where('id', '=', id).execute();
        await audit.write({ ...by, action: 'user.removed', target: user.email }, trx);
      });
      forget();
    },

    invitations: () =>
      query.selectFrom('core_invitations').selectAll().orderBy('id', 'desc').limit(200).execute(),

    async invite(given, by) {
      return db.transaction(async (trx) => {
        const invitation = await createInvitation(authTables(trx), given, clock.now());
        const details = { role: given.role };
        const target = given.email ?? null;
        await audit.write({ ...by, action: 'invitation.created', target, details }, trx);
        return invitation;
      });
    },

    async withdrawInvitation(id, by) {
      const result = await query
        .deleteFrom('core_invitations')
        .where('id', '=', id)
        .executeTakeFirst();
      if (result.numDeletedRows === 0n) throw coreErrors.NOT_FOUND();
      await audit.write({ ...by, action: 'invitation.withdrawn', target: id });
    },
  };
}
