import { crc32 } from 'node:zlib';
import { Cursor, EndOfContent } from '../cursor.ts';
import { bunzip2 } from '../decode/bzip2.ts';
import { type Decoded, Output } from '../decode/decoded.ts';
import { unzstd } from '../decode/gzip.ts';
import { inflate } from '../decode/inflate.ts';
import { LzmaBroken } from '../decode/lzma.ts';
import { decodeLzma } from '../decode/lzma-alone.ts';
import { decodeLzma2 } from '../decode/lzma2.ts';
import type { PartContext } from '../part.ts';
import { type ByteSource, memorySource, sliceSource } from '../source.ts';
import { isTensorData, leavesFolder } from './member-name.ts';
import {
  type Folder,
  locateSevenZipHeader,
  parseSevenZipHeader,
  SevenZipBroken,
  type SevenZipFile,
  type Streams,
} from './seven-zip-header.ts';

const AES = '06f10701';
/** Filters that rearrange the addresses in machine code: everything but programs reads as well without undoing them. */
const CODE_FILTERS = /^(0303|0[4-9a]$)/;
const UNIX_MODE = 0x8000;
const TYPE_BITS = 0o170000;
const LINK = 0o120000;
const FILE_TYPES = [0, 0o100000, 0o040000, LINK];
const MAX_HEADERS = 4;

export function scanSevenZip(context: PartContext): void {
  const { part, findings } = context;
  if (part.depth > 0) findings.add('archive.nested');
  try {
    const header = readHeader(context);
    if (header === null) return;
    scanMembers(context, header.streams, header.files);
  } catch (error) {
    if (!(error instanceof SevenZipBroken)) throw error;
    findings.add('archive.broken');
  }
}

/** @returns null when it cannot be read; the findings say why */
function readHeader({
  part,
  findings,
  budget,
}: PartContext): { streams: Streams; files: readonly SevenZipFile[] } | null {
  const { source } = part;
  const place = locateSevenZipHeader(source);
  if (place === null) throw new SevenZipBroken();
  if (place.length === 0)
    return { streams: { packPosition: 0, packSizes: [], folders: [] }, files: [] };
  if (place.length > budget.limits.memberBytes) {
    findings.add('scan.limit');
    return null;
  }
  let bytes: Buffer = Buffer.from(source.read(place.position, place.length));
  for (let i = 0; i < MAX_HEADERS; i++) {
    budget.spend(bytes.length);
    const header = parseSevenZipHeader(bytes);
    if (header.kind === 'header') return header;
    const [folder] = header.streams.folders;
    if (folder === undefined) throw new SevenZipBroken();
    const decoded = unpackFolder(source, header.streams, 0, budget.limits.memberBytes);
    if (decoded === 'encrypted' || decoded === 'unsupported') {
      findings.add(decoded === 'encrypted' ? 'archive.encrypted' : 'archive.unsupported');
      return null;
    }
    budget.unpack(decoded.bytes.length);
    if (decoded.state === 'limit') {
      findings.add('scan.limit');
      return null;
    }
    if (decoded.state !== 'whole') throw new SevenZipBroken();
    bytes = decoded.bytes;
  }
  throw new SevenZipBroken();
}

function scanMembers(context: PartContext, streams: Streams, files: readonly SevenZipFile[]): void {
  const { part, findings, budget } = context;
  const most = budget.members(files.length);
  if (most < files.length) findings.add('archive.members');
  for (const { name, attributes } of files) {
    budget.spend(1);
    if (leavesFolder(name)) findings.add('archive.path-traversal');
    const type = attributes & UNIX_MODE ? (attributes >>> 16) & TYPE_BITS : 0;
    if (type === LINK) findings.add('archive.symlink');
    else if (!FILE_TYPES.includes(type)) findings.add('archive.device');
  }
  const contents = files.filter(({ hasContent }) => hasContent);
  let next = 0;
  let looked = 0;
  streams.folders.forEach((folder, index) => {
    const names = folder.members.map(() => contents[next++]?.name ?? '');
    if (looked >= most) return;
    const unpacked = unpackWithinLimits(context, streams, index);
    if (unpacked === null) return;
    const { bytes, state } = unpacked;
    if (state === 'broken') findings.add('archive.broken');
    let from = 0;
    folder.members.forEach(({ size, crc }, i) => {
      if (looked++ >= most) return;
      const at = from;
      from += size;
      if (at >= bytes.length && size > 0) {
        if (state === 'limit') findings.add('scan.limit');
        return;
      }
      const content = bytes.subarray(at, at + size);
      const whole = state === 'limit' ? size : content.length;
      const name = names[i]!;
      const role = isTensorData(name) ? 'raw' : 'member';
      const source = memorySource(content, whole);
      findings.merge(context.scanPart({ source, name, depth: part.depth + 1, role }));
      if (crc !== null && content.length === size && crc32(content) !== crc)
        findings.add('archive.crc');
    });
  });
}

