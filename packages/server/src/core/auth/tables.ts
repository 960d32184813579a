import type { Kysely } from 'kysely';
import type { Flag, Json } from '../db/columns.ts';
import type { Locale } from '../errors.ts';
import type { Role } from './permissions.ts';

export interface UserRow {
  id: string;
  email: string;
  /** What two spellings of one address share; unique. */
  email_key: string;
  name: string;
  role: Role;
  locale: Locale;
  disabled: Flag;
  password_hash: string;
  /** Sealed by the secret box. */
  totp_seed: string | null;
  /** Sealed; waits for its first code. */
  totp_pending: string | null;
  /** Time step of the last accepted code; no code of it or before is accepted again. */
  totp_last_step: number;
  created_at: number;
  last_seen_at: number | null;
}

export interface SessionRow {
  id: string;
  secret_hash: string;
  user_id: string;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
  address: string;
  user_agent: string;
}

export interface TokenRow {
  id: string;
  user_id: string;
  name: string;
  prefix: string;
  secret_hash: string;
  scopes: Json<string[]>;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
}

export interface InvitationRow {
  id: string;
  secret_hash: string;
  email: string | null;
  role: Role;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface OneTimeSecretRow {
  secret_hash: string;
  kind: 'setup' | 'reset';
  user_id: string | null;
  /** Null: until used. */
  expires_at: number | null;
}

export type AuthTables = {
  core_users: UserRow;
  core_sessions: SessionRow;
  core_tokens: TokenRow;
  core_invitations: InvitationRow;
  core_one_time_secrets: OneTimeSecretRow;
  core_recovery_codes: { user_id: string; code_hash: string };
  core_sign_in_failures: {
    account_hash: string;
    failures: number;
    last_at: number;
    blocked_until: number;
  };
};

/** The database or a transaction, seen with the tables of sign-in. */
export type AuthQuery = Kysely<AuthTables>;

export function authTables(query: Kysely<unknown>): AuthQuery {
  return query.withTables<AuthTables>();
}
