import type { Problem } from '@kizashi/server/contract/http';

/** The call never reached the server, or the reply never came back. */
export const NETWORK = 'NETWORK';
/** The server answered with something that does not fit the contract. */
export const BAD_REPLY = 'BAD_REPLY';

/** The server's code for a call without (or with an ended) session. */
export const SIGN_IN_NEEDED = 'AUTH_REQUIRED';
/** The server's code for a call that the role does not allow. */
export const FORBIDDEN = 'AUTH_FORBIDDEN';

/** A call that failed, in the words of the server (already in the reader's language). */
export class ApiError extends Error {
  readonly code: string;
  /** HTTP status; 0 when there was no reply. */
  readonly status: number;
  /** For people; empty when there was no readable reply. */
  readonly detail: string;
  readonly fields: Problem['fields'];
  readonly params: Problem['params'];
  readonly retryable: boolean;
  readonly requestId: string | null;

  constructor(
    code: string,
    rest: {
      status?: number;
      detail?: string;
      fields?: Problem['fields'];
      params?: Problem['params'];
      retryable?: boolean;
      requestId?: string | null;
      cause?: unknown;
    } = {},
  ) {
    super(rest.detail || code, { cause: rest.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = rest.status ?? 0;
    this.detail = rest.detail ?? '';
    this.fields = rest.fields ?? [];
    this.params = rest.params ?? {};
    this.retryable = rest.retryable ?? false;
    this.requestId = rest.requestId ?? null;
  }

  /** The message for one input, by the name it has in the body: `email` for the path `body.email`. */
  field(name: string): string | undefined {
    return this.fields.find((field) => field.path === name || field.path === `body.${name}`)
      ?.message;
  }
}
