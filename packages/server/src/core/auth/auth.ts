import type { Audit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/database.ts';
import type { PrincipalOf } from '../http/principal.ts';
import type { Logger } from '../log.ts';
import type { OrganisationSettings } from '../settings/settings.ts';
import { type Account, createAccount } from './account.ts';
import { createAttempts } from './attempts.ts';
import { createSessionCookie, type SessionCookie } from './cookie.ts';
import type { AuthParts } from './parts.ts';
import { createPasswords } from './password.ts';
import type { PermissionTable } from './permissions.ts';
import { createPrincipals } from './principals.ts';
import { createRegistration, type Registration } from './registration.ts';
import type { SecretBox } from './secret-box.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { createTwoStep, type TwoStep } from './two-step.ts';
import { createUsers, type Users } from './users.ts';

/** Everything about who people are and what they may do. Each part says what it does where it is declared. */
export interface Auth {
  /** For `createHttpServer` and the WebSocket hub. */
  readonly principalOf: PrincipalOf;
  readonly cookie: SessionCookie;
  readonly permissions: PermissionTable;
  readonly account: Account;
  readonly registration: Registration;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly tokens: Tokens;
  readonly twoStep: TwoStep;
  readonly users: Users;
}

export function createAuth(options: {
  db: Database;
  clock: Clock;
  log: Logger;
  config: Config;
  audit: Audit;
  settings: OrganisationSettings;
  /** Of all slices, core and workspaces. */
  permissions: PermissionTable;
  box: SecretBox;
}): Auth {
  const { settings, ...given } = options;
  const cookie = createSessionCookie(options.config);
  const base = { ...given, passwords: createPasswords({ cost: options.config.bcryptCost }) };
  const { principalOf, forget } = createPrincipals({ ...base, cookie });
  const parts: AuthParts = { ...base, forget };
  const attempts = createAttempts(parts);
  const sessions = createSessions(parts);
  const twoStep = createTwoStep(parts);
  return {
    principalOf,
    cookie,
    permissions: options.permissions,
    sessions,
    twoStep,
    account: createAccount({ ...parts, attempts }),
    registration: createRegistration({ ...parts, attempts, sessions, settings }),
    signIn: createSignIn({ ...parts, attempts, sessions, twoStep }),
    tokens: createTokens(parts),
    users: createUsers(parts),
  };
}
