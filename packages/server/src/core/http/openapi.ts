import swagger, { type SwaggerTransform, type SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyPluginAsync, RouteOptions } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { BuildInfo } from '../metrics.ts';
import { problemSchema } from './contract.ts';

/**
 * `/api/openapi.json`, made from the schemas that check the requests, and `/api/docs` to browse it. Both are public:
 * they say nothing that the source code does not.
 */
export async function describeApi(
  server: FastifyInstance,
  { build }: { build: BuildInfo },
): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kizashi',
        version: build.version,
        description:
          'Every error is a problem document (RFC 9457) with a stable `code`. ' +
          'Writes accept `Idempotency-Key`; lists are paged with `cursor`; reads answer `ETag`.',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'An API token, `kzs_…`.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'kizashi_session',
            description: 'Set by signing in; `__Host-kizashi_session` over HTTPS.',
          },
        },
      },
    },
    transform: describeRoute,
    transformObject: addProblems,
  });

  server.get(
    '/api/openapi.json',
    { config: { permission: 'public' }, schema: { hide: true } },
    async () => server.swagger(),
  );
  const docs: FastifyPluginAsync = async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, permission: 'public', limit: 'none' };
    });
    await scope.register(swaggerUi, {
      routePrefix: '/api/docs',
      uiConfig: { deepLinking: true },
      theme: { title: 'Kizashi API' },
      logo: { type: 'image/svg+xml', content: logo },
      staticCSP: docsPolicy,
    });
  };
  await server.register(docs);
}

const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="40"><text y="28" fill="#fff" font-family="sans-serif" font-size="22">Kizashi 兆し</text></svg>';

/** The page brings only files of its own; the pictures in them carry style attributes and one style element. */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const describeRoute: SwaggerTransform = (document) => {
  const { schema, url } = (jsonSchemaTransform as SwaggerTransform)(document);
  const permission = (document.route as RouteOptions).config?.permission;
  if (schema === undefined || permission === undefined) return { schema, url };
  const needs =
    permission === 'signed-in' ? 'Any signed-in user.' : `Permission: \`${permission}\`.`;
  const open = permission === 'public';
  const description = [schema.description, open ? 'Needs no sign-in.' : needs];
  return {
    url,
    schema: {
      ...schema,
      description: description.filter(Boolean).join('\n\n'),
      security: open ? [] : [{ session: [] }, { token: [] }],
    },
  };
};

/** What every operation may also answer; declared once instead of in each route. */
const addProblems: SwaggerTransformObject = (document) => {
  if (!('openapiObject' in document)) throw new Error('an OpenAPI document was expected');
  const { openapiObject } = document;
  const problem = z.toJSONSchema(problemSchema, { target: 'draft-2020-12' });
  const content = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  };
  for (const path of Object.values(openapiObject.paths ?? {})) {
    for (const operation of Object.values(path ?? {})) {
      if (typeof operation !== 'object' || !('responses' in operation)) continue;
      operation.responses = {
        ...operation.responses,
        default: { description: 'A problem; `code` says which.', content },
      };
    }
  }
  return {
    ...openapiObject,
    components: {
      ...openapiObject.components,
      schemas: { ...openapiObject.components?.schemas, Problem: problem },
    },
  } as ReturnType<SwaggerTransformObject>;
};
