import { Cursor, EndOfContent } from '../cursor.ts';
import type { ByteSource } from '../source.ts';
import { type Decoded, Output } from './decoded.ts';
import { LzmaBroken, LzmaDecoder } from './lzma.ts';

/** The old `.lzma` format: properties, dictionary, length, data. */
export function unlzma(source: ByteSource, start: number, limit: number): Decoded {
  const head = source.read(start, 13);
  if (head.length < 13) return { bytes: Buffer.alloc(0), state: 'broken', end: start };
  const size = head.readBigUInt64LE(5) === 2n ** 64n - 1n ? null : Number(head.readBigUInt64LE(5));
  return decodeLzma(source, { properties: head[0]!, start: start + 13, size, limit });
}

/** Method 14 of a zip: version, length of the properties, properties, data. */
export function unlzmaOfZip(source: ByteSource, limit: number, size: number): Decoded {
  const head = source.read(0, 9);
  if (head.length < 9) return { bytes: Buffer.alloc(0), state: 'broken', end: 0 };
  return decodeLzma(source, { properties: head[4]!, start: 4 + head.readUInt16LE(2), size, limit });
}

/** @param stream `size` null when an end marker follows */
export function decodeLzma(
  source: ByteSource,
  stream: {
    readonly properties: number;
    readonly start: number;
    readonly size: number | null;
    readonly limit: number;
  },
): Decoded {
  const { size, limit } = stream;
  const cursor = new Cursor(source, stream.start);
  const output = new Output(limit);
  let state: Decoded['state'] = 'broken';
  try {
    const decoder = new LzmaDecoder(cursor, output);
    decoder.setProperties(stream.properties);
    decoder.resetState();
    decoder.startRange();
    const marker = decoder.run(Math.min(size ?? limit, limit));
    if (marker || output.length === size) state = 'whole';
    else if (output.length >= limit) state = 'limit';
  } catch (error) {
    if (!(error instanceof LzmaBroken) && !(error instanceof EndOfContent)) throw error;
  }
  return { bytes: output.bytes(), state, end: cursor.position };
}
