import type { FileScan } from '../../scan-contract.ts';

/** What a virus scanner said of one file. */
export type AntivirusResult = NonNullable<FileScan['antivirus']>;

/** Beyond this ClamAV reads nothing, whatever its settings. */
export const MOST_BYTES = 2 ** 31 - 1;

/** A line of clamd or clamscan behind the name of the file: `OK`, `Eicar-Test-Signature FOUND`, `… ERROR`. */
export function readReply(line: string): AntivirusResult {
  const text = line.trim();
  const signature = /^(.*) FOUND$/.exec(text)?.[1] ?? null;
  if (signature?.startsWith('Heuristics.Limits.Exceeded')) return { result: 'limit', signature };
  // What it could not look into is not known to be harmful.
  if (signature?.startsWith('Heuristics.Encrypted')) return { result: 'limit', signature };
  if (signature !== null) return { result: 'found', signature };
  if (text === 'OK' || text === 'Empty file') return { result: 'clean', signature: null };
  return { result: /size limit exceeded/i.test(text) ? 'limit' : 'failed', signature: null };
}
