import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import { aboutSchema, organisationBody, organisationSchema } from './contract.ts';
import type { OrganisationSettings } from './settings.ts';

export type About = z.infer<typeof aboutSchema>;

export function settingsRoutes(deps: {
  settings: OrganisationSettings;
  audit: Audit;
  about: () => About;
}): FastifyPluginAsyncZod {
  const { settings, audit, about } = deps;
  const tags = ['Settings'];
  return async (server) => {
    server.get(
      '/api/settings',
      {
        config: { permission: 'signed-in' },
        schema: {
          summary: "The organisation's settings",
          tags,
          response: { 200: organisationSchema },
        },
      },
      async () => ({ ...(await settings.get()) }),
    );
    server.patch(
      '/api/settings',
      {
        config: { permission: 'settings.manage' },
        schema: {
          summary: "Change the organisation's settings",
          tags,
          body: organisationBody,
          response: { 200: organisationSchema },
        },
      },
      async (request) => {
        const change = Object.fromEntries(
          Object.entries(request.body).filter(([, value]) => value !== undefined),
        );
        const values = await settings.set(change);
        const { actor } = request.principal;
        const address = request.ip;
        await audit.write({ actor, address, action: 'settings.changed', details: change });
        return { ...values };
      },
    );
    server.get(
      '/api/about',
      {
        config: { permission: 'signed-in' },
        schema: { summary: 'What is running', tags, response: { 200: aboutSchema } },
      },
      async () => about(),
    );
  };
}
