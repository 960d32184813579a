/**
 * The real sign-in on a real database, without sockets:
 *
 * ```ts
 * describeDatabases('users', ({ open }) => {
 *   const fresh = freshAuthDatabase(open);
 *   it('…', async () => {
 *     const world = await openTestAuth(await fresh());
 *     const admin = await world.signUp('administrator');      // a browser with its own session cookie
 *     expect((await admin.get('/api/users')).status).toBe(200);
 * ```
 *
 * Time stands still until `world.time.advance(ms)`. Call it inside a test; it closes itself when the test ends.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { type Audit, createAudit } from '../core/audit/audit.ts';
import { auditMigrations } from '../core/audit/migrations.ts';
import { auditPermissions } from '../core/audit/permissions.ts';
import { auditRoutes } from '../core/audit/routes.ts';
import { type Auth, createAuth } from '../core/auth/auth.ts';
import { authMigrations } from '../core/auth/migrations.ts';
import { authPermissions, type PermissionTable, type Role } from '../core/auth/permissions.ts';
import { authRoutes } from '../core/auth/routes.ts';
import { createSecretBox } from '../core/auth/secret-box.ts';
import { loadConfig } from '../core/config/config.ts';
import type { Database } from '../core/db/database.ts';
import type { Migrations } from '../core/db/migrate.ts';
import { createIdempotency, idempotencyMigrations } from '../core/http/idempotency-store.ts';
import { settingsMigrations } from '../core/settings/migrations.ts';
import { createOrganisationSettings, type StoredSettings } from '../core/settings/organisation.ts';
import { settingsPermissions } from '../core/settings/permissions.ts';
import { settingsRoutes } from '../core/settings/routes.ts';
import { silentLog, type TestDatabases } from './databases.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createCaller, openTestHttp, type TestCaller, type TestHttp } from './http.ts';

export const testAuthMigrations: Migrations = {
  ...authMigrations,
  ...auditMigrations,
  ...idempotencyMigrations,
  ...settingsMigrations,
};

const tables = [
  'core_users',
  'core_invitations',
  'core_one_time_secrets',
  'core_sign_in_failures',
  'core_audit',
  'core_kept_replies',
  'core_settings',
];

/** One database per suite, emptied for each test: making one takes a second on MySQL. */
export function freshAuthDatabase(open: TestDatabases['open']): () => Promise<Database> {
  let db: Database | undefined;
  return async () => {
    if (db === undefined) db = await open(testAuthMigrations);
    else for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(db.query);
    return db;
  };
}

export const testPassword = 'correct horse battery';

export interface TestAuth {
  readonly auth: Auth;
  readonly audit: Audit;
  readonly http: TestHttp;
  readonly settings: StoredSettings;
  readonly time: FakeTime;
  /** A browser that nobody has signed in with. */
  browser(headers?: Record<string, string>): TestCaller;
  /** Makes a user `<name>@example.org` (name: the role unless given) and signs in. */
  signUp(role: Role, name?: string): Promise<TestCaller & { cookie: string; userId: string }>;
  signIn(email: string, password?: string): Promise<TestCaller & { cookie: string }>;
}

export async function openTestAuth(
  db: Database,
  options: {
    settings?: Readonly<Record<string, string>>;
    permissions?: PermissionTable;
    routes?: readonly FastifyPluginAsyncZod[];
  } = {},
): Promise<TestAuth> {
  const time = createFakeTime();
  const { clock } = time;
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-auth-'));
  const environment = {
    // The lowest work factor: these tests check the flow, not the hash.
    KIZASHI_BCRYPT_COST: '4',
    KIZASHI_REGISTRATION: 'invited',
    KIZASHI_RATE_LIMIT_SIGN_IN_PER_MINUTE: '1000',
    ...options.settings,
  };
  const config = loadConfig(environment);
  const permissions = {
    ...authPermissions,
    ...auditPermissions,
    ...settingsPermissions,
    ...options.permissions,
  };
  const audit = createAudit({ db, clock });
  const box = createSecretBox({ secret: undefined, dataFolder: folder });
  const messages = { publish: async () => {}, subscribe: () => () => {} };
  const settings = createOrganisationSettings({ db, config, messages });
  const auth = createAuth({ db, clock, log: silentLog, config, audit, settings, permissions, box });
  const about = () => ({
    version: '0.0.0-test',
    commit: null,
    node: process.version,
    database: db.engine.name,
    queue: 'embedded' as const,
    uptimeSeconds: 1,
    emailConfigured: false,
  });
  const publicUrl = () => 'https://kizashi.example';
  const http = await openTestHttp({
    clock,
    permissions,
    settings: environment,
    principalOf: auth.principalOf,
    idempotency: createIdempotency({ db, clock, box }),
    isUnavailable: db.engine.isUnavailable,
    routes: [
      authRoutes({ auth, settings, publicUrl, workspaces: { things: options.permissions ?? {} } }),
      auditRoutes({ audit }),
      settingsRoutes({ settings, audit, about }),
      ...(options.routes ?? []),
    ],
  });

  onTestFinished(async () => {
    await http.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const browser = (headers: Record<string, string> = {}) => createCaller(http.server, headers);

  async function signIn(email: string, password = testPassword) {
    const reply = await browser().post('/api/auth/login', { email, password });
    if (reply.status !== 200) throw new Error(`cannot sign in: ${JSON.stringify(reply.body)}`);
    const cookie = cookieOf(reply.headers['set-cookie']);
    return { ...browser({ cookie }), cookie };
  }

  return {
    auth,
    audit,
    http,
    settings,
    time,
    browser,
    signIn,
    async signUp(role, name: string = role) {
      const account = { email: `${name}@example.org`, name, password: testPassword };
      const by = { actor: 'system', address: null };
      const { user } = await auth.registration.createUser({ ...account, locale: 'en', role }, by);
      return { ...(await signIn(account.email)), userId: user.id };
    },
  };
}

/** The `name=value` that a browser sends back. */
export function cookieOf(header: unknown): string {
  return String(header).split(';')[0] ?? '';
}
