import type { ByteSource } from '../source.ts';

/** One entry, by the central directory or by its local header. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of the local header, in the file. */
  readonly offset: number;
  /** Unix mode, where the archive was made on Unix. */
  readonly mode: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Entries that the end record promises. */
  readonly count: number;
  /** Bytes before the archive: what all its offsets have to be moved by. */
  readonly shift: number;
  readonly start: number;
  /** Behind the end record and its comment. */
  readonly end: number;
}

const END_BYTES = 22;
const MAX_COMMENT = 65_535;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = Buffer.from('PK\x05\x06', 'latin1');
const LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const MAX_32 = 0xffffffff;

/** The end record nearest to the end, or the last that lies further in front when nothing at the end is one. */
export function findZipEnd(source: ByteSource): number | null {
  const length = Math.min(source.size, END_BYTES + MAX_COMMENT);
  if (source.size > source.reach) return null;
  const tail = source.read(source.size - length, length);
  for (
    let at = tail.lastIndexOf(END);
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(END, at - 1)
  ) {
    if (at + END_BYTES <= tail.length) return source.size - length + at;
  }
  return null;
}

/** @returns null when the end record leads nowhere */
export function readZipDirectory(
  source: ByteSource,
  endAt: number,
  most: number,
): ZipDirectory | null {
  const end = source.read(endAt, END_BYTES);
  let count = end.readUInt16LE(10);
  let bytes = end.readUInt32LE(12);
  let offset = end.readUInt32LE(16);
  let behind = endAt;
  const comment = end.readUInt16LE(20);
  const locator = endAt >= 20 ? Buffer.from(source.read(endAt - 20, 20)) : null;
  if (locator !== null && locator.readUInt32LE(0) === LOCATOR) {
    const at = Number(locator.readBigUInt64LE(8));
    for (const position of [at, endAt - 20 - 56]) {
      const record =
        position >= 0 && position + 56 <= source.size ? source.read(position, 56) : null;
      if (record === null || record.readUInt32LE(0) !== END_64) continue;
      count = Number(record.readBigUInt64LE(32));
      bytes = Number(record.readBigUInt64LE(40));
      offset = Number(record.readBigUInt64LE(48));
      behind = position;
      break;
    }
  }
  // The directory ends where the end record begins; where it says to begin tells what was put in front of the archive.
  const start = behind - bytes;
  if (start < 0 || !Number.isSafeInteger(start)) return null;
  const shift = start - offset;
  if (shift < 0) return null;
  const entries: ZipEntry[] = [];
  let position = start;
  while (entries.length < most && position + 46 <= behind) {
    const head = Buffer.from(source.read(position, 46));
    if (head.readUInt32LE(0) !== CENTRAL) break;
    const nameBytes = head.readUInt16LE(28);
    const extraBytes = head.readUInt16LE(30);
    const rest = source.read(position + 46, nameBytes + extraBytes);
    const name = rest.subarray(0, nameBytes).toString('utf8');
    const wide = {
      size: head.readUInt32LE(24),
      packed: head.readUInt32LE(20),
      offset: head.readUInt32LE(42),
    };
    readZip64(rest.subarray(nameBytes), wide);
    const madeOnUnix = head[5] === 3 || head[5] === 19;
    entries.push({
      name,
      flags: head.readUInt16LE(8),
      method: head.readUInt16LE(10),
      crc: head.readUInt32LE(16),
      packed: wide.packed,
      size: wide.size,
      offset: wide.offset + shift,
      mode: madeOnUnix ? head.readUInt16LE(40) : 0,
    });
    position += 46 + nameBytes + extraBytes + head.readUInt16LE(32);
  }
  return { entries, count, shift, start, end: Math.min(source.size, endAt + END_BYTES + comment) };
}

/** @returns null when no local header is there; `data` is where the member's bytes begin */
export function readLocalHeader(
  source: ByteSource,
  offset: number,
): (ZipEntry & { readonly data: number }) | null {
  if (offset < 0 || offset + 30 > source.size) return null;
  const head = Buffer.from(source.read(offset, 30));
  if (head.readUInt32LE(0) !== LOCAL) return null;
  const nameBytes = head.readUInt16LE(26);
  const extraBytes = head.readUInt16LE(28);
  const rest = source.read(offset + 30, nameBytes + extraBytes);
  const wide = { size: head.readUInt32LE(22), packed: head.readUInt32LE(18), offset: 0 };
  readZip64(rest.subarray(nameBytes), wide);
  return {
    name: rest.subarray(0, nameBytes).toString('utf8'),
    flags: head.readUInt16LE(6),
    method: head.readUInt16LE(8),
    crc: head.readUInt32LE(14),
    packed: wide.packed,
    size: wide.size,
    offset,
    mode: 0,
    data: offset + 30 + nameBytes + extraBytes,
  };
}

/** Extra field 1: what did not fit into 32 bits, in this order. */
function readZip64(extra: Buffer, wide: { size: number; packed: number; offset: number }): void {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      let from = at + 4;
      for (const key of ['size', 'packed', 'offset'] as const) {
        if (wide[key] !== MAX_32 || from + 8 > Math.min(extra.length, at + 4 + length)) continue;
        wide[key] = Number(extra.readBigUInt64LE(from));
        from += 8;
      }
      return;
    }
    at += 4 + length;
  }
}
