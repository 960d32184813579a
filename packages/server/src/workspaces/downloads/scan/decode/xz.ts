import { Cursor, EndOfContent } from '../cursor.ts';
import { OutOfReach } from '../limits.ts';
import type { ByteSource } from '../source.ts';
import { type Decoded, Output } from './decoded.ts';
import { LzmaBroken } from './lzma.ts';
import { decodeLzma2 } from './lzma2.ts';

const MAGIC = Buffer.from('fd377a585a00', 'hex');
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const LZMA2 = 0x21;
/** Filters that rearrange the addresses in machine code: everything but programs reads as well without undoing them. */
const CODE_FILTERS = { from: 4, to: 11 };

/** .xz, version 1.2.1 of its specification: streams of blocks. */
export function unxz(source: ByteSource, start: number, limit: number): Decoded {
  const cursor = new Cursor(source, start);
  const output = new Output(limit);
  const ending = (state: Decoded['state']): Decoded => ({
    bytes: output.bytes(),
    state,
    end: cursor.position,
  });
  try {
    while (true) {
      if (!cursor.bytes(6).equals(MAGIC)) return ending('broken');
      const check = CHECK_BYTES[cursor.bytes(2)[1]! & 15]!;
      cursor.skip(4);
      const blocks = decodeBlocks(cursor, output, check);
      if (blocks !== 'whole') return ending(blocks);
      skipIndex(cursor);
      while (cursor.left >= 4 && source.read(cursor.position, 4).readUInt32LE() === 0)
        cursor.skip(4);
      const next = cursor.left < 6 ? null : source.read(cursor.position, 6);
      if (next === null || !next.equals(MAGIC)) return ending('whole');
    }
  } catch (error) {
    if (error instanceof OutOfReach) return ending('limit');
    if (error instanceof LzmaBroken || error instanceof EndOfContent) return ending('broken');
    throw error;
  }
}

/** @returns `whole` behind the zero that begins the index */
function decodeBlocks(cursor: Cursor, output: Output, check: number): Decoded['state'] {
  while (true) {
    const start = cursor.position;
    const headerBytes = cursor.u8() * 4 + 4;
    if (headerBytes === 4) return 'whole';
    const flags = cursor.u8();
    if (flags & 0x40) variableLength(cursor);
    if (flags & 0x80) variableLength(cursor);
    let delta = 0;
    let readable = false;
    for (let i = 0; i <= (flags & 3); i++) {
      const id = variableLength(cursor);
      const properties = cursor.bytes(variableLength(cursor));
      readable = id === LZMA2;
      if (id === 3) delta = (properties[0] ?? 0) + 1;
      else if (id !== LZMA2 && (id < CODE_FILTERS.from || id > CODE_FILTERS.to))
        return 'unsupported';
    }
    if (!readable || delta > 0) return 'unsupported';
    cursor.seek(start + headerBytes);
    const data = cursor.position;
    if (output.isFull || !decodeLzma2(cursor, output)) return 'limit';
    cursor.skip((4 - ((cursor.position - data) % 4)) % 4);
    cursor.skip(check);
  }
}

function skipIndex(cursor: Cursor): void {
  const start = cursor.position - 1;
  const records = variableLength(cursor);
  for (let i = 0; i < records; i++) {
    variableLength(cursor);
    variableLength(cursor);
  }
  cursor.skip((4 - ((cursor.position - start) % 4)) % 4);
  // Its sum, and the footer of the stream.
  cursor.skip(4 + 12);
}

function variableLength(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 63; shift += 7) {
    const byte = cursor.u8();
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw new LzmaBroken();
}
