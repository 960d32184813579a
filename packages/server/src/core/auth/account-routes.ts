import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { coreErrors } from '../core-errors.ts';
import { okSchema } from '../http/contract.ts';
import {
  meSchema,
  passwordBody,
  permissionsSchema,
  profileBody,
  sessionSchema,
  totpConfirmBody,
  totpRecoverySchema,
  totpRemoveBody,
  totpSetupSchema,
  userSchema,
} from './contract.ts';
import { roles } from './permissions.ts';
import { type AuthRouteOptions, byCaller, createMe, requireSession } from './request-context.ts';
import { toUser } from './user-store.ts';

const tags = ['Account'];
const signedIn = { permission: 'signed-in' } as const;
const idParams = z.object({ id: z.string().max(26) });
const ok = { ok: true as const };

/** One's own account: profile, password, second step, sessions. */
export function accountRoutes({ auth, workspaces }: AuthRouteOptions): FastifyPluginAsyncZod {
  const { account, sessions, twoStep } = auth;
  const me = createMe(workspaces);
  // Guessing a code or password with a stolen session counts like guessing at the door.
  const careful = { ...signedIn, limit: 'sign-in' } as const;

  return async (server) => {
    server.get(
      '/api/auth/me',
      {
        config: signedIn,
        schema: { summary: 'Who I am and what I may do', tags, response: { 200: meSchema } },
      },
      async ({ principal }) => me(await account.get(principal.userId), principal.permissions),
    );
    server.patch(
      '/api/auth/me',
      {
        config: signedIn,
        schema: {
          summary: 'Change my name or language',
          tags,
          body: profileBody,
          response: { 200: userSchema },
        },
      },
      async (request) => {
        const { userId } = requireSession(request);
        return toUser(await account.change(userId, request.body));
      },
    );
    server.post(
      '/api/auth/password',
      {
        config: careful,
        schema: {
          summary: 'Change my password; ends my other sessions',
          tags,
          body: passwordBody,
          response: { 200: okSchema },
        },
      },
      async (request) => {
        const { userId, sessionId } = requireSession(request);
        await account.changePassword(userId, sessionId, request.body, byCaller(request));
        return ok;
      },
    );

    server.get(
      '/api/auth/sessions',
      {
        config: signedIn,
        schema: {
          summary: 'My signed-in browsers',
          tags,
          response: { 200: z.object({ items: z.array(sessionSchema) }) },
        },
      },
      async (request) => {
        const { userId, sessionId } = requireSession(request);
        return { items: await sessions.list(userId, sessionId) };
      },
    );
    server.delete(
      '/api/auth/sessions/:id',
      {
        config: signedIn,
        schema: {
          summary: 'End one of my sessions',
          tags,
          params: idParams,
          response: { 200: okSchema },
        },
      },
      async (request) => {
        const { userId } = requireSession(request);
        const ended = await sessions.end(userId, request.params.id, byCaller(request));
        if (!ended) throw coreErrors.NOT_FOUND();
        return ok;
      },
    );
    server.delete(
      '/api/auth/sessions',
      {
        config: signedIn,
        schema: { summary: 'End all my other sessions', tags, response: { 200: okSchema } },
      },
      async (request) => {
        const { userId, sessionId } = requireSession(request);
        await sessions.endAllBut(userId, sessionId, byCaller(request));
        return ok;
      },
    );

    server.post(
      '/api/auth/totp',
      {
        config: signedIn,
        schema: {
          summary: 'Begin two-step sign-in',
          tags,
          response: { 200: totpSetupSchema },
        },
      },
      async (request) => ({ ...(await twoStep.begin(requireSession(request).userId)) }),
    );
    server.post(
      '/api/auth/totp/confirm',
      {
        config: careful,
        schema: {
          summary: 'Switch two-step sign-in on with the first code',
          tags,
          body: totpConfirmBody,
          response: { 200: totpRecoverySchema },
        },
      },
      async (request) => {
        const { userId } = requireSession(request);
        const by = byCaller(request);
        return { recoveryCodes: await twoStep.confirm(userId, request.body.code, by) };
      },
    );
    server.delete(
      '/api/auth/totp',
      {
        config: careful,
        schema: {
          summary: 'Switch two-step sign-in off',
          tags,
          body: totpRemoveBody,
          response: { 200: okSchema },
        },
      },
      async (request) => {
        const { userId } = requireSession(request);
        await account.checkPassword(userId, request.body.password);
        await twoStep.remove(userId, byCaller(request));
        return ok;
      },
    );

    server.get(
      '/api/permissions',
      {
        config: signedIn,
        schema: {
          summary: 'All permissions and the roles that hold them',
          tags: ['Users'],
          response: { 200: permissionsSchema },
        },
      },
      async () => ({
        items: Object.entries(auth.permissions)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, holders]) => ({
            name,
            roles: roles.filter((role) => role === 'administrator' || holders.includes(role)),
          })),
      }),
    );
  };
}
