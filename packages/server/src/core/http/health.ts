import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import { coreErrors } from '../core-errors.ts';
import type { Metrics } from '../metrics.ts';

/** Part of the product → whether it works now. A rejection counts as no. */
export type ReadyChecks = Readonly<Record<string, () => Promise<boolean>>>;

/** A part that has not answered by then counts as not working. */
const CHECK_TIMEOUT_MS = 2000;

/** `/health/live`, `/health/ready` and `/metrics`: for machines, outside `/api`. */
export function healthRoutes(
  server: FastifyInstance,
  options: { ready: ReadyChecks; metrics: Metrics; config: Pick<Config, 'metricsToken'> },
): void {
  const { ready, metrics, config } = options;
  const open = { config: { permission: 'public', limit: 'none' as const }, schema: { hide: true } };

  server.get('/health/live', open, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  );

  server.get('/health/ready', open, async (request, reply) => {
    const parts = await Promise.all(
      Object.entries(ready).map(async ([name, check]) => {
        const ok = await withinTime(check()).catch((error: unknown) => {
          request.log.warn({ part: name, reason: String(error) }, 'http.not_ready');
          return false;
        });
        return [name, ok ? 'ok' : 'failing'] as const;
      }),
    );
    const failing = parts.some(([, state]) => state !== 'ok');
    return reply
      .code(failing ? 503 : 200)
      .header('cache-control', 'no-store')
      .send({ status: failing ? 'not-ready' : 'ready', parts: Object.fromEntries(parts) });
  });

  server.get('/metrics', open, async (request, reply) => {
    // Not found and not forbidden: a stranger need not learn that there is something to read.
    if (!mayReadMetrics(request, config.metricsToken)) throw coreErrors.NOT_FOUND();
    return reply
      .header('content-type', metrics.registry.contentType)
      .send(await metrics.registry.metrics());
  });
}

function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  const { headers } = request;
  if (token === undefined) {
    // Behind a proxy on this machine every request comes from loopback; such a request proves nothing.
    const forwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
    return !forwarded && /^(127\.|::1$|::ffff:127\.)/.test(request.ip);
  }
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function withinTime(check: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}
