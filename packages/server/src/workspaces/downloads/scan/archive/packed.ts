import { crc32 } from 'node:zlib';
import type { Decoded } from '../decode/decoded.ts';
import { createFindings, type Findings } from '../findings.ts';
import { LimitReached, OutOfProportion } from '../limits.ts';
import type { PartContext } from '../part.ts';
import { memorySource } from '../source.ts';

export interface PackedContent {
  readonly name: string;
  readonly role: 'member' | 'raw';
  /** Unpacked length and sum that the archive promises. */
  readonly size?: number;
  readonly crc?: number;
  /** Where its packed bytes begin. */
  readonly start: number;
  readonly decode: (limit: number) => Decoded;
}

/** Enough of a picture, a text or the header of an array. */
const GLANCE_BYTES = 256 * 1024;

/**
 * Unpacks as much as it takes to tell what it is: a glance, then the beginning, then all of it up to the larger limit. What grows out of
 * proportion is left at the beginning.
 */
export function scanPacked(context: PartContext, content: PackedContent): void {
  const { budget, findings } = context;
  const { memberBytes, wholeMemberBytes, ratio } = budget.limits;
  const unpack = (limit: number): Decoded => {
    const decoded = content.decode(limit);
    try {
      budget.unpack(decoded.bytes.length);
    } catch (error) {
      if (!(error instanceof OutOfProportion) || !isArray(decoded.bytes)) throw error;
      findings.add('archive.ratio');
      throw new LimitReached();
    }
    return decoded;
  };
  const ratioOf = ({ bytes, end }: Decoded): number =>
    bytes.length / Math.max(1, end - content.start);

  if (content.size !== undefined && content.size > 2 * GLANCE_BYTES) {
    const glance = unpack(GLANCE_BYTES);
    const inside = look(context, content, glance);
    const enough = glance.state === 'limit' && !inside.codes.has('scan.limit');
    if (enough && ratioOf(glance) <= ratio) {
      findings.merge(inside);
      return;
    }
  }
  let decoded = unpack(memberBytes);
  const isBomb = decoded.state === 'limit' && ratioOf(decoded) > ratio;
  if (isBomb) findings.add(isArray(decoded.bytes) ? 'archive.ratio' : 'archive.bomb');
  let inside = look(context, content, decoded);
  const unfinished = inside.codes.has('scan.limit') && inside.verdict !== 'dangerous';
  if (decoded.state === 'limit' && unfinished && !isBomb) {
    decoded = unpack(wholeMemberBytes);
    inside = look(context, content, decoded);
  }
  findings.merge(inside);
  if (decoded.state === 'broken') findings.add('archive.broken');
  if (decoded.state === 'unsupported') findings.add('archive.unsupported');
  if (decoded.state !== 'whole') return;
  const { crc, size } = content;
  if (crc !== undefined && crc32(decoded.bytes) !== crc) findings.add('archive.crc');
  if (size !== undefined && decoded.bytes.length !== size) findings.add('archive.header-mismatch');
}

function look(context: PartContext, content: PackedContent, decoded: Decoded): Findings {
  const { bytes, state } = decoded;
  if (bytes.length === 0 && state !== 'whole') {
    const nothing = createFindings();
    if (state === 'limit') nothing.add('scan.limit');
    return nothing;
  }
  const size = state === 'limit' ? Math.max(bytes.length + 1, content.size ?? 0) : bytes.length;
  return context.scanPart({
    source: memorySource(bytes, size),
    name: content.name,
    depth: context.part.depth + 1,
    role: content.role,
  });
}

/** Arrays of zeros are packed a thousand to one, and are what they say. */
function isArray(bytes: Buffer): boolean {
  return bytes.subarray(0, 6).equals(Buffer.from('\x93NUMPY', 'latin1'));
}
