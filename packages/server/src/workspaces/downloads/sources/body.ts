import type { IncomingHttpHeaders } from 'node:http';
import { finished, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** The body unpacked, whatever was asked for: some servers pack what was to come as it is. */
export function decodedBody(body: Readable, headers: IncomingHttpHeaders): Readable {
  const decoder = decoderOf(headers['content-encoding']?.trim().toLowerCase() ?? '');
  if (decoder === null) return body;
  finished(body, (error) => {
    if (error) decoder.destroy(error);
  });
  decoder.on('close', () => body.destroy());
  return body.pipe(decoder);
}

function decoderOf(encoding: string) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  if (encoding === 'deflate') return createInflate();
  return null;
}

/** @throws RangeError when there is more than `maxBytes` of it; the stream's error; the signal's reason */
export async function readBody(
  body: Readable,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const abort = () => body.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    for await (const part of body as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > maxBytes) throw new RangeError(`> ${maxBytes} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts, bytes);
  } finally {
    signal.removeEventListener('abort', abort);
    body.destroy();
  }
}
