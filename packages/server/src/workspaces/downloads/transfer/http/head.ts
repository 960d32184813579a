/** Bytes of the longest head that is read. */
export const MAX_HEAD_BYTES = 64 * 1024;

/** The server said something that is no HTTP/1.1, or not for sure what it seems. The connection is of no use any more. */
export class ProtocolError extends Error {}

export interface ResponseHead {
  readonly status: number;
  /** HTTP/1.0 has no connections that stay. */
  readonly minor: 0 | 1;
  /** Names in lower case; values in the order they came. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** How the end of a body is known. */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

/** @param text head without the empty line that ends it, one character per byte */
export function parseHead(text: string): ResponseHead {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [^\r\n]*)?$/.exec(first);
  if (!status) throw new ProtocolError('not an HTTP/1.1 answer');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    // Also refuses folded lines, bare line ends and spaces before the colon: two readers may see two answers in these.
    const header = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(line);
    if (!header) throw new ProtocolError('a header line that cannot be read');
    const name = header[1]!.toLowerCase();
    const values = headers.get(name);
    if (values) values.push(header[2]!);
    else headers.set(name, [header[2]!]);
  }
  return { status: Number(status[2]), minor: status[1] === '1' ? 1 : 0, headers };
}

/** The value of a header; of several the first. */
export function header(head: ResponseHead, name: string): string | null {
  return head.headers.get(name)?.[0] ?? null;
}

/** @throws ProtocolError where two readers could disagree on the length (RFC 9112, 6.3) */
export function framingOf(head: ResponseHead, method: string): Framing {
  if (method === 'HEAD' || head.status === 204 || head.status === 304 || head.status < 200)
    return { kind: 'none' };
  const lengths = new Set(
    (head.headers.get('content-length') ?? []).flatMap((value) =>
      value.split(',').map((one) => one.trim()),
    ),
  );
  const coding = head.headers.get('transfer-encoding');
  if (coding) {
    if (lengths.size > 0) throw new ProtocolError('Content-Length beside Transfer-Encoding');
    if (coding.length > 1 || coding[0]!.toLowerCase() !== 'chunked')
      throw new ProtocolError('an unknown Transfer-Encoding');
    return { kind: 'chunked' };
  }
  if (lengths.size > 1) throw new ProtocolError('several lengths');
  const [length] = lengths;
  if (length === undefined) return { kind: 'close' };
  const bytes = /^\d{1,15}$/.test(length) ? Number(length) : Number.NaN;
  if (Number.isNaN(bytes)) throw new ProtocolError('a length that is no number');
  return bytes === 0 ? { kind: 'none' } : { kind: 'length', bytes };
}

/** Whether the connection may be used for another request. */
export function staysOpen(head: ResponseHead): boolean {
  const tokens = (head.headers.get('connection') ?? [])
    .join(',')
    .toLowerCase()
    .split(',')
    .map((token) => token.trim());
  return head.minor === 1 && !tokens.includes('close');
}
