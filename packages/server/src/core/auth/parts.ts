import type { Audit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/database.ts';
import type { Logger } from '../log.ts';
import type { Passwords } from './password.ts';
import type { PermissionTable } from './permissions.ts';
import type { SecretBox } from './secret-box.ts';

/** What the parts of sign-in share. Built once by `createAuth`. */
export interface AuthParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly config: Pick<
    Config,
    'url' | 'sessionIdleMinutes' | 'sessionMaxHours' | 'rateLimitSignInPerMinute'
  >;
  readonly audit: Audit;
  readonly passwords: Passwords;
  readonly box: SecretBox;
  /** Of all slices. */
  readonly permissions: PermissionTable;
  /** What was known about sessions, tokens and their users is read anew from the next request on. */
  forget(): void;
}

/** Who asks for a change, for the audit log. */
export interface By {
  readonly actor: string;
  readonly address: string | null;
}

/** Where a session is started. */
export interface Device extends Pick<By, 'address'> {
  readonly address: string;
  readonly userAgent: string;
}
