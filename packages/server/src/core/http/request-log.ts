import type { FastifyInstance } from 'fastify';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';

/**
 * One log line and one measurement per request. Query strings, bodies and headers are never logged: that is where
 * secrets travel. One-time links keep theirs in the fragment, which browsers do not send at all.
 */
export function observeRequests(
  server: FastifyInstance,
  { log, metrics }: { log: Logger; metrics: Metrics },
): void {
  server.addHook('onResponse', (request, reply, done) => {
    const milliseconds = reply.elapsedTime;
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.observeRequest(request.method, route, reply.statusCode, milliseconds / 1000);
    // Assets and probes would drown the rest.
    const level = request.routeOptions.config?.limit === 'none' ? 'debug' : 'info';
    if (log.isLevelEnabled(level)) {
      log[level](
        {
          requestId: request.id,
          method: request.method,
          path: pathOf(request.url),
          status: reply.statusCode,
          ms: Math.round(milliseconds * 10) / 10,
          userId: request.principal.userId || undefined,
          address: request.ip,
        },
        'http.request',
      );
    }
    done();
  });
}

/** The address without query and fragment, cut to a length a log can bear. */
export function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  return (end === -1 ? url : url.slice(0, end)).slice(0, 300);
}
