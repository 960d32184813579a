import { z } from 'zod';
import { pageOf, pageQuery, timestamp } from '../../core/http/contract.ts';
import { importSchema, verdictSchema } from './scan-contract.ts';

/** Where a file of the library is. */
export const fileStateSchema = z.enum([
  /** Under its name. */
  'stored',
  /** Set aside; nobody gets it before a person releases it. */
  'quarantined',
  /** Its entry is there, the file is not: somebody removed it. */
  'missing',
]);

export type FileState = z.infer<typeof fileStateSchema>;

export const libraryFileSchema = z.object({
  id: z.string(),
  /** Below the library folder, `/` between folders. Other names of the same content are links: `links`. */
  path: z.string(),
  links: z.array(z.string()),
  state: fileStateSchema,
  sizeBytes: z.int(),
  sha256: z.string(),
  blake3: z.string().nullable(),
  crc32: z.string().nullable(),
  autoV1: z.string().nullable(),
  autoV2: z.string(),
  autoV3: z.string().nullable(),
  /** Against what the source promised: `sha256` … when a hash agreed, `other-hash` when one agreed and another did not, `size`, or `nothing`. */
  verified: z.enum(['sha256', 'blake3', 'git-sha1', 'other-hash', 'crc32', 'size', 'nothing']),
  verdict: verdictSchema,
  reasons: z.array(z.string()),
  /** The same in words. */
  reasonTexts: z.array(z.object({ en: z.string(), ja: z.string() })),
  imports: z.array(importSchema),
  scannedAt: timestamp,
  source: z.string(),
  modelName: z.string().nullable(),
  versionName: z.string().nullable(),
  creator: z.string().nullable(),
  type: z.string().nullable(),
  baseModel: z.string().nullable(),
  nsfw: z.boolean(),
  triggerWords: z.array(z.string()),
  /** Page of the model at its source. */
  page: z.string().nullable(),
  /** Path of this server that answers with the preview, or null. */
  preview: z.string().nullable(),
  releasedBy: z.string().nullable(),
  addedAt: timestamp,
});
export type LibraryFile = z.infer<typeof libraryFileSchema>;

/** GET /api/downloads/library?search&state&verdict&type&hash, newest first; GET …/:id; DELETE …/:id (downloads.manage) */
export const libraryQuery = pageQuery.extend({
  search: z.string().max(100).default(''),
  state: fileStateSchema.optional(),
  verdict: verdictSchema.optional(),
  type: z.string().max(60).optional(),
  /** Any of a file's hashes, or the beginning of its SHA-256. */
  hash: z.string().max(64).optional(),
});
export const libraryPageSchema = pageOf(libraryFileSchema);
export const librarySummarySchema = z.object({
  files: z.int(),
  bytes: z.number(),
  quarantined: z.int(),
  /** Bytes that were linked instead of fetched. */
  savedBytes: z.number(),
  verdicts: z.record(verdictSchema, z.int()),
  types: z.array(z.string()),
  folder: z.string(),
});
/** POST /api/downloads/library/:id/release (permission downloads.release): out of quarantine, with the reason for the audit log. */
export const releaseBody = z.object({ reason: z.string().trim().min(3).max(500) });
/** POST /api/downloads/library/:id/check: reads it again, hashes and scans it. GET …/:id/preview, …/:id/content. */
