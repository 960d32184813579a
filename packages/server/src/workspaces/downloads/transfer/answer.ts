import { header, type ResponseHead } from './http/head.ts';
import type { FileIdentity } from './journal.ts';
import type { Range } from './ranges.ts';
import type { ResponseFacts } from './transfer.ts';

/** What a server's answer to a request for a part of a file comes to. */
export type Answer =
  /** The body is this part. */
  | { readonly kind: 'part'; readonly range: Range; readonly identity: FileIdentity }
  /** The body is the file from its beginning. */
  | {
      readonly kind: 'whole';
      readonly sizeBytes: number | null;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  | { readonly kind: 'empty' }
  /** It is not the file it was. */
  | { readonly kind: 'changed'; readonly identity: Partial<FileIdentity> }
  | { readonly kind: 'redirect'; readonly location: string }
  /** Come back later; null when it does not say when. */
  | { readonly kind: 'busy'; readonly status: number; readonly retryAfterMs: number | null }
  /** The address is of no use, or not any more. */
  | { readonly kind: 'address'; readonly status: number }
  | { readonly kind: 'rejected'; readonly status: number }
  /** A page for people, where the file was before. */
  | { readonly kind: 'page' }
  /** Not what was asked for. None of it may be kept. */
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Judges an answer before a byte of its body is kept.
 * @param known what the file is by the answers before, null on the first
 */
export function judge(
  head: ResponseHead,
  asked: Range,
  known: FileIdentity | null,
  now: number,
): Answer {
  const { status } = head;
  if (status === 200 || status === 206) return judgeBody(head, asked, known);
  if ([301, 302, 303, 307, 308].includes(status)) {
    const location = header(head, 'location');
    return location === null
      ? { kind: 'invalid', reason: 'a redirect without an address' }
      : { kind: 'redirect', location };
  }
  if (status === 416) return unsatisfiable(head, asked, known);
  if ([400, 401, 403, 404, 410].includes(status)) return { kind: 'address', status };
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return { kind: 'busy', status, retryAfterMs: retryAfter(head, now) };
  if (status >= 400) return { kind: 'rejected', status };
  return { kind: 'invalid', reason: `status ${status}` };
}

function judgeBody(head: ResponseHead, asked: Range, known: FileIdentity | null): Answer {
  const coding = (head.headers.get('content-encoding') ?? []).join(',').trim().toLowerCase();
  if (coding !== '' && coding !== 'identity')
    return { kind: 'invalid', reason: `encoded as ${coding.slice(0, 20)}` };
  const etag = header(head, 'etag');
  const lastModified = header(head, 'last-modified');
  const length = lengthOf(head);
  if (head.status === 200) {
    if (known && isPage(head) && (length === null || length !== known.sizeBytes))
      return { kind: 'page' };
    if (known && differs(known, { sizeBytes: length, etag, lastModified }))
      return { kind: 'changed', identity: { sizeBytes: length ?? -1, etag, lastModified } };
    return { kind: 'whole', sizeBytes: length, etag, lastModified };
  }
  const named = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(
    header(head, 'content-range') ?? '',
  );
  if (!named) return { kind: 'invalid', reason: 'a part without its place' };
  const range = { start: Number(named[1]), end: Number(named[2]) + 1 };
  const identity = { sizeBytes: Number(named[3]), etag, lastModified };
  if (range.end <= range.start || range.end > identity.sizeBytes)
    return { kind: 'invalid', reason: 'a part that cannot be' };
  if (known && differs(known, identity)) return { kind: 'changed', identity };
  if (range.start !== asked.start || range.end > asked.end)
    return { kind: 'invalid', reason: 'another part than asked for' };
  if (length !== null && length !== range.end - range.start)
    return { kind: 'invalid', reason: 'a part of another length than it says' };
  return { kind: 'part', range, identity };
}

function unsatisfiable(head: ResponseHead, asked: Range, known: FileIdentity | null): Answer {
  const size = /^bytes \*\/(\d{1,15})$/i.exec(header(head, 'content-range') ?? '')?.[1];
  if (size === undefined) return { kind: 'invalid', reason: 'status 416' };
  const sizeBytes = Number(size);
  if (sizeBytes === 0 && asked.start === 0 && (known === null || known.sizeBytes === 0))
    return { kind: 'empty' };
  if (known && known.sizeBytes !== sizeBytes)
    return { kind: 'changed', identity: { sizeBytes, etag: header(head, 'etag') } };
  return { kind: 'invalid', reason: 'status 416 for a part there is' };
}

/** By size, and by the strongest validator both have. */
export function differs(
  known: FileIdentity,
  now: { sizeBytes: number | null; etag: string | null; lastModified: string | null },
): boolean {
  if (now.sizeBytes !== null && now.sizeBytes !== known.sizeBytes) return true;
  if (known.etag !== null && now.etag !== null) return known.etag !== now.etag;
  return (
    known.lastModified !== null &&
    now.lastModified !== null &&
    known.lastModified !== now.lastModified
  );
}

/** The value for `If-Range`: a strong ETag, else a date; weak ETags are of no use there. */
export function ifRange(identity: FileIdentity): string | null {
  if (identity.etag !== null && !identity.etag.startsWith('W/')) return identity.etag;
  return identity.lastModified;
}

export function factsOf(head: ResponseHead, host: string, sizeBytes: number | null): ResponseFacts {
  return {
    host,
    sizeBytes,
    etag: header(head, 'etag'),
    contentType: header(head, 'content-type'),
    fileName: dispositionName(header(head, 'content-disposition')),
    ranges: head.status === 206,
  };
}

export function isPage(head: ResponseHead): boolean {
  return /^(text\/html|application\/xhtml)/i.test(header(head, 'content-type') ?? '');
}

/** Name in a `Content-Disposition`; `filename*` (RFC 6266, UTF-8) before `filename`. */
export function dispositionName(value: string | null): string | null {
  if (value === null) return null;
  const extended = /filename\*\s*=\s*(?:utf-8)''([^;\s]+)/i.exec(value)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      // Not what it says; the plain name may do.
    }
  }
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(value);
  const name = plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
  // Heads are read one byte per character, and servers send UTF-8 in them.
  return name === undefined || name === '' ? null : Buffer.from(name, 'latin1').toString();
}

function lengthOf(head: ResponseHead): number | null {
  const length = header(head, 'content-length');
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/** Seconds or a date. */
function retryAfter(head: ResponseHead, now: number): number | null {
  const value = header(head, 'retry-after');
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
