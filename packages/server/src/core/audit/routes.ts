import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { auditPageSchema, auditQuery } from '../auth/contract.ts';
import type { Audit } from './audit.ts';

export function auditRoutes({ audit }: { audit: Audit }): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/audit',
      {
        config: { permission: 'audit.read' },
        schema: {
          summary: 'Who did what, newest first',
          tags: ['Audit'],
          querystring: auditQuery,
          response: { 200: auditPageSchema },
        },
      },
      (request) => audit.list(request.query),
    );
  };
}
