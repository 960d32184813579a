import type { AppError } from '../../../core/errors.ts';
import { readDocumentHead } from './document-head.ts';
import { sourceErrors } from './errors.ts';

/**
 * The error for first bytes that are words about a file, or undefined for a file's. What storage says of a signed address that
 * has run out is the same for all sources: R2 and S3 in XML, B2 in JSON.
 *
 * @param host of the source, for the message: the storage's own name says nothing to people
 */
export function headError(
  head: Uint8Array,
  facts: { name: string },
  host: string,
  ofJson?: (value: Readonly<Record<string, unknown>>) => AppError | undefined,
): AppError | undefined {
  const found = readDocumentHead(head, facts.name);
  if (found === undefined) return undefined;
  switch (found.kind) {
    case 'page':
      return sourceErrors.DOWNLOADS_PAGE_NOT_FILE({ host });
    case 'lfs-pointer':
      return sourceErrors.DOWNLOADS_POINTER_NOT_FILE({ host });
    case 'xml':
      return /expired/i.test(`${found.code} ${found.message}`)
        ? sourceErrors.DOWNLOADS_ADDRESS_EXPIRED({ host })
        : sourceErrors.DOWNLOADS_MESSAGE_NOT_FILE({
            host,
            reason: oneLine(`${found.code}: ${found.message}`),
          });
    case 'json': {
      const { value } = found;
      if (value.code === 'expired_auth_token')
        return sourceErrors.DOWNLOADS_ADDRESS_EXPIRED({ host });
      return (
        ofJson?.(value) ?? sourceErrors.DOWNLOADS_MESSAGE_NOT_FILE({ host, reason: wordsOf(value) })
      );
    }
  }
}

/** What an error object says, on one line of at most 200 characters and without any address in it. */
export function wordsOf(value: Readonly<Record<string, unknown>> | null): string {
  const issues = value?.error as
    | { message?: unknown; issues?: { message?: unknown }[] }
    | undefined;
  const words = [
    value?.message,
    value?.error,
    issues?.issues?.[0]?.message,
    issues?.message,
    value?.detail,
    value?.code,
  ].find((text) => typeof text === 'string' && text !== '');
  return oneLine(typeof words === 'string' ? words : '—');
}

/** Words of others for a message: without control characters, addresses and tokens that may be in them. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/\bhttps?:\/\/\S+/gi, '…')
    .replace(/[\w-]*(token|signature|authorization|bearer)[=: ]+\S+/gi, '…')
    .trim()
    .slice(0, 200);
}
