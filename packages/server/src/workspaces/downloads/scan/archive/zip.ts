import { crc32 } from 'node:zlib';
import { bunzip2 } from '../decode/bzip2.ts';
import type { Decoded } from '../decode/decoded.ts';
import { unzstd } from '../decode/gzip.ts';
import { inflate } from '../decode/inflate.ts';
import { unlzmaOfZip } from '../decode/lzma-alone.ts';
import { unxz } from '../decode/xz.ts';
import type { PartContext } from '../part.ts';
import { type ByteSource, sliceSource } from '../source.ts';
import { isTensorData, leavesFolder } from './member-name.ts';
import { scanPacked } from './packed.ts';
import {
  findZipEnd,
  readLocalHeader,
  readZipDirectory,
  type ZipDirectory,
  type ZipEntry,
} from './zip-directory.ts';

const ENCRYPTED = 1;
const SIZES_BEHIND = 8;
const STORED = 0;
const AES = 99;
const LINK = 0o120000;
const DEVICES = [0o020000, 0o060000, 0o010000, 0o140000];
const TYPE_BITS = 0o170000;
const LOCAL_SIGNATURE = Buffer.from('PK\x03\x04', 'latin1');
const SMALL = 16 * 1024 * 1024;
/** Bytes between members that are searched for members which the directory leaves out. */
const SEARCHED_GAP = 1024 * 1024;

type Decode = (packed: ByteSource, limit: number, size: number) => Decoded;

const DECODERS: Readonly<Record<number, Decode>> = {
  8: (packed, limit) => inflate(packed, 0, limit),
  12: (packed, limit) => bunzip2(packed, 0, limit),
  14: unlzmaOfZip,
  93: (packed, limit) => unzstd(packed, 0, limit),
  95: (packed, limit) => unxz(packed, 0, limit),
};

export function hasLocalHeader(head: Buffer): boolean {
  return head.subarray(0, 4).equals(LOCAL_SIGNATURE);
}

/** Whether a zip ends here whose directory can be found: the four letters alone may be chance. */
export function hasZipEnd(source: ByteSource): boolean {
  const endAt = findZipEnd(source);
  const directory = endAt === null ? null : readZipDirectory(source, endAt, 1);
  if (directory === null) return false;
  const isEmpty = directory.count === 0 && directory.end === source.size;
  return directory.entries.length > 0 || isEmpty;
}

export function scanZip(context: PartContext): void {
  const { part, budget, findings } = context;
  const { source, depth } = part;
  if (depth > 0) findings.add('archive.nested');
  const endAt = findZipEnd(source);
  const directory =
    endAt === null ? null : readZipDirectory(source, endAt, budget.limits.members + 1);
  if (directory === null) {
    findings.add('archive.broken');
    walkLocalHeaders(context, 0, source.reach);
    return;
  }
  const { entries, shift } = directory;
  if (directory.count !== entries.length && entries.length <= budget.limits.members) {
    findings.add('archive.header-mismatch');
    if (entries.length < directory.count) findings.add('archive.broken');
  }
  if (shift > 0) {
    findings.add('archive.prefix-data');
    findings.merge(
      context.scanPart({
        source: sliceSource(source, 0, shift),
        name: '',
        depth: depth + 1,
        role: 'raw',
      }),
    );
  }
  if (directory.end < source.size) {
    findings.add('archive.trailing-data');
    const rest = sliceSource(source, directory.end);
    findings.merge(context.scanPart({ source: rest, name: '', depth: depth + 1, role: 'raw' }));
  }
  const most = budget.members(entries.length);
  if (most < entries.length) findings.add('archive.members');
  // TorchScript and torch.package: code that comes with the checkpoint and runs when it is loaded.
  const isTorch = entries.some(({ name }) => /(^|\/)data\.pkl$/.test(name));
  if (isTorch && entries.some(({ name }) => name.endsWith('.py'))) findings.add('torchscript.code');
  const names = new Set<string>();
  const used: [number, number][] = [];
  for (const entry of entries.slice(0, most)) {
    budget.spend(10);
    if (names.has(entry.name)) findings.add('archive.duplicate-name');
    names.add(entry.name);
    const local = readLocalHeader(source, entry.offset);
    if (local === null) {
      findings.add('archive.header-mismatch');
      findings.add('archive.broken');
      checkName(context, entry);
      continue;
    }
    used.push([entry.offset, local.data + entry.packed]);
    compare(context, entry, local);
    scanEntry(context, entry, local.data);
  }
  checkLayout(context, used, directory);
}

