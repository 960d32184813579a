import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { httpErrors } from './errors.ts';
import { changesState } from './same-origin.ts';

/** One use of a key: by whom, on what, with which content. */
export interface IdempotencyClaim {
  readonly userId: string;
  /** Method and pattern: `POST /api/tokens`. */
  readonly route: string;
  readonly key: string;
  /** SHA-256 of address and body: the same key with other content is a mistake of the caller. */
  readonly fingerprint: string;
}

export interface StoredReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export type ClaimOutcome =
  | { readonly state: 'new' }
  | { readonly state: 'running' }
  | { readonly state: 'mismatch' }
  | { readonly state: 'done'; readonly reply: StoredReply };

/** Where replies are kept; see idempotency-store.ts. */
export interface Idempotency {
  /** Takes the key, or tells what became of the request that took it before. */
  claim(claim: IdempotencyClaim): Promise<ClaimOutcome>;
  keep(claim: IdempotencyClaim, reply: StoredReply): Promise<void>;
  /** The request failed and changed nothing: the key may be used again. */
  release(claim: IdempotencyClaim): Promise<void>;
}

/** Told to a caller whose first request is still running. */
const RETRY_SECONDS = 1;

/**
 * `Idempotency-Key` on writes: the first successful reply is kept for 24 hours and given again to a repetition by
 * the same user. A failed request changed nothing and is not kept. Where the body is a stream (uploads), its length
 * stands for it.
 */
export function replayWrites(server: FastifyInstance, idempotency: Idempotency): void {
  const claims = new WeakMap<FastifyRequest, IdempotencyClaim>();

  server.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (key === undefined || !changesState(request.method)) return;
    if (request.principal.via === 'anonymous') return;
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
      throw httpErrors.IDEMPOTENCY_KEY_INVALID();
    }
    const claim: IdempotencyClaim = {
      userId: request.principal.userId,
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      key,
      fingerprint: fingerprint(request),
    };
    const outcome = await idempotency.claim(claim);
    if (outcome.state === 'mismatch') throw httpErrors.IDEMPOTENCY_KEY_REUSED();
    if (outcome.state === 'running') {
      throw httpErrors.IDEMPOTENCY_IN_PROGRESS({ seconds: RETRY_SECONDS });
    }
    if (outcome.state === 'done') {
      const { status, contentType, body } = outcome.reply;
      return reply
        .code(status)
        .headers({ 'content-type': contentType, 'idempotency-replayed': 'true' })
        .serializer((text: string) => text)
        .send(body);
    }
    claims.set(request, claim);
  });

  server.addHook('onSend', async (request, reply, payload) => {
    const claim = claims.get(request);
    if (claim === undefined) return payload;
    claims.delete(request);
    try {
      if (reply.statusCode < 400 && (typeof payload === 'string' || payload == null)) {
        const contentType = String(reply.getHeader('content-type') ?? 'application/json');
        const stored = { status: reply.statusCode, contentType, body: payload ?? '' };
        await idempotency.keep(claim, stored);
      } else await idempotency.release(claim);
    } catch (error) {
      // The work is done and its answer is known: a caller who gets it will not repeat.
      request.log.error({ requestId: request.id, err: error }, 'http.reply_not_kept');
    }
    return payload;
  });
}

function fingerprint(request: FastifyRequest): string {
  const { body } = request;
  const streamed = body === undefined || typeof (body as { pipe?: unknown })?.pipe === 'function';
  const content = streamed ? request.headers['content-length'] : JSON.stringify(body);
  return hash('sha256', `${request.url}\n${content ?? ''}`, 'hex');
}
