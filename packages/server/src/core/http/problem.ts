import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { coreErrors } from '../core-errors.ts';
import { AppError } from '../errors.ts';
import type { Problem } from './contract.ts';
import { httpErrors } from './errors.ts';
import { localeOf } from './locale.ts';
import { RequestInvalid } from './validation.ts';

/** Told to a caller who met a failure that names no time of its own. */
const RETRY_SECONDS = 5;

export interface ProblemOptions {
  /** True for a failure that means the database cannot be reached. */
  isUnavailable(error: unknown): boolean;
  /** Sends an unexpected failure to whoever watches (Sentry). */
  reportError?(error: unknown, context: { requestId: string; route: string }): void;
}

/** The one place where an error becomes a reply: RFC 9457 problem details in the caller's language. */
export function createErrorHandler(options: ProblemOptions) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const error = toAppError(thrown, request, options);
    const context = { requestId: request.id, code: error.code };
    if (error.code === 'INTERNAL') {
      request.log.error({ ...context, err: thrown }, 'http.failed');
      options.reportError?.(thrown, {
        requestId: request.id,
        route: request.routeOptions.url ?? 'unknown',
      });
    } else if (error.status >= 500) {
      request.log.warn({ ...context, reason: (thrown as Error).message }, 'http.unavailable');
    }
    return sendProblem(error, request, reply, thrown);
  };
}

export function sendProblem(
  error: AppError,
  request: FastifyRequest,
  reply: FastifyReply,
  thrown: unknown = error,
): FastifyReply {
  const locale = localeOf(request);
  const params = error.paramsIn(locale);
  const problem: Problem = {
    type: `urn:kizashi:error:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.text(locale),
    code: error.code,
    requestId: request.id,
    retryable: error.retryable,
    params,
    fields: thrown instanceof RequestInvalid ? thrown.fields(locale) : [...error.fields],
  };
  if (error.status === 401) reply.header('www-authenticate', 'Bearer realm="kizashi"');
  if (error.status === 429 || error.status === 503 || params.seconds !== undefined) {
    reply.header('retry-after', String(params.seconds ?? RETRY_SECONDS));
  }
  return reply
    .code(error.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', locale)
    .serializer(JSON.stringify)
    .send(problem);
}

function toAppError(thrown: unknown, request: FastifyRequest, options: ProblemOptions): AppError {
  if (thrown instanceof RequestInvalid) return coreErrors.REQUEST_INVALID();
  // Before other errors with a code: the database's own name the server's address, which is nobody's business.
  if (isUnavailable(thrown, options)) return coreErrors.UNAVAILABLE({}, { cause: thrown });
  // A code with status 500 is written for whoever runs the product (paths, settings), not for callers.
  if (thrown instanceof AppError && thrown.status !== 500) return thrown;
  if (thrown instanceof AppError && thrown.code === 'DATABASE_FILE_READONLY') {
    return coreErrors.READ_ONLY({}, { cause: thrown });
  }
  if (thrown instanceof AppError) return coreErrors.INTERNAL({}, { cause: thrown });
  const { code, statusCode } = (thrown ?? {}) as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const limit = `${Math.floor((request.routeOptions.bodyLimit ?? 0) / 2 ** 20)} MB`;
    return coreErrors.BODY_TOO_LARGE({ limit });
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return httpErrors.MEDIA_TYPE_UNSUPPORTED();
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY') {
    return httpErrors.BODY_NOT_JSON({}, { cause: thrown });
  }
  // What is left with a 4xx are Fastify's own complaints: a malformed address, a wrong length.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const field = { path: 'request', message: (thrown as Error).message };
    return coreErrors.REQUEST_INVALID({}, { cause: thrown, fields: [field] });
  }
  return coreErrors.INTERNAL({}, { cause: thrown });
}

/** A store may have wrapped the driver's error, so its causes count too. */
function isUnavailable(thrown: unknown, options: ProblemOptions): boolean {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; depth++) {
    if (options.isUnavailable(error)) return true;
    error = error.cause;
  }
  return false;
}
