import type { IncomingHttpHeaders } from 'node:http';
import type { AppError } from '../../../core/errors.ts';
import { sourceErrors } from './errors.ts';

/** An answer that is no success. */
export interface Refusal {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly host: string;
  readonly path: string;
  /** At most 64 KiB of it. */
  readonly text: string;
  /** The text when it is a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | null;
  /** Whether a token went with the request. */
  readonly withToken: boolean;
  /** Whole seconds to wait before asking again. */
  readonly seconds: number;
}

/** What 429 and 5xx mean everywhere; undefined for other answers. */
export function passingRefusal({ status, host, seconds }: Refusal): AppError | undefined {
  if (status === 429 || status === 408)
    return sourceErrors.DOWNLOADS_SOURCE_RATE_LIMITED({ host, seconds });
  if (status >= 500) return sourceErrors.DOWNLOADS_SOURCE_BUSY({ host, status, seconds });
  return undefined;
}

/** The object that a text in JSON is; null for any other text. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