function unpackWithinLimits(context: PartContext, streams: Streams, index: number): Decoded | null {
  const { part, findings, budget } = context;
  const { memberBytes, wholeMemberBytes, ratio } = budget.limits;
  const folder = streams.folders[index]!;
  let decoded = unpackFolder(part.source, streams, index, memberBytes);
  if (decoded === 'encrypted' || decoded === 'unsupported') {
    findings.add(decoded === 'encrypted' ? 'archive.encrypted' : 'archive.unsupported');
    return null;
  }
  budget.unpack(decoded.bytes.length);
  if (decoded.state !== 'limit') return decoded;
  const packed = streams.packSizes[firstStream(streams, index)] ?? 1;
  const size = folder.members.reduce((sum, member) => sum + member.size, 0);
  if (size / Math.max(1, packed) > ratio) {
    findings.add('archive.bomb');
    return decoded;
  }
  decoded = unpackFolder(part.source, streams, index, wholeMemberBytes);
  if (typeof decoded === 'string') return null;
  budget.unpack(decoded.bytes.length);
  return decoded;
}

function firstStream({ folders }: Streams, index: number): number {
  let stream = 0;
  for (const folder of folders.slice(0, index)) stream += folder.packedInputs.length;
  return stream;
}

/** Unpacks at most `limit` bytes of a folder whose coders stand in a row. */
function unpackFolder(
  source: ByteSource,
  streams: Streams,
  index: number,
  limit: number,
): Decoded | 'encrypted' | 'unsupported' {
  const folder = streams.folders[index]!;
  if (folder.coders.some(({ method }) => method === AES)) return 'encrypted';
  if (folder.coders.some(({ isComplex }) => isComplex)) return 'unsupported';
  const main = mainCoder(folder);
  if (main === null) return 'unsupported';
  const stream = firstStream(streams, index);
  let position = 32 + streams.packPosition;
  for (const size of streams.packSizes.slice(0, stream)) position += size;
  const packed = sliceSource(source, position, streams.packSizes[stream] ?? 0);
  const size = folder.unpackSizes[main] ?? 0;
  const { method, properties } = folder.coders[main]!;
  const end = Math.min(size, limit);
  const decoded = ((): Decoded | 'unsupported' => {
    switch (method) {
      case '00':
        return { bytes: Buffer.from(packed.read(0, end)), state: 'whole', end };
      case '21':
        return lzma2(packed, end);
      case '030101':
        return decodeLzma(packed, { properties: properties[0] ?? 255, start: 0, size, limit: end });
      case '040108':
        return inflate(packed, 0, Math.max(1, end));
      case '040202':
        return bunzip2(packed, 0, end);
      case '04f71101':
        return unzstd(packed, 0, end);
      default:
        return 'unsupported';
    }
  })();
  if (typeof decoded === 'string') return decoded;
  const bytes = decoded.bytes.subarray(0, end);
  if (bytes.length >= size) return { ...decoded, bytes, state: 'whole' };
  return { ...decoded, bytes, state: bytes.length >= limit ? 'limit' : 'broken' };
}

/** The one coder that unpacks, when all others only rearrange machine code. */
function mainCoder(folder: Folder): number | null {
  const mains = folder.coders.flatMap(({ method }, i) => (CODE_FILTERS.test(method) ? [] : [i]));
  return mains.length === 1 && folder.packedInputs.length === 1 ? mains[0]! : null;
}

function lzma2(packed: ByteSource, limit: number): Decoded {
  const cursor = new Cursor(packed);
  const output = new Output(limit);
  let state: Decoded['state'] = 'broken';
  try {
    state = decodeLzma2(cursor, output) ? 'whole' : 'limit';
  } catch (error) {
    if (!(error instanceof LzmaBroken) && !(error instanceof EndOfContent)) throw error;
  }
  return { bytes: output.bytes(), state, end: cursor.position };
}
