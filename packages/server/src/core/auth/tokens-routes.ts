import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { okSchema } from '../http/contract.ts';
import { tokenBody, tokenCreatedSchema, tokenSchema } from './contract.ts';
import { permissionsOf } from './permissions.ts';
import { type AuthRouteOptions, byCaller, requireSession } from './request-context.ts';

const tags = ['Tokens'];
const own = { permission: 'signed-in' } as const;
const anyone = { permission: 'users.manage' } as const;
const tokensSchema = z.object({ items: z.array(tokenSchema) });
const idParams = z.object({ id: z.string().max(26) });
const tokenParams = idParams.extend({ tokenId: z.string().max(26) });
const ok = { ok: true as const };

/** API tokens: one's own, for a person in a session; anybody's, for who manages users (the command line does). */
export function tokensRoutes({ auth }: Pick<AuthRouteOptions, 'auth'>): FastifyPluginAsyncZod {
  const { tokens, users } = auth;

  return async (server) => {
    server.get(
      '/api/tokens',
      {
        config: own,
        schema: { summary: 'My API tokens', tags, response: { 200: tokensSchema } },
      },
      async (request) => ({ items: await tokens.list(requireSession(request).userId) }),
    );
    server.post(
      '/api/tokens',
      {
        config: own,
        schema: {
          summary: 'Make an API token; its secret is shown once',
          tags,
          body: tokenBody,
          response: { 200: tokenCreatedSchema },
        },
      },
      async (request) => {
        const { userId } = requireSession(request);
        const { email, permissions } = request.principal;
        const owner = { id: userId, email, permissions };
        return tokens.create(owner, request.body, byCaller(request));
      },
    );
    server.delete(
      '/api/tokens/:id',
      {
        config: own,
        schema: {
          summary: 'Revoke an API token',
          tags,
          params: idParams,
          response: { 200: okSchema },
        },
      },
      async (request) => {
        const { userId } = requireSession(request);
        await tokens.revoke(userId, request.params.id, byCaller(request));
        return ok;
      },
    );

    server.get(
      '/api/users/:id/tokens',
      {
        config: anyone,
        schema: {
          summary: "A user's API tokens",
          tags,
          params: idParams,
          response: { 200: tokensSchema },
        },
      },
      async (request) => {
        const { id } = await users.get(request.params.id);
        return { items: await tokens.list(id) };
      },
    );
    server.post(
      '/api/users/:id/tokens',
      {
        config: anyone,
        schema: {
          summary: 'Make an API token that acts as a user; its secret is shown once',
          description: 'It can do no more than that user, and no more than the caller.',
          tags,
          params: idParams,
          body: tokenBody,
          response: { 200: tokenCreatedSchema },
        },
      },
      async (request) => {
        const { id, email, role } = await users.get(request.params.id);
        // A narrow token that manages users must not make itself a wide one.
        const mine = request.principal.permissions;
        const theirs = [...permissionsOf(role, auth.permissions)];
        const permissions = new Set(theirs.filter((permission) => mine.has(permission)));
        return tokens.create({ id, email, permissions }, request.body, byCaller(request));
      },
    );
    server.delete(
      '/api/users/:id/tokens/:tokenId',
      {
        config: anyone,
        schema: {
          summary: "Revoke a user's API token",
          tags,
          params: tokenParams,
          response: { 200: okSchema },
        },
      },
      async (request) => {
        const { id, tokenId } = request.params;
        await tokens.revoke(id, tokenId, byCaller(request));
        return ok;
      },
    );
  };
}
