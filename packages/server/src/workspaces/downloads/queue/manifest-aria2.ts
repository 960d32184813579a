import type { ManifestEntry } from './manifest.ts';
import { type RawEntry, toEntry } from './manifest-entry.ts';
import { manifestErrors } from './manifest-errors.ts';

/**
 * Addresses one a line, or an input file of aria2: options stand below their address, each on a line that begins with white space.
 * Of these `out` and `checksum` count; folders follow from the template, and how to fetch is our own business.
 */
export function* readAria2(text: string): Generator<ManifestEntry> {
  let open: { line: number; link: string; out?: string; hashes: [string, string][] } | null = null;
  let line = 0;
  for (const written of linesOf(text)) {
    line++;
    const words = written.trim();
    if (words === '' || words.startsWith('#')) continue;
    const option = /^[ \t]+([a-z][a-z0-9-]*)=(.*)$/.exec(written);
    if (option === null) {
      if (open) yield toEntry(toRaw(open));
      // Mirrors of one file are set apart by tabs.
      open = { line, link: words.split('\t')[0]!, hashes: [] };
      continue;
    }
    const [, name = '', value = ''] = option;
    if (open === null) {
      yield { line, error: manifestErrors.DOWNLOADS_MANIFEST_OPTION({ line }) };
      continue;
    }
    if (name === 'out') open.out = value.trim();
    // `sha-256=ab…`
    if (name === 'checksum') open.hashes.push(['', value]);
  }
  if (open) yield toEntry(toRaw(open));
}

function toRaw(open: {
  line: number;
  link: string;
  out?: string;
  hashes: [string, string][];
}): RawEntry {
  return { line: open.line, link: open.link, fileName: open.out, hashes: open.hashes };
}

/** Lines as they are, ended by CR LF, LF or CR. */
export function* linesOf(text: string): Generator<string> {
  let from = 0;
  while (from <= text.length) {
    const lf = text.indexOf('\n', from);
    const end = lf === -1 ? text.length : lf;
    const line = text.slice(from, end);
    // Old Macs end lines with CR alone.
    if (line.includes('\r')) yield* line.replace(/\r$/, '').split('\r');
    else yield line;
    from = end + 1;
  }
}
