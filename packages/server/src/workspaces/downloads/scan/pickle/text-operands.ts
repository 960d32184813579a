// Operands of the text opcodes of protocol 0, as Python reads them.

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

/** STRING: quoted, with Python's escapes. @returns null when it is not quoted */
export function unquote(line: Buffer): string | null {
  const text = line.toString('latin1').trim();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text.at(-1) !== quote) return null;
  const inner = text.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (code[0] === 'x' && code.length === 3) return character(code.slice(1), 16);
    if (/^[0-7]/.test(code)) return character(code, 8);
    return ESCAPES[code] ?? whole;
  });
}

/** UNICODE: raw-unicode-escape. */
export function unescapeUnicode(line: Buffer): string {
  const text = line.toString('latin1');
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g,
    (_, short?: string, long?: string) => character(short ?? long ?? '0', 16),
  );
}

/** INT, LONG, GET, PUT: a decimal number, perhaps with an L behind it. @returns null when it is none */
export function wholeNumber(line: Buffer): number | null {
  const text = line.toString('latin1').trim().replace(/L$/, '');
  return /^[+-]?\d+$/.test(text) ? Number(text) : null;
}

function character(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
