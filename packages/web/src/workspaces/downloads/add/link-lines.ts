/** Longest link the server takes. */
const LINK_CHARS = 4000;

export interface LinkLines {
  readonly links: readonly string[];
  /** Lines that are no addresses, by their number from 1. */
  readonly wrong: readonly { readonly line: number; readonly text: string }[];
}

/** Addresses of a pasted text, one a line. Empty lines and those that begin with `#` are left out, repeated ones taken once. */
export function linkLines(text: string): LinkLines {
  const links = new Set<string>();
  const wrong: { line: number; text: string }[] = [];
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (isLink(line)) links.add(line);
    else wrong.push({ line: index + 1, text: line });
  }
  return { links: [...links], wrong };
}

function isLink(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && text.length <= LINK_CHARS && URL.canParse(text);
}
