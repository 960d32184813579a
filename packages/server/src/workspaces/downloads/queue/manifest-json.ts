import { inputSchema } from '../contract.ts';
import type { ManifestEntry } from './manifest.ts';
import { linesOf } from './manifest-aria2.ts';
import { hashKind, toEntry } from './manifest-entry.ts';
import { manifestErrors } from './manifest-errors.ts';

/** Entries one a line; one object over many lines is one entry. */
export function* readJsonLines(text: string): Generator<ManifestEntry> {
  const whole = parse(text);
  if (whole !== undefined) {
    yield ofValue(whole, 1 + (/^\s*/.exec(text)?.[0].split('\n').length ?? 1) - 1);
    return;
  }
  let line = 0;
  for (const written of linesOf(text)) {
    line++;
    const words = written.trim();
    if (words === '' || words.startsWith('#')) continue;
    yield ofValue(parse(words), line);
  }
}

/**
 * Entries of a list. Each is cut out and read for itself, so that one that is broken does not spoil the others, and each knows its
 * line.
 */
export function* readJsonArray(text: string): Generator<ManifestEntry> {
  let line = 1;
  let depth = 0;
  let quoted = false;
  let from = -1;
  let fromLine = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\n') line++;
    if (from === -1 && depth === 1 && !/[\s,\]]/.test(c)) {
      from = i;
      fromLine = line;
    }
    if (quoted) {
      if (c === '\\') i++;
      // No text goes over a line: here one was not closed, and the next line is a new try.
      else if (c === '"' || c === '\n') quoted = false;
      continue;
    }
    if (c === '"') quoted = true;
    else if (c === '[' || c === '{') depth++;
    else if (c === ']' || c === '}') depth--;
    const ends = (c === ',' && depth === 1) || (depth === 0 && c === ']');
    if (!ends || from === -1) continue;
    yield ofValue(parse(text.slice(from, i)), fromLine);
    from = -1;
  }
  // The list was not closed: what is left is one more entry, whole or broken.
  if (from !== -1) yield ofValue(parse(text.slice(from)), fromLine);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** An address, an object with one, or an input as the API takes it. */
function ofValue(value: unknown, line: number): ManifestEntry {
  if (typeof value === 'string') return toEntry({ line, link: value });
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { line, error: manifestErrors.DOWNLOADS_MANIFEST_JSON({ line }) };
  const fields = value as Record<string, unknown>;
  const text = (...names: string[]): string | undefined =>
    names.map((name) => fields[name]).find((each) => typeof each === 'string');
  const hashes: [string, string][] = [];
  const named = [...Object.entries(fields), ...Object.entries(fields.hashes ?? {})];
  for (const [name, hash] of named) {
    if (typeof hash !== 'string') continue;
    if (hashKind(name) !== undefined) hashes.push([name, hash]);
    else if (name === 'hash' || name === 'checksum') hashes.push(['', hash]);
  }
  const fileName = text('fileName', 'filename', 'name', 'out');
  const link = text('url', 'link', 'uri', 'ref');
  if (link !== undefined) return toEntry({ line, link, fileName, hashes });
  const input = inputSchema.safeParse(value);
  if (!input.success) return { line, error: manifestErrors.DOWNLOADS_MANIFEST_JSON({ line }) };
  const entry = toEntry({ line, link: 'http://x', fileName, hashes });
  return 'error' in entry ? entry : { ...entry, input: input.data };
}
