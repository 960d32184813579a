import { Cursor, EndOfContent } from '../cursor.ts';
import { type ByteSource, memorySource } from '../source.ts';

// After 7zFormat.txt of the 7-Zip SDK (public domain).

export interface Coder {
  /** Method as hexadecimal digits: `21`, `030101`. */
  readonly method: string;
  readonly properties: Buffer;
  readonly isComplex: boolean;
}

/** Members packed into one stream, and how. */
export interface Folder {
  readonly coders: readonly Coder[];
  /** Outputs that are inputs of others, as pairs of input and output. */
  readonly bonds: readonly (readonly [number, number])[];
  /** Inputs that are read from the file. */
  readonly packedInputs: readonly number[];
  unpackSizes: number[];
  crc: number | null;
  /** Lengths of its members. */
  members: { size: number; crc: number | null }[];
}

export interface Streams {
  readonly packPosition: number;
  readonly packSizes: readonly number[];
  readonly folders: readonly Folder[];
}

export interface SevenZipFile {
  readonly name: string;
  readonly hasContent: boolean;
  readonly isFolder: boolean;
  /** Windows' attributes; the upper half is Unix's mode when 0x8000 is set. */
  readonly attributes: number;
}

export type SevenZipHeader =
  | { readonly kind: 'header'; readonly streams: Streams; readonly files: readonly SevenZipFile[] }
  | { readonly kind: 'packed'; readonly streams: Streams };

/** The header makes no sense. */
export class SevenZipBroken extends Error {}

const MAX_CODERS = 32;

/** @throws SevenZipBroken */
export function parseSevenZipHeader(bytes: Buffer): SevenZipHeader {
  const reader = new Cursor(memorySource(bytes));
  const most = bytes.length;
  try {
    const kind = reader.u8();
    if (kind === 0x17) return { kind: 'packed', streams: readStreams(reader, most) };
    if (kind !== 0x01) throw new SevenZipBroken();
    let streams: Streams = { packPosition: 0, packSizes: [], folders: [] };
    let files: SevenZipFile[] = [];
    for (let id = reader.u8(); id !== 0; id = reader.u8()) {
      if (id === 0x02) skipProperties(reader);
      else if (id === 0x03) readStreams(reader, most);
      else if (id === 0x04) streams = readStreams(reader, most);
      else if (id === 0x05) files = readFiles(reader, most);
      else throw new SevenZipBroken();
    }
    return { kind: 'header', streams, files };
  } catch (error) {
    if (error instanceof EndOfContent) throw new SevenZipBroken();
    throw error;
  }
}

/** Position and length of the header. @returns null when the file ends before */
export function locateSevenZipHeader(
  source: ByteSource,
): { position: number; length: number } | null {
  const start = source.read(0, 32);
  if (start.length < 32) return null;
  const position = 32 + Number(start.readBigUInt64LE(12));
  const length = Number(start.readBigUInt64LE(20));
  return position + length <= source.size ? { position, length } : null;
}

function number(reader: Cursor): number {
  const first = reader.u8();
  let mask = 0x80;
  let value = 0;
  for (let i = 0; i < 8; i++) {
    if ((first & mask) === 0) return value + (first & (mask - 1)) * 2 ** (8 * i);
    value += reader.u8() * 2 ** (8 * i);
    mask >>= 1;
  }
  return value;
}

/** A number of things, each of which takes room in the header. */
function count(reader: Cursor, most: number): number {
  const value = number(reader);
  if (value > most) throw new SevenZipBroken();
  return value;
}

function bits(reader: Cursor, length: number): boolean[] {
  const result: boolean[] = [];
  let byte = 0;
  for (let i = 0; i < length; i++) {
    if (i % 8 === 0) byte = reader.u8();
    result.push((byte & (0x80 >> (i % 8))) !== 0);
  }
  return result;
}

function digests(reader: Cursor, length: number): (number | null)[] {
  const all = reader.u8() !== 0;
  const defined = all ? new Array<boolean>(length).fill(true) : bits(reader, length);
  return defined.map((one) => (one ? reader.u32() : null));
}

function skipProperties(reader: Cursor): void {
  for (let id = number(reader); id !== 0; id = number(reader)) reader.skip(number(reader));
}

function readStreams(reader: Cursor, most: number): Streams {
  let packPosition = 0;
  const packSizes: number[] = [];
  let folders: Folder[] = [];
  for (let id = reader.u8(); id !== 0; id = reader.u8()) {
    if (id === 0x06) {
      packPosition = number(reader);
      const streams = count(reader, most);
      for (let inner = reader.u8(); inner !== 0; inner = reader.u8()) {
        if (inner === 0x09) for (let i = 0; i < streams; i++) packSizes.push(number(reader));
        else if (inner === 0x0a) digests(reader, streams);
        else throw new SevenZipBroken();
      }
    } else if (id === 0x07) folders = readFolders(reader, most);
    else if (id === 0x08) readMembers(reader, folders, most);
    else throw new SevenZipBroken();
  }
  return { packPosition, packSizes, folders };
}

