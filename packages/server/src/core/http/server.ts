import { randomUUID } from 'node:crypto';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import type { BuildInfo } from '../metrics.ts';
import { closeConnections } from './close-connections.ts';
import { type GuardOptions, guardRoutes } from './guard.ts';
import { healthRoutes, type ReadyChecks } from './health.ts';
import { type Idempotency, replayWrites } from './idempotency.ts';
import { refuseNullCharacters } from './null-character.ts';
import { describeApi } from './openapi.ts';
import { anonymous, type Principal } from './principal.ts';
import { createErrorHandler, type ProblemOptions } from './problem.ts';
import { finishReply } from './reply-body.ts';
import { observeRequests } from './request-log.ts';
import { createSecurityHeaders } from './security-headers.ts';
import { validatorCompiler } from './validation.ts';
import { serveWebApp } from './web-app.ts';

export interface HttpServerOptions extends GuardOptions, ProblemOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly build: BuildInfo;
  /** What must work before `/health/ready` says 200; each resolves to true when it does. */
  readonly ready: ReadyChecks;
  /** Keeps replies of writes for `Idempotency-Key`; without it the header is ignored. */
  readonly idempotency?: Idempotency;
  /** Folder of the built web app; without it only the API is served. */
  readonly webRoot?: string;
}

/**
 * The HTTP server with everything that holds for all routes. Slices add theirs with `server.register(xRoutes(…))`;
 * the caller listens and closes. Order for a request: headers → principal → limits → origin → permission →
 * body → schema → idempotency → handler → ETag and compression; an error anywhere becomes a problem reply.
 *
 * @throws on `ready()`: ROUTES_WITHOUT_PERMISSION
 */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { config } = options;
  const headers = createSecurityHeaders(config.url?.startsWith('https:') ?? false);
  const handleError = createErrorHandler(options);
  const server = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    // request-log.ts writes its own line.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: config.trustProxy,
    bodyLimit: config.bodyLimitMb * 2 ** 20,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    // An address that cannot be decoded reaches no route and none of the hooks below.
    frameworkErrors: (error, request, reply) => {
      reply.headers(headers.always).header('x-request-id', request.id);
      handleError(error, request as FastifyRequest, reply as FastifyReply);
    },
  });
  // Text is JSON that lacks its header: better to say so than to complain about its contents.
  server.removeContentTypeParser('text/plain');
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler(handleError);

  server.decorateRequest('principal', null as unknown as Principal);
  server.addHook('onRequest', (request, reply, done) => {
    request.principal = anonymous;
    reply.headers(headers.always).header('x-request-id', request.id);
    done();
  });
  closeConnections(server);
  observeRequests(server, options);
  guardRoutes(server, options);
  refuseNullCharacters(server);
  if (options.idempotency) replayWrites(server, options.idempotency);
  server.addHook('onSend', finishReply);
  await describeApi(server, options);
  healthRoutes(server, options);
  await serveWebApp(server, { root: options.webRoot, headers });
  return server;
}
