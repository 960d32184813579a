import { Cursor, EndOfContent } from '../cursor.ts';
import type { PartContext } from '../part.ts';
import { sliceSource } from '../source.ts';
import { isHostileTemplate } from './template.ts';

// The format: github.com/ggml-org/ggml, docs/gguf.md, versions 1 to 3.

const STRING = 8;
const ARRAY = 9;
/** Bytes of the other types of values. */
const VALUE_BYTES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
/** Version 3 as a big-endian machine writes it. */
const BIG_ENDIAN_3 = 0x03000000;
const MAX_TEMPLATE = 1024 * 1024;
const MAX_KEY = 65_535;
const MAX_DIMENSIONS = 8;
const MAX_ARRAY_DEPTH = 4;

/** Items of a block, bytes of a block, of the tensor types that files hold. */
const TENSOR_BLOCKS: Readonly<Record<number, readonly [number, number]>> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  9: [32, 36],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  15: [256, 292],
  24: [1, 1],
  25: [1, 2],
  26: [1, 4],
  27: [1, 8],
  28: [1, 8],
  30: [1, 2],
};

class Malformed extends Error {}

export function scanGguf(context: PartContext): void {
  const { part, findings } = context;
  try {
    const end = readGguf(context);
    if (end < part.source.size) {
      const rest = sliceSource(part.source, end);
      const inside = context.scanPart({
        source: rest,
        name: '',
        depth: part.depth + 1,
        role: 'raw',
      });
      findings.merge(inside);
    }
  } catch (error) {
    if (!(error instanceof Malformed) && !(error instanceof EndOfContent)) throw error;
    findings.add('gguf.malformed');
  }
}

/** @returns where the last tensor ends */
function readGguf({ part, findings, budget }: PartContext): number {
  const cursor = new Cursor(part.source, 4);
  const version = cursor.u32();
  if (version === BIG_ENDIAN_3) {
    findings.add('archive.unsupported');
    return part.source.size;
  }
  if (version < 1 || version > 3) throw new Malformed();
  const length = version === 1 ? () => cursor.u32() : () => cursor.u64();
  const tensors = length();
  const pairs = length();
  // The smallest tensor takes 24 bytes, the smallest pair 13.
  if (tensors > cursor.left / 20 || pairs > cursor.left / 9) throw new Malformed();
  let alignment = 32;
  const keys = new Set<string>();
  for (let i = 0; i < pairs; i++) {
    budget.spend(1);
    const keyBytes = length();
    if (keyBytes > MAX_KEY) throw new Malformed();
    const key = cursor.bytes(keyBytes).toString('utf8');
    if (keys.has(key)) throw new Malformed();
    keys.add(key);
    const type = cursor.u32();
    if (type === STRING && key.startsWith('tokenizer.chat_template')) {
      const bytes = length();
      if (bytes > MAX_TEMPLATE) cursor.skip(bytes);
      else if (isHostileTemplate(cursor.bytes(bytes).toString('utf8')))
        findings.add('gguf.template');
    } else if (key === 'general.alignment' && type === 4) {
      alignment = cursor.u32();
      if (alignment === 0 || alignment % 8 !== 0) throw new Malformed();
    } else skipValue(type, 0);
  }
  let end = 0;
  for (let i = 0; i < tensors; i++) {
    budget.spend(1);
    cursor.skip(length());
    const dimensions = cursor.u32();
    if (dimensions > MAX_DIMENSIONS) throw new Malformed();
    let items = 1;
    for (let d = 0; d < dimensions; d++) items *= length();
    const block = TENSOR_BLOCKS[cursor.u32()];
    const offset = cursor.u64();
    if (offset % alignment !== 0) throw new Malformed();
    end = Math.max(end, offset + (block === undefined ? 0 : (items / block[0]) * block[1]));
  }
  if (tensors === 0) return cursor.position;
  const data = Math.ceil(cursor.position / alignment) * alignment;
  if (data + end > part.source.size) throw new Malformed();
  return Math.min(part.source.size, data + Math.ceil(end / alignment) * alignment);

  function skipValue(type: number, depth: number): void {
    if (type === STRING) cursor.skip(length());
    else if (type === ARRAY) {
      const itemType = cursor.u32();
      const count = length();
      const bytes = VALUE_BYTES[itemType];
      if (bytes !== undefined) cursor.skip(count * bytes);
      else {
        if (depth >= MAX_ARRAY_DEPTH || count > cursor.left) throw new Malformed();
        for (let i = 0; i < count; i++) {
          budget.spend(1);
          skipValue(itemType, depth + 1);
        }
      }
    } else {
      const bytes = VALUE_BYTES[type];
      if (bytes === undefined) throw new Malformed();
      cursor.skip(bytes);
    }
  }
}
