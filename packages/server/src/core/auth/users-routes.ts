import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { okSchema, pageQuery } from '../http/contract.ts';
import {
  invitationBody,
  invitationCreatedSchema,
  invitationSchema,
  resetLinkSchema,
  userChangeBody,
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
  const { registration, users } = auth;

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
        return { link: `${publicUrl()}/reset#${secret}`, expiresAt };
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
