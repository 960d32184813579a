import { coreErrors } from '../core-errors.ts';
import type { Locale } from '../errors.ts';
import { createId, createSecret } from '../ids.ts';
import type { OrganisationSettings } from '../settings/settings.ts';
import type { Attempts } from './attempts.ts';
import { authErrors } from './errors.ts';
import {
  createResetSecret,
  createSetupSecret,
  type ResetSecret,
  useInvitation,
  useOneTimeSecret,
} from './links.ts';
import type { AuthParts, By, Device } from './parts.ts';
import type { Role } from './permissions.ts';
import { endSessions, type Sessions } from './sessions.ts';
import { type AuthQuery, authTables, type UserRow } from './tables.ts';
import { emailKey, findUser, hasAdministrator, insertUser, updateUser } from './user-store.ts';

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly locale: Locale;
}

export interface SignedIn {
  readonly secret: string;
  readonly user: UserRow;
}

/** How people get an account, and back into one. */
export interface Registration {
  needsSetup(): Promise<boolean>;
  /** For the start-up message, anew at each start; undefined when an administrator exists. */
  createSetupSecret(): Promise<string | undefined>;
  /** @throws AUTH_SETUP_DONE, AUTH_LINK_INVALID, AUTH_EMAIL_TAKEN */
  setUp(account: NewAccount, secret: string, device: Device): Promise<SignedIn>;
  /** @throws AUTH_REGISTRATION_CLOSED, AUTH_LINK_INVALID, AUTH_EMAIL_NOT_INVITED, AUTH_EMAIL_TAKEN */
  register(account: NewAccount, invitation: string | undefined, device: Device): Promise<SignedIn>;
  /**
   * An account made for somebody else. Without a password nobody can sign in until the link with this secret is used.
   *
   * @throws AUTH_EMAIL_TAKEN
   */
  createUser(
    account: Omit<NewAccount, 'password'> & { role: Role; password?: string | undefined },
    by: By,
  ): Promise<{ user: UserRow; reset: ResetSecret | undefined }>;
  /** @throws NOT_FOUND */
  createResetLink(userId: string, by: By): Promise<ResetSecret>;
  /** Ends all sessions of the user, and a block after failed attempts. @throws AUTH_LINK_INVALID */
  reset(secret: string, password: string, address: string | null): Promise<void>;
}

export function createRegistration(
  parts: AuthParts & { attempts: Attempts; sessions: Sessions; settings: OrganisationSettings },
): Registration {
  const { attempts, audit, clock, db, forget, passwords, sessions, settings } = parts;
  const query = authTables(db.query);

  async function newUser(account: NewAccount): Promise<UserRow> {
    const now = clock.now();
    return {
      id: createId(now),
      email: account.email,
      email_key: emailKey(account.email),
      name: account.name,
      role: 'viewer',
      locale: account.locale,
      disabled: 0,
      password_hash: await passwords.hash(account.password),
      totp_seed: null,
      totp_pending: null,
      totp_last_step: 0,
      created_at: now,
      last_seen_at: null,
    };
  }

  /** The password was hashed before: a transaction must not wait for that. */
  async function insert<R>(
    action: string,
    by: (user: UserRow) => By,
    account: NewAccount,
    work: (trx: AuthQuery, user: UserRow) => Promise<R>,
  ): Promise<{ user: UserRow; result: R }> {
    const user = await newUser(account);
    try {
      const result = await db.transaction(async (trx) => {
        const done = await work(authTables(trx), user);
        await audit.write(
          { ...by(user), action, target: user.email, details: { role: user.role } },
          trx,
        );
        return done;
      });
      return { user, result };
    } catch (error) {
      if (db.engine.isUniqueViolation(error))
        throw authErrors.AUTH_EMAIL_TAKEN({}, { cause: error });
      throw error;
    }
  }

  async function signUp(
    action: string,
    account: NewAccount,
    device: Device,
    roleOf: (trx: AuthQuery) => Promise<Role>,
  ): Promise<SignedIn> {
    const by = (user: UserRow) => ({ actor: user.email, address: device.address });
    const { user, result } = await insert(action, by, account, async (trx, row) => {
      row.role = await roleOf(trx);
      await insertUser(trx, row);
      return sessions.start(trx, row.id, device);
    });
    return { secret: result, user };
  }

  return {
    needsSetup: async () => !(await hasAdministrator(query)),
    createSetupSecret: () => createSetupSecret(query),

    async setUp(account, secret, device) {
      if (await hasAdministrator(query)) throw authErrors.AUTH_SETUP_DONE();
      return signUp('auth.setup', account, device, async (trx) => {
        await useOneTimeSecret(trx, 'setup', secret, clock.now());
        return 'administrator';
      });
    },

    async register(account, invitation, device) {
      const { registration } = await settings.get();
      const invited = invitation !== undefined && invitation !== '';
      if (registration === 'closed' || (registration === 'invited' && !invited)) {
        throw authErrors.AUTH_REGISTRATION_CLOSED();
      }
      return signUp('auth.register', account, device, async (trx) =>
        invited
          ? (await useInvitation(trx, invitation, account.email, clock.now())).role
          : 'viewer',
      );
    },

    async createUser({ role, password, ...account }, by) {
      const { user, result } = await insert(
        'user.created',
        () => by,
        { ...account, password: password ?? createSecret() },
        async (trx, row) => {
          row.role = role;
          await insertUser(trx, row);
          return password === undefined
            ? createResetSecret(trx, row.id, row.created_at)
            : undefined;
        },
      );
      return { user, reset: result };
    },

    async createResetLink(userId, by) {
      return db.transaction(async (trx) => {
        const tables = authTables(trx);
        const user = await findUser(tables, userId);
        if (user === undefined) throw coreErrors.NOT_FOUND();
        await audit.write({ ...by, action: 'user.reset-link', target: user.email }, trx);
        return createResetSecret(tables, userId, clock.now());
      });
    },

    async reset(secret, password, address) {
      const hash = await passwords.hash(password);
      const email = await db.transaction(async (trx) => {
        const tables = authTables(trx);
        const userId = await useOneTimeSecret(tables, 'reset', secret, clock.now());
        const user = userId === null ? undefined : await findUser(tables, userId);
        if (user === undefined) throw authErrors.AUTH_LINK_INVALID();
        await updateUser(tables, user.id, { password_hash: hash });
        await endSessions(tables, user.id, null);
        await audit.write({ actor: user.email, address, action: 'auth.password-reset' }, trx);
        return user.email;
      });
      await attempts.succeeded(email);
      forget();
    },
  };
}
