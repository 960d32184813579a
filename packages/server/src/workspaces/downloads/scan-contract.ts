import { z } from 'zod';

// What a scan says of a file. The same document on the command line, in the API and in the library.

/** clean: read to its end, nothing found; unscannable: could not be read, so nothing is known. */
export const verdictSchema = z.enum([
  'clean',
  'suspicious',
  'dangerous',
  'malformed',
  'unscannable',
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** The virus scanner beside ours: `absent` where none was found, `off` where none is wanted. */
export const antivirusKindSchema = z.enum(['clamd', 'clamscan', 'absent', 'off']);
export type AntivirusKind = z.infer<typeof antivirusKindSchema>;

/** A name that a pickle would import. */
export const importSchema = z.object({
  module: z.string(),
  name: z.string(),
  level: z.enum(['allowed', 'suspicious', 'dangerous']),
});
export type ScannedImport = z.infer<typeof importSchema>;

/** `kizashi downloads scan PATH… --json` prints `{ files: FileScan[] }`. */
export const fileScanSchema = z.object({
  path: z.string(),
  verdict: verdictSchema,
  /** Stable codes: `pickle.dangerous-global`, `archive.bomb`; docs/reference/downloads-scanner.md lists them. */
  reasons: z.array(z.string()),
  imports: z.array(importSchema),
  /** What a virus scanner beside ours said: `absent` where there is none, `limit` where the file is too large for it. */
  antivirus: z
    .object({
      result: z.enum(['clean', 'found', 'limit', 'failed', 'absent', 'off']),
      signature: z.string().nullable(),
    })
    .optional(),
});
export type FileScan = z.infer<typeof fileScanSchema>;
