import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { OrganisationSettings } from '../settings/settings.ts';
import { accountRoutes } from './account-routes.ts';
import { entranceRoutes } from './entrance-routes.ts';
import type { AuthRouteOptions } from './request-context.ts';
import { tokensRoutes } from './tokens-routes.ts';
import { usersRoutes } from './users-routes.ts';

/** Everything under `/api/auth`, `/api/users`, `/api/invitations`, `/api/tokens` and `/api/permissions`. */
export function authRoutes(
  options: AuthRouteOptions & { settings: OrganisationSettings },
): FastifyPluginAsyncZod {
  return async (server) => {
    await server.register(entranceRoutes(options));
    await server.register(accountRoutes(options));
    await server.register(tokensRoutes(options));
    await server.register(usersRoutes(options));
  };
}
