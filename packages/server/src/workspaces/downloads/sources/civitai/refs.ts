import { refInvalid } from '../ref-invalid.ts';
import type { FileReply } from './replies.ts';

export const fileRef = (versionId: number, fileId: number): string =>
  `civitai:${versionId}/${fileId}`;

/** What a download link may name a file by, besides its number. */
export const WORDS = ['type', 'format', 'size', 'fp'];

/** @throws DOWNLOADS_REF_INVALID */
export function parseRef(ref: string): {
  versionId: number;
  fileId: number | null;
  words: URLSearchParams;
} {
  const match = /^civitai:(\d{1,12})(?:\/(\d{1,12})|\?(.{0,500}))$/.exec(ref);
  if (!match) throw refInvalid(ref);
  return {
    versionId: Number(match[1]),
    fileId: match[2] === undefined ? null : Number(match[2]),
    // Nothing else of a link goes to the site: it may have held somebody's token.
    words: new URLSearchParams(
      [...new URLSearchParams(match[3] ?? '')].filter(([name]) => WORDS.includes(name)),
    ),
  };
}

/** As the site reads `type`, `format`, `size` and `fp`; without any of them the primary file is meant. */
export function fits(file: FileReply, primary: boolean, words: URLSearchParams): boolean {
  if (words.size === 0) return primary;
  const { metadata } = file;
  const has: Record<string, string | null | undefined> = {
    type: file.type,
    format: metadata?.format,
    size: metadata?.size,
    fp: metadata?.fp,
  };
  return [...words].every(([name, value]) => has[name] === value);
}

/** Digits as many as a hash of CivitAI's has. */
export const isHash = (text: string): boolean =>
  /^(?:[0-9a-f]{8}|[0-9a-f]{10}|[0-9a-f]{12}|[0-9a-f]{64})$/i.test(text);

export const hashPath = (hash: string): string => `by-hash/${hash.toUpperCase()}`;

/** @throws DOWNLOADS_REF_INVALID */
export function numberOf(id: string): string {
  if (/^\d{1,12}$/.test(id)) return id;
  throw refInvalid(id);
}
