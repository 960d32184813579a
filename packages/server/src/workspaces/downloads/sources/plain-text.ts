/** Longest text taken in and given out; descriptions are for reading, and some hold whole logs. */
const MAX_CHARS = 20_000;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  copy: '©',
  reg: '®',
  trade: '™',
  times: '×',
  bull: '•',
};

/**
 * The words of a description in HTML: tags go, blocks become lines, entities characters, scripts and styles nothing. What comes
 * out is text and must be shown as text; it may well read `<b>` where the page did.
 *
 * Cost: one pass; an unclosed tag ends the text.
 */
export function toPlainText(html: string): string {
  const source = html.length > 5 * MAX_CHARS ? html.slice(0, 5 * MAX_CHARS) : html;
  let text = '';
  let at = 0;
  while (at < source.length && text.length < MAX_CHARS) {
    const open = source.indexOf('<', at);
    text += source.slice(at, open === -1 ? source.length : open);
    if (open === -1) break;
    // A lone `<`, as in `a < b`, is no tag.
    if (!/[a-z/!?]/i.test(source[open + 1] ?? '')) {
      text += '<';
      at = open + 1;
      continue;
    }
    const comment = source.startsWith('<!--', open);
    const close = source.indexOf(comment ? '-->' : '>', open + 1);
    if (close === -1) break;
    at = close + (comment ? 3 : 1);
    const name = /^<\/?([a-z][a-z0-9]*)/i.exec(source.slice(open, open + 20))?.[1]?.toLowerCase();
    if (name === 'script' || name === 'style') at = afterElement(source, at, name);
    else if (name === 'li') text += source[open + 1] === '/' ? '' : '\n• ';
    else if (name !== undefined && BLOCKS.has(name)) text += '\n';
  }
  return decodeEntities(text)
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n[ \n]*\n ?/g, '\n\n')
    .replace(/ ?\n ?/g, '\n')
    .trim()
    .slice(0, MAX_CHARS);
}

const BLOCKS = new Set(
  'p div br hr h1 h2 h3 h4 h5 h6 ul ol tr table blockquote pre section article'.split(' '),
);

function afterElement(source: string, from: number, name: string): number {
  const end = source.toLowerCase().indexOf(`</${name}`, from);
  const close = end === -1 ? -1 : source.indexOf('>', end);
  return close === -1 ? source.length : close + 1;
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (name[0] !== '#') return NAMED[name.toLowerCase()] ?? whole;
    const hex = name[1]?.toLowerCase() === 'x';
    const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
    const scalar = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return scalar ? String.fromCodePoint(code) : '\ufffd';
  });
}