function readFolders(reader: Cursor, most: number): Folder[] {
  if (reader.u8() !== 0x0b) throw new SevenZipBroken();
  const folderCount = count(reader, most);
  if (reader.u8() !== 0) throw new SevenZipBroken();
  const folders: Folder[] = [];
  for (let i = 0; i < folderCount; i++) folders.push(readFolder(reader));
  for (let id = reader.u8(); id !== 0; id = reader.u8()) {
    if (id === 0x0c) {
      for (const folder of folders) {
        folder.unpackSizes = folder.unpackSizes.map(() => number(reader));
        const bound = new Set(folder.bonds.map(([, output]) => output));
        const last = folder.unpackSizes.findIndex((_, output) => !bound.has(output));
        folder.members = [{ size: folder.unpackSizes[last] ?? 0, crc: null }];
      }
    } else if (id === 0x0a) {
      digests(reader, folders.length).forEach((crc, i) => {
        folders[i]!.crc = crc;
        for (const member of folders[i]!.members) member.crc = crc;
      });
    } else throw new SevenZipBroken();
  }
  return folders;
}

function readFolder(reader: Cursor): Folder {
  const coderCount = count(reader, MAX_CODERS);
  const coders: Coder[] = [];
  let inputs = 0;
  let outputs = 0;
  for (let i = 0; i < coderCount; i++) {
    const flags = reader.u8();
    const method = reader.bytes(flags & 15).toString('hex');
    const isComplex = (flags & 0x10) !== 0;
    inputs += isComplex ? count(reader, MAX_CODERS) : 1;
    outputs += isComplex ? count(reader, MAX_CODERS) : 1;
    const properties = flags & 0x20 ? Buffer.from(reader.bytes(number(reader))) : Buffer.alloc(0);
    coders.push({ method, properties, isComplex });
  }
  const bonds: [number, number][] = [];
  for (let i = 0; i + 1 < outputs; i++) bonds.push([number(reader), number(reader)]);
  const packedCount = inputs - bonds.length;
  const packedInputs: number[] = [];
  if (packedCount === 1) {
    const bound = new Set(bonds.map(([input]) => input));
    for (let i = 0; i < inputs; i++) if (!bound.has(i)) packedInputs.push(i);
  } else for (let i = 0; i < packedCount; i++) packedInputs.push(number(reader));
  return {
    coders,
    bonds,
    packedInputs,
    unpackSizes: new Array<number>(outputs).fill(0),
    crc: null,
    members: [],
  };
}

function readMembers(reader: Cursor, folders: readonly Folder[], most: number): void {
  let id = reader.u8();
  const counts = folders.map(() => 1);
  if (id === 0x0d) {
    let sum = 0;
    folders.forEach((_, i) => {
      counts[i] = count(reader, most);
      sum += counts[i]!;
    });
    if (sum > most) throw new SevenZipBroken();
    id = reader.u8();
  }
  const withSizes = id === 0x09;
  folders.forEach((folder, i) => {
    const whole = folder.members[0]?.size ?? 0;
    let left = whole;
    const members: Folder['members'] = [];
    for (let m = 0; m < counts[i]!; m++) {
      const isLast = m === counts[i]! - 1;
      const size = isLast ? Math.max(0, left) : withSizes ? number(reader) : 0;
      left -= size;
      members.push({ size, crc: counts[i] === 1 ? folder.crc : null });
    }
    folder.members = members;
  });
  if (withSizes) id = reader.u8();
  for (; id !== 0; id = reader.u8()) {
    if (id !== 0x0a) throw new SevenZipBroken();
    const unknown = folders.flatMap((folder) =>
      folder.members.length === 1 && folder.crc !== null ? [] : folder.members,
    );
    digests(reader, unknown.length).forEach((crc, i) => {
      unknown[i]!.crc = crc;
    });
  }
}

function readFiles(reader: Cursor, most: number): SevenZipFile[] {
  const fileCount = count(reader, most);
  let empty: boolean[] = [];
  let emptyFiles: boolean[] = [];
  let names: string[] = [];
  let attributes: (number | null)[] = [];
  for (let type = reader.u8(); type !== 0; type = reader.u8()) {
    const end = number(reader) + reader.position;
    if (end > most) throw new SevenZipBroken();
    if (type === 0x0e) empty = bits(reader, fileCount);
    else if (type === 0x0f) emptyFiles = bits(reader, empty.filter(Boolean).length);
    else if (type === 0x11 && reader.u8() === 0) {
      names = reader
        .bytes(end - reader.position)
        .toString('utf16le')
        .split('\0');
    } else if (type === 0x15) {
      const defined =
        reader.u8() !== 0 ? new Array<boolean>(fileCount).fill(true) : bits(reader, fileCount);
      if (reader.u8() === 0) attributes = defined.map((one) => (one ? reader.u32() : null));
    }
    reader.seek(end);
  }
  let emptyIndex = 0;
  return Array.from({ length: fileCount }, (_, i) => {
    const hasContent = empty[i] !== true;
    const isFolder = !hasContent && emptyFiles[emptyIndex++] !== true;
    return { name: names[i] ?? '', hasContent, isFolder, attributes: attributes[i] ?? 0 };
  });
}
