import type { FastifyReply } from 'fastify';
import { httpErrors } from './errors.ts';

/**
 * A signal that aborts when the caller hangs up before the answer is out, for work that is long and then useless.
 * (`request.signal` of Fastify follows the request's body, which has been read to its end long before.)
 */
export function callerGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort(httpErrors.CALLER_GONE()));
  return controller.signal;
}
