import { z } from 'zod';
import { localeSchema, pageOf, pageQuery, timestamp } from '../http/contract.ts';
import { roles } from './permissions.ts';

export const roleSchema = z.enum(roles);
export const emailSchema = z.email().max(254);
/** bcrypt reads at most 72 bytes: longer ones are refused instead of being cut silently. */
export const passwordSchema = z
  .string()
  .min(10)
  .refine((text) => new TextEncoder().encode(text).length <= 72, { message: 'at most 72 bytes' });

// One-time links carry their secret behind `#`, which browsers never send: `<url>/setup#<secret>`,
// `<url>/register#<secret>` (invitation) and `<url>/reset#<secret>`.

const nameSchema = z.string().trim().min(1).max(120);

export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  locale: localeSchema,
  disabled: z.boolean(),
  totpEnabled: z.boolean(),
  createdAt: timestamp,
  lastSeenAt: timestamp.nullable(),
});
export type User = z.infer<typeof userSchema>;

/** GET /api/auth/me */
export const meSchema = z.object({
  user: userSchema,
  permissions: z.array(z.string()),
  workspaces: z.array(z.string()),
});
export type Me = z.infer<typeof meSchema>;

/** GET /api/auth/policy (public): what the sign-in page needs. */
export const policySchema = z.object({
  registration: z.enum(['open', 'invited', 'closed']),
  /** True until the first administrator exists; then the one-time link of the start-up message is needed. */
  needsSetup: z.boolean(),
});

/** POST /api/auth/setup (public): the first administrator, with the secret of the one-time link. Signs in and answers Me. */
export const setupBody = z.object({
  secret: z.string().max(200),
  email: emailSchema,
  name: nameSchema,
  password: passwordSchema,
  locale: localeSchema,
});
/** POST /api/auth/register (public): `invitation` is needed when the policy is `invited`. Signs in and answers Me. */
export const registerBody = setupBody
  .omit({ secret: true })
  .extend({ invitation: z.string().max(200).optional() });
/** POST /api/auth/login (public): answers Me and sets the session cookie; AUTH_TOTP_REQUIRED asks for `totp`. */
export const loginBody = z.object({
  email: z.string().max(254),
  password: z.string().max(200),
  totp: z.string().max(20).optional(),
});
/** POST /api/auth/logout (public) */
/** PATCH /api/auth/me: answers User */
export const profileBody = z.object({
  name: nameSchema.optional(),
  locale: localeSchema.optional(),
});
/** POST /api/auth/password: ends all other sessions. */
export const passwordBody = z.object({ current: z.string().max(200), next: passwordSchema });

/** GET /api/auth/sessions, DELETE /api/auth/sessions/:id, DELETE /api/auth/sessions (all others) */
export const sessionSchema = z.object({
  id: z.string(),
  createdAt: timestamp,
  lastSeenAt: timestamp,
  expiresAt: timestamp,
  address: z.string(),
  userAgent: z.string(),
  current: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

/** POST /api/auth/totp (begin), POST /api/auth/totp/confirm {code}, DELETE /api/auth/totp {password} */
export const totpSetupSchema = z.object({ secret: z.string(), uri: z.string() });
export const totpConfirmBody = z.object({ code: z.string().max(20) });
/** Each works once in place of a code. Shown only here. */
export const totpRecoverySchema = z.object({ recoveryCodes: z.array(z.string()) });
export const totpRemoveBody = z.object({ password: z.string().max(200) });

/** GET /api/users, PATCH /api/users/:id, DELETE /api/users/:id, POST /api/users/:id/reset-link (permission users.manage) */
export const usersPageSchema = pageOf(userSchema);
/**
 * POST /api/users: an account made for somebody else. Without `password` the reply holds a link with which that person
 * chooses one; it works once, within a day. `locale` is the caller's unless given.
 */
export const userCreateBody = z.object({
  email: emailSchema,
  name: nameSchema,
  role: roleSchema,
  locale: localeSchema.optional(),
  password: passwordSchema.optional(),
});
export const userCreatedSchema = userSchema.extend({
  link: z.string().nullable(),
  linkExpiresAt: timestamp.nullable(),
});
/** DELETE /api/users/:id/totp answers User. */
export const userChangeBody = z.object({
  role: roleSchema.optional(),
  disabled: z.boolean().optional(),
  name: nameSchema.optional(),
});
/** GET/POST /api/invitations, DELETE /api/invitations/:id. `link` is shown once, on creation. */
export const invitationBody = z.object({ email: emailSchema.optional(), role: roleSchema });
export const invitationSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  role: roleSchema,
  createdAt: timestamp,
  expiresAt: timestamp,
  usedAt: timestamp.nullable(),
});
export const invitationCreatedSchema = invitationSchema.extend({ link: z.string() });
export const resetLinkSchema = z.object({ link: z.string(), expiresAt: timestamp });
/** POST /api/auth/reset (public) */
export const resetBody = z.object({ secret: z.string().max(200), password: passwordSchema });

/**
 * One's own: GET/POST /api/tokens, DELETE /api/tokens/:id. Anybody's: GET/POST /api/users/:id/tokens, DELETE
 * /api/users/:id/tokens/:tokenId (permission users.manage). A token can do what its owner can, narrowed to `scopes`
 * (permissions).
 */
export const tokenBody = z.object({
  name: nameSchema,
  scopes: z.array(z.string().max(80)).min(1).max(50),
  /** UTC epoch milliseconds; null never expires. */
  expiresAt: timestamp.nullable(),
});
export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** First characters, to recognise it by. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: timestamp,
  expiresAt: timestamp.nullable(),
  lastUsedAt: timestamp.nullable(),
});
export type Token = z.infer<typeof tokenSchema>;
/** `secret` (`kzs_…`) is shown once. */
export const tokenCreatedSchema = tokenSchema.extend({ secret: z.string() });

/** GET /api/permissions: what exists and which roles hold it (for the token and role pages). */
export const permissionsSchema = z.object({
  items: z.array(z.object({ name: z.string(), roles: z.array(roleSchema) })),
});

/** GET /api/audit (permission audit.read) */
export const auditQuery = pageQuery.extend({
  actor: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
});
export const auditEntrySchema = z.object({
  id: z.string(),
  at: timestamp,
  /** E-mail of the person, `token:<name>` or `system`. */
  actor: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  address: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export const auditPageSchema = pageOf(auditEntrySchema);
