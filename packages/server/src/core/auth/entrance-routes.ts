import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { okSchema } from '../http/contract.ts';
import type { OrganisationSettings } from '../settings/settings.ts';
import {
  loginBody,
  meSchema,
  policySchema,
  registerBody,
  resetBody,
  setupBody,
} from './contract.ts';
import { type AuthRouteOptions, createEnter, deviceOf } from './request-context.ts';

const tags = ['Sign-in'];
const entrance = { permission: 'public', limit: 'sign-in' } as const;

/** Signing in and out, and the ways to an account. */
export function entranceRoutes(
  options: AuthRouteOptions & { settings: OrganisationSettings },
): FastifyPluginAsyncZod {
  const { auth, settings } = options;
  const enter = createEnter(options);

  return async (server) => {
    server.get(
      '/api/auth/policy',
      {
        config: { permission: 'public' },
        schema: {
          summary: 'What the sign-in page needs to know',
          tags,
          response: { 200: policySchema },
        },
      },
      async () => ({
        registration: (await settings.get()).registration,
        needsSetup: await auth.registration.needsSetup(),
      }),
    );

    server.post(
      '/api/auth/setup',
      {
        config: entrance,
        schema: {
          summary: 'Create the first administrator',
          tags,
          body: setupBody,
          response: { 200: meSchema },
        },
      },
      async (request, reply) => {
        const { secret, ...account } = request.body;
        const signedIn = await auth.registration.setUp(account, secret, deviceOf(request));
        return enter(request, reply, signedIn);
      },
    );

    server.post(
      '/api/auth/register',
      {
        config: entrance,
        schema: { summary: 'Register', tags, body: registerBody, response: { 200: meSchema } },
      },
      async (request, reply) => {
        const { invitation, ...account } = request.body;
        const signedIn = await auth.registration.register(account, invitation, deviceOf(request));
        return enter(request, reply, signedIn);
      },
    );

    server.post(
      '/api/auth/login',
      {
        config: entrance,
        schema: { summary: 'Sign in', tags, body: loginBody, response: { 200: meSchema } },
      },
      async (request, reply) =>
        enter(request, reply, await auth.signIn(request.body, deviceOf(request))),
    );

    server.post(
      '/api/auth/logout',
      {
        config: { permission: 'public' },
        schema: { summary: 'Sign out', tags, response: { 200: okSchema } },
      },
      async (request, reply) => {
        const secret = auth.cookie.read(request.headers.cookie);
        if (secret) await auth.sessions.endBySecret(secret);
        reply.header('set-cookie', auth.cookie.clear());
        return { ok: true as const };
      },
    );

    server.post(
      '/api/auth/reset',
      {
        config: entrance,
        schema: {
          summary: 'Set a new password with a reset link',
          tags,
          body: resetBody,
          response: { 200: okSchema },
        },
      },
      async (request) => {
        const { secret, password } = request.body;
        await auth.registration.reset(secret, password, request.ip);
        return { ok: true as const };
      },
    );
  };
}
