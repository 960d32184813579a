import { coreErrors } from '../../core-errors.ts';
import { AppError } from '../../errors.ts';

const NETWORK = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
];

/** The code that an engine's driver or the operating system gave; empty when there is none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** What happened, in one line. A name with several addresses fails with an empty message and one error for each. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

export function isNetworkFailure(error: unknown): boolean {
  return NETWORK.includes(codeOf(error));
}

/** The engine is away while people work: they are told to try again, not where the server is. */
export function unavailable(cause: unknown): AppError {
  return cause instanceof AppError ? cause : coreErrors.UNAVAILABLE({}, { cause });
}
