import type { PartContext } from '../part.ts';
import { type ByteSource, sliceSource } from '../source.ts';
import { leavesFolder } from './member-name.ts';

const BLOCK = 512;
const LONG_TEXT = 64 * 1024;

interface TarHeader {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly link: string;
}

/** Whether a block is the header of a member: its sum agrees. */
export function isTarHeader(block: Buffer): boolean {
  if (block.length < BLOCK) return false;
  const stated = Number.parseInt(text(block, 148, 8).trim(), 8);
  let sum = 8 * 0x20;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += block[i]!;
  return stated === sum && sum !== 8 * 0x20;
}

export function scanTar(context: PartContext): void {
  const { part, budget, findings } = context;
  const { source, depth } = part;
  if (depth > 0) findings.add('archive.nested');
  let position = 0;
  let longName: string | null = null;
  let longLink: string | null = null;
  let pax = new Map<string, string>();
  const names = new Set<string>();
  while (position < source.size) {
    budget.spend(10);
    const block = source.read(position, BLOCK);
    if (block.every((byte) => byte === 0)) {
      hiddenBehindEnd(context, position + block.length);
      return;
    }
    if (!isTarHeader(block)) {
      findings.add('archive.broken');
      return;
    }
    const header = readHeader(block);
    const size = Number(pax.get('size') ?? header.size);
    const data = position + BLOCK;
    position = data + Math.ceil(size / BLOCK) * BLOCK;
    if (!(size >= 0) || data + size > source.size) findings.add('archive.broken');
    const content = sliceSource(source, data, Number.isFinite(size) ? size : 0);
    const { type } = header;
    if (type === 'x' || type === 'g') {
      pax = readPax(content);
      continue;
    }
    if (type === 'L' || type === 'K') {
      const long = text(content.read(0, LONG_TEXT), 0, LONG_TEXT);
      if (type === 'L') longName = long;
      else longLink = long;
      continue;
    }
    const name = pax.get('path') ?? longName ?? header.name;
    const link = pax.get('linkpath') ?? longLink ?? header.link;
    longName = longLink = null;
    pax = new Map();
    if (budget.members(1) < 1) {
      findings.add('archive.members');
      return;
    }
    if (leavesFolder(name)) findings.add('archive.path-traversal');
    if (names.has(name) && type !== '5') findings.add('archive.duplicate-name');
    names.add(name);
    if (type === '1' || type === '2') {
      findings.add(linkLeaves(name, link, type) ? 'archive.symlink' : 'archive.link');
    } else if (type === '3' || type === '4' || type === '6') findings.add('archive.device');
    else if (type === '0' || type === '\0' || type === '7') {
      findings.merge(context.scanPart({ source: content, name, depth: depth + 1, role: 'member' }));
    } else if (type !== '5') {
      findings.add('archive.unsupported');
      findings.merge(context.scanPart({ source: content, name, depth: depth + 1, role: 'raw' }));
    }
  }
  if (position > source.size) findings.add('archive.broken');
}

/** Readers stop at the first empty block; something may lie behind the filling. */
function hiddenBehindEnd({ part, findings, budget, scanPart }: PartContext, from: number): void {
  const { source, depth } = part;
  for (let position = from; position < source.size; position += 65_536) {
    budget.spend(100);
    const bytes = source.read(position, 65_536);
    const first = bytes.findIndex((byte) => byte !== 0);
    if (first < 0) continue;
    findings.add('archive.trailing-data');
    const rest = sliceSource(source, position + first);
    findings.merge(scanPart({ source: rest, name: '', depth: depth + 1, role: 'raw' }));
    return;
  }
}

function readHeader(block: Buffer): TarHeader {
  const isUstar = text(block, 257, 5) === 'ustar';
  const prefix = isUstar && block[263] !== 0x20 ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: String.fromCharCode(block[156]!),
    size: readSize(block.subarray(124, 136)),
    link: text(block, 157, 100),
  };
}

/** Octal digits, or big-endian behind a first bit of 1 where they do not suffice. */
function readSize(field: Buffer): number {
  if (field[0]! < 0x80) return Number.parseInt(text(field, 0, 12).trim() || '0', 8);
  let value = field[0]! & 0x7f;
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  return value;
}

/** Records `length key=value\n`. */
function readPax(content: ByteSource): Map<string, string> {
  const records = new Map<string, string>();
  const bytes = content.read(0, LONG_TEXT);
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(bytes.toString('latin1', at, space));
    if (!(length > 0)) break;
    const record = bytes.toString('utf8', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

function linkLeaves(name: string, target: string, type: string): boolean {
  if (leavesFolder(target) && !target.startsWith('..')) return true;
  // A hard link is named from the root of the archive, a symbolic one from where it lies.
  let depth = type === '1' ? 0 : name.split('/').length - 1;
  for (const step of target.split('/')) {
    if (step === '..') depth--;
    else if (step !== '.' && step !== '') depth++;
    if (depth < 0) return true;
  }
  return false;
}

function text(bytes: Buffer, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}
