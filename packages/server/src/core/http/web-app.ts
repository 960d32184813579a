import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { coreErrors } from '../core-errors.ts';
import { sendProblem } from './problem.ts';
import { pathOf } from './request-log.ts';
import type { SecurityHeaders } from './security-headers.ts';

/** What the built index.html holds where the nonce belongs (Vite: `html.cspNonce`). */
const NONCE_PLACEHOLDER = /__CSP_NONCE__/g;

/**
 * Serves the built web app from `root`: its files as they are (compressed twins `.br` and `.gz` where the build made
 * them), and index.html for every other page address, since the app routes by itself. What is neither is a 404
 * problem. Files are found when the server starts, so no request can name one outside `root`.
 */
export async function serveWebApp(
  server: FastifyInstance,
  { root, headers }: { root: string | undefined; headers: SecurityHeaders },
): Promise<void> {
  const index = root === undefined ? undefined : await readFile(join(root, 'index.html'), 'utf8');

  function sendPage(reply: FastifyReply, page: string): FastifyReply {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .headers({
        ...headers.page(nonce),
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      })
      .send(page.replace(NONCE_PLACEHOLDER, nonce));
  }

  server.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    if (index !== undefined && isPage(request)) return sendPage(reply, index);
    return sendProblem(coreErrors.NOT_FOUND(), request, reply);
  });

  if (root === undefined || index === undefined) return;
  const files: FastifyPluginAsync = async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, permission: 'public', limit: 'none' };
    });
    await scope.register(fastifyStatic, {
      root,
      wildcard: false,
      index: false,
      decorateReply: false,
      preCompressed: true,
      globIgnore: ['index.html', '**/*.br', '**/*.gz', '**/*.map'],
      // Vite puts a hash of the content into the name of everything under assets/.
      setHeaders: (reply, path) => {
        const hashed = /[\\/]assets[\\/]/.test(path);
        const caching = hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
        reply.header('cache-control', caching);
      },
      cacheControl: false,
    });
  };
  await server.register(files);
}

/** A person's address of a page: not the API's, and not a file's (a missing script must not come back as HTML). */
function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const path = pathOf(request.url);
  if (/^\/(api|health|metrics)(\/|$)/.test(path)) return false;
  return !/\.\w+$/.test(path);
}
