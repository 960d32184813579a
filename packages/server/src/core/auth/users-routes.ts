import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { okSchema, pageQuery } from '../http/contract.ts';
import { localeOf } from '../http/locale.ts';
import {
  invitationBody,
  invitationCreatedSchema,
  invitationSchema,
  resetLinkSchema,
  userChangeBody,
  userCreateBody,
  userCreatedSchema,
  userSchema,
  usersPageSchema,
} from './contract.ts';
import { type AuthRouteOptions, byCaller } from './request-context.ts';
import type { InvitationRow } from './tables.ts';
import { toUser } from './user-store.ts';

const tags = ['Users'];
const manage = { permission: 'users.manage' } as const;
const idParams = z.object({ id: z.string().max(26) });
const ok = { ok: true as const };

/** Other people's accounts, invitations and reset links. */
export function usersRoutes({ auth, publicUrl }: AuthRouteOptions): FastifyPluginAsyncZod {
  const { registration, twoStep, users } = auth;
  const resetLink = (secret: string): string => `${publicUrl()}/reset#${secret}`;

  return async (server) => {
    server.get(
      '/api/users',
      {
        config: manage,
        schema: {
          summary: 'All users',
          tags,
          querystring: pageQuery,
          response: { 200: usersPageSchema },
        },
      },
      async (request) => {
        const { items, nextCursor } = await users.list(request.query);
        return { items: items.map(toUser), nextCursor };
      },
    );
    server.post(
      '/api/users',
      {
        config: manage,
        schema: {
          summary: 'Create an account for somebody',
          description: 'Without a password the reply holds a link with which they choose one.',
          tags,
          body: userCreateBody,
          response: { 200: userCreatedSchema },
        },
      },
      async (request) => {
        const account = { ...request.body, locale: request.body.locale ?? localeOf(request) };
        const made = await registration.createUser(account, byCaller(request));
        return {
          ...toUser(made.user),
          link: made.reset === undefined ? null : resetLink(made.reset.secret),
          linkExpiresAt: made.reset?.expiresAt ?? null,
        };
      },
    );
    server.patch(
      '/api/users/:id',
      {
        config: manage,
        schema: {
          summary: "Change a user's role or name, or disable the account",
          tags,
          params: idParams,
          body: userChangeBody,
          response: { 200: userSchema },
        },
      },
      async (request) =>
        toUser(await users.change(request.params.id, request.body, byCaller(request))),
    );
    server.delete(
      '/api/users/:id',
      {
        config: manage,
        schema: {
          summary: 'Remove a user with their sessions and tokens',
          tags,
          params: idParams,
          response: { 200: okSchema },
        },
      },
      async (request) => {
        await users.remove(request.params.id, byCaller(request));
        return ok;
      },
    );
    server.post(
      '/api/users/:id/reset-link',
      {
        config: manage,
        schema: {
          summary: 'Make a link with which a user sets a new password',
          tags,
          params: idParams,
          response: { 200: resetLinkSchema },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { secret, expiresAt } = await registration.createResetLink(id, byCaller(request));
        return { link: resetLink(secret), expiresAt };
      },
    );
    server.delete(
      '/api/users/:id/totp',
      {
        config: manage,
        schema: {
          summary: "Switch a user's two-step sign-in off",
          description: 'For somebody who lost both the phone and the recovery codes.',
          tags,
          params: idParams,
          response: { 200: userSchema },
        },
      },
      async (request) => {
        const { id } = await users.get(request.params.id);
        await twoStep.remove(id, byCaller(request));
        return toUser(await users.get(id));
      },
    );

    server.get(
      '/api/invitations',
      {
        config: manage,
        schema: {
          summary: 'Invitations, newest first',
          tags,
          response: { 200: z.object({ items: z.array(invitationSchema) }) },
        },
      },
      async () => ({ items: (await users.invitations()).map(toInvitation) }),
    );
    server.post(
      '/api/invitations',
      {
        config: manage,
        schema: {
          summary: 'Invite somebody; the link is shown once',
          tags,
          body: invitationBody,
          response: { 200: invitationCreatedSchema },
        },
      },
      async (request) => {
        const { row, secret } = await users.invite(request.body, byCaller(request));
        return { ...toInvitation(row), link: `${publicUrl()}/register#${secret}` };
      },
    );
    server.delete(
      '/api/invitations/:id',
      {
        config: manage,
        schema: {
          summary: 'Withdraw an invitation',
          tags,
          params: idParams,
          response: { 200: okSchema },
        },
      },
      async (request) => {
        await users.withdrawInvitation(request.params.id, byCaller(request));
        return ok;
      },
    );
  };
}

function toInvitation(row: InvitationRow): z.infer<typeof invitationSchema> {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  };
}
