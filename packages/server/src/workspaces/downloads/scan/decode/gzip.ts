import { crc32, zstdDecompressSync } from 'node:zlib';
import { Cursor, EndOfContent } from '../cursor.ts';
import type { ByteSource } from '../source.ts';
import { type Decoded, Output } from './decoded.ts';
import { inflate } from './inflate.ts';

const HAS_CRC = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const MAX_TEXT = 64 * 1024;

/** gzip, RFC 1952: one member after the other, as gunzip joins them. `crc` tells whether the sums agreed. */
export function gunzip(
  source: ByteSource,
  start: number,
  limit: number,
): Decoded & { crc: boolean } {
  const output = new Output(limit);
  let position = start;
  let crc = true;
  while (position < source.size) {
    const head = source.read(position, 3);
    if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) break;
    const body = behindHeader(source, position);
    if (body === null) return { bytes: output.bytes(), state: 'broken', end: position, crc };
    const part = inflate(source, body, limit - output.length);
    output.append(part.bytes);
    position = part.end;
    if (part.state !== 'whole')
      return { bytes: output.bytes(), state: part.state, end: position, crc };
    const trailer = source.read(position, 8);
    if (trailer.length < 8) return { bytes: output.bytes(), state: 'broken', end: position, crc };
    crc &&= trailer.readUInt32LE(0) === crc32(part.bytes);
    position += 8;
  }
  return {
    bytes: output.bytes(),
    state: position === start ? 'broken' : 'whole',
    end: position,
    crc,
  };
}

function behindHeader(source: ByteSource, position: number): number | null {
  const cursor = new Cursor(source, position + 3);
  try {
    const flags = cursor.u8();
    cursor.skip(6);
    if (flags & HAS_EXTRA) cursor.skip(cursor.u16());
    for (const flag of [HAS_NAME, HAS_COMMENT]) {
      if (!(flags & flag)) continue;
      let length = 0;
      while (cursor.u8() !== 0) if (++length > MAX_TEXT) return null;
    }
    if (flags & HAS_CRC) cursor.skip(2);
    return cursor.position;
  } catch (error) {
    if (error instanceof EndOfContent) return null;
    throw error;
  }
}

/** zlib, RFC 1950. */
export function unzlib(source: ByteSource, start: number, limit: number): Decoded {
  const head = source.read(start, 2);
  const preset = head.length === 2 && (head[1]! & 0x20) !== 0;
  if (head.length < 2 || preset) return { bytes: Buffer.alloc(0), state: 'broken', end: start };
  const body = inflate(source, start + 2, limit);
  return body.state === 'whole' ? { ...body, end: Math.min(source.size, body.end + 4) } : body;
}

/** Zstandard, all or nothing: Node has no way to ask for the beginning. */
export function unzstd(
  source: ByteSource,
  start: number,
  limit: number,
  packed = source.size,
): Decoded {
  const length = Math.min(packed, source.size - start);
  const nothing = { bytes: Buffer.alloc(0), end: start + length };
  if (length > limit) return { ...nothing, state: 'limit' };
  try {
    const bytes = zstdDecompressSync(source.read(start, length), { maxOutputLength: limit });
    return { bytes, state: 'whole', end: start + length };
  } catch (error) {
    const tooMuch = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    return { ...nothing, state: tooMuch ? 'limit' : 'broken' };
  }
}
