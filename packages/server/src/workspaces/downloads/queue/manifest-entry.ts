import { AppError } from '../../../core/errors.ts';
import { type DownloadInput, type Hashes, LINK_CHARS, NAME_CHARS } from '../contract.ts';
import type { ManifestEntry } from './manifest.ts';
import { manifestErrors } from './manifest-errors.ts';

/** What the formats have in common: the words of one entry, not yet looked at. */
export interface RawEntry {
  readonly line: number;
  readonly link: string;
  readonly fileName?: string | undefined;
  /** Kind as written (`sha-256`, `BLAKE3`; empty: by its length) and value. */
  readonly hashes?: readonly (readonly [kind: string, value: string])[];
}

const HASH_CHARS: Readonly<Record<keyof Hashes, number>> = {
  sha256: 64,
  blake3: 64,
  crc32: 8,
  autoV1: 8,
  autoV2: 10,
  autoV3: 12,
  gitSha1: 40,
};
const HASH_NAMES = Object.keys(HASH_CHARS) as (keyof Hashes)[];

/** Which hash a word names: `SHA-256`, `sha256` and `Sha_256` are one; undefined for none that can be checked. */
export function hashKind(word: string): keyof Hashes | undefined {
  const plain = word.toLowerCase().replace(/[^a-z0-9]/g, '');
  return HASH_NAMES.find((name) => name.toLowerCase() === plain);
}

export function toEntry(raw: RawEntry): ManifestEntry {
  const { line } = raw;
  try {
    const input = toInput(raw.link.trim(), line);
    const fileName = raw.fileName?.trim();
    if (fileName !== undefined && fileName.length > NAME_CHARS)
      throw manifestErrors.DOWNLOADS_MANIFEST_LINE_LONG({ line, field: 'name', max: NAME_CHARS });
    const hashes = toHashes(raw.hashes ?? [], line);
    return {
      line,
      input,
      ...(fileName && { fileName }),
      ...(Object.keys(hashes).length > 0 && { hashes }),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { line, error };
  }
}

function toInput(link: string, line: number): DownloadInput {
  if (link.length > LINK_CHARS)
    throw manifestErrors.DOWNLOADS_MANIFEST_LINE_LONG({ line, field: 'url', max: LINK_CHARS });
  if (link.includes('\ufffd')) throw manifestErrors.DOWNLOADS_MANIFEST_CHARACTERS({ line });
  if (/^(civitai|hugging-face):/.test(link)) return { kind: 'file', ref: link };
  if (/^urn:air:/i.test(link)) return { kind: 'link', url: link };
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):/i.exec(link)?.[1]?.toLowerCase();
  if (scheme === undefined) throw manifestErrors.DOWNLOADS_MANIFEST_NO_LINK({ line });
  if (scheme !== 'https' && scheme !== 'http')
    throw manifestErrors.DOWNLOADS_MANIFEST_SCHEME({ line, scheme });
  if (!/^https?:\/\/[^\s/]/i.test(link) || !URL.canParse(link))
    throw manifestErrors.DOWNLOADS_MANIFEST_NO_LINK({ line });
  return { kind: 'link', url: link };
}

function toHashes(given: NonNullable<RawEntry['hashes']>, line: number): Hashes {
  const hashes: Hashes = {};
  for (const [word, written] of given) {
    // `sha256:ab…` says itself what it is.
    const [, named = word, value = ''] = /^(?:([a-z0-9-]+)[:=])?(.*)$/i.exec(written.trim()) ?? [];
    if (value === '') continue;
    const kind = named === '' ? (value.length === 64 ? 'sha256' : undefined) : hashKind(named);
    if (kind === undefined)
      throw manifestErrors.DOWNLOADS_MANIFEST_HASH_KIND({ line, kind: named || 'hash' });
    const chars = HASH_CHARS[kind];
    if (value.length !== chars || !/^[0-9a-f]+$/i.test(value))
      throw manifestErrors.DOWNLOADS_MANIFEST_HASH({ line, kind: named || kind, chars });
    const hash = value.toLowerCase();
    if (hashes[kind] !== undefined && hashes[kind] !== hash)
      throw manifestErrors.DOWNLOADS_MANIFEST_HASHES({ line, kind });
    hashes[kind] = hash;
  }
  // AutoV2 is how SHA-256 begins.
  if (hashes.sha256 && hashes.autoV2 && !hashes.sha256.startsWith(hashes.autoV2))
    throw manifestErrors.DOWNLOADS_MANIFEST_HASHES({ line, kind: 'autoV2' });
  return hashes;
}