function compare(context: PartContext, entry: ZipEntry, local: ZipEntry & { data: number }): void {
  const { findings, part } = context;
  const behind = (local.flags & SIZES_BEHIND) !== 0;
  const sizesDiffer =
    !(behind && local.packed === 0) &&
    !(behind && local.packed === 0xffffffff) &&
    (local.packed !== entry.packed || local.size !== entry.size);
  const differ =
    local.name !== entry.name ||
    local.method !== entry.method ||
    ((local.flags ^ entry.flags) & ENCRYPTED) !== 0 ||
    sizesDiffer;
  if (!differ) return;
  findings.add('archive.header-mismatch');
  // Readers that trust the local header see another member: other bytes, another way to unpack them.
  checkName(context, local);
  if (local.method !== entry.method || sizesDiffer || local.name !== entry.name) {
    const packed = local.packed === 0 ? entry.packed : local.packed;
    const room = Math.min(packed, part.source.size - local.data);
    scanEntry(
      context,
      { ...local, packed: room, size: local.size || entry.size },
      local.data,
      true,
    );
  }
}

function checkName({ findings }: PartContext, { name, mode }: ZipEntry): void {
  if (leavesFolder(name)) findings.add('archive.path-traversal');
  if ((mode & TYPE_BITS) === LINK) findings.add('archive.symlink');
  if (DEVICES.includes(mode & TYPE_BITS)) findings.add('archive.device');
}

/** @param other the member as its local header has it: its sums say nothing */
function scanEntry(context: PartContext, entry: ZipEntry, data: number, other = false): void {
  const { part, findings } = context;
  checkName(context, entry);
  if (entry.name.endsWith('/') && entry.packed === 0) return;
  const { source } = part;
  if (data + entry.packed > source.size) findings.add('archive.broken');
  const packed = sliceSource(source, data, entry.packed);
  const isLocked = (entry.flags & ENCRYPTED) !== 0 || entry.method === AES;
  // Some readers ignore the bit that says it is encrypted. Where the sum agrees with the plain bytes, it is a lie.
  if (isLocked && !isPlain(entry, packed)) {
    findings.add('archive.encrypted');
    return;
  }
  if (isLocked) findings.add('archive.header-mismatch');
  const role = isTensorData(entry.name) ? 'raw' : 'member';
  if (entry.method === STORED) {
    if (!other && entry.packed !== entry.size) findings.add('archive.header-mismatch');
    findings.merge(
      context.scanPart({ source: packed, name: entry.name, depth: part.depth + 1, role }),
    );
    // The numbers of a checkpoint would have to be read for their sums: gigabytes that torch does not check either.
    const small = role === 'member' && packed.size <= SMALL && packed.reach === packed.size;
    if (!other && small && crc32(packed.read(0, packed.size)) !== entry.crc)
      findings.add('archive.crc');
    return;
  }
  const decode = DECODERS[entry.method];
  if (decode === undefined) {
    findings.add('archive.unsupported');
    return;
  }
  scanPacked(context, {
    name: entry.name,
    role,
    start: 0,
    decode: (limit) => decode(packed, limit, entry.size),
    ...(!other && { size: entry.size, crc: entry.crc }),
  });
}

function isPlain(entry: ZipEntry, packed: ByteSource): boolean {
  if (packed.size > SMALL || packed.reach < packed.size) return false;
  const bytes = packed.read(0, packed.size);
  if (entry.method === STORED) return crc32(bytes) === entry.crc;
  const decode = DECODERS[entry.method];
  const decoded = decode?.(packed, SMALL, entry.size);
  return decoded?.state === 'whole' && crc32(decoded.bytes) === entry.crc;
}

/** Members on top of each other are a bomb; members between those of the directory are hidden. */
function checkLayout(
  context: PartContext,
  used: [number, number][],
  directory: ZipDirectory,
): void {
  const { findings } = context;
  used.sort((a, b) => a[0] - b[0]);
  let position = directory.shift;
  for (const [from, to] of used) {
    if (from < position) findings.add('archive.bomb');
    else if (from > position) walkLocalHeaders(context, position, from);
    position = Math.max(position, to);
  }
  if (position < directory.start) walkLocalHeaders(context, position, directory.start);
}

/** Members that only their local headers tell of. */
function walkLocalHeaders(context: PartContext, from: number, to: number): void {
  const { part, budget, findings } = context;
  const { source } = part;
  let position = from;
  while (position < to) {
    budget.spend(10);
    const window = source.read(position, Math.min(SEARCHED_GAP, to - position));
    const found = window.indexOf(LOCAL_SIGNATURE);
    if (found < 0) {
      if (window.length < SEARCHED_GAP) return;
      position += window.length - 3;
      continue;
    }
    const local = readLocalHeader(source, position + found);
    if (local === null) {
      position += found + 4;
      continue;
    }
    findings.add('archive.header-mismatch');
    if (budget.members(1) < 1) {
      findings.add('archive.members');
      return;
    }
    const known = local.packed > 0 && local.data + local.packed <= to;
    scanEntry(
      context,
      { ...local, packed: known ? local.packed : to - local.data },
      local.data,
      true,
    );
    position = known ? local.data + local.packed : local.data;
  }
}
