import { Cursor, EndOfContent } from '../cursor.ts';
import { OutOfReach } from '../limits.ts';
import type { ByteSource } from '../source.ts';
import { type Decoded, Output } from './decoded.ts';

// bzip2 after Julian Seward's format. Written here for the reasons in lzma.ts.

const BLOCK = 0x314159265359;
const END = 0x177245385090;
const MAX_CODE_BITS = 20;
const GROUP = 50;

class Broken extends Error {}

/** Bits, the highest first. */
class Bits {
  readonly #cursor: Cursor;
  #hold = 0;
  #held = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** At most 24. */
  read(count: number): number {
    const value = this.peek(count);
    this.drop(count);
    return value;
  }

  peek(count: number): number {
    while (this.#held < count) {
      this.#hold = ((this.#hold << 8) | this.#cursor.u8()) >>> 0;
      this.#held += 8;
    }
    return (this.#hold >>> (this.#held - count)) & ((1 << count) - 1);
  }

  drop(count: number): void {
    this.#held -= count;
    this.#hold &= (1 << this.#held) - 1;
  }

  align(): void {
    this.#hold = 0;
    this.#held = 0;
  }
}

/** One stream after the other, as bunzip2 joins them. */
export function bunzip2(source: ByteSource, start: number, limit: number): Decoded {
  const cursor = new Cursor(source, start);
  const output = new Output(limit);
  let streams = 0;
  const ending = (state: Decoded['state']): Decoded => ({
    bytes: output.bytes(),
    state,
    end: cursor.position,
  });
  try {
    while (true) {
      const at = cursor.position;
      const head = cursor.left >= 4 ? cursor.bytes(4) : null;
      const level = head?.toString('latin1', 0, 3) === 'BZh' ? head[3]! - 0x30 : 0;
      if (level < 1 || level > 9) {
        cursor.seek(at);
        return ending(streams > 0 ? 'whole' : 'broken');
      }
      const bits = new Bits(cursor);
      while (true) {
        const kind = bits.read(24) * 2 ** 24 + bits.read(24);
        bits.read(16);
        bits.read(16);
        if (kind === END) break;
        if (kind !== BLOCK) throw new Broken();
        if (output.isFull) return ending('limit');
        if (!decodeBlock(bits, output, level * 100_000)) return ending('limit');
      }
      bits.align();
      streams++;
    }
  } catch (error) {
    if (error instanceof OutOfReach) return ending('limit');
    if (error instanceof Broken || error instanceof EndOfContent) return ending('broken');
    throw error;
  }
}

/** @returns false when the output became full */
function decodeBlock(bits: Bits, output: Output, blockSize: number): boolean {
  if (bits.read(1) === 1) throw new Broken(); // "randomised": no compressor since 1997 does it
  const origin = bits.read(24);
  const symbols = readSymbols(bits);
  const groups = bits.read(3);
  const selectorCount = bits.read(15);
  if (groups < 2 || groups > 6 || selectorCount === 0) throw new Broken();
  const selectors = readSelectors(bits, groups, selectorCount);
  const codes = Array.from({ length: groups }, () => readCode(bits, symbols.length + 2));
  const { counts, chain } = readSequence(bits, { symbols, selectors, codes, blockSize });
  const length = chain.length;
  if (origin >= length) throw new Broken();

  // The inverse of the Burrows–Wheeler transform: the upper bits of each entry lead to the next one.
  let sum = 0;
  const base = counts.map((count) => {
    sum += count;
    return sum - count;
  });
  for (let i = 0; i < length; i++) {
    const byte = chain[i]! & 0xff;
    chain[base[byte]!++]! |= i << 8;
  }
  let position = chain[origin]! >>> 8;
  let run = 0;
  let previous = -1;
  for (let left = length; left > 0; left--) {
    const entry = chain[position]!;
    const byte = entry & 0xff;
    position = entry >>> 8;
    if (run === 4) {
      // Four equal bytes are followed by how many more there are.
      for (let i = 0; i < byte; i++) output.push(previous);
      run = 0;
      previous = -1;
    } else {
      run = byte === previous ? run + 1 : 1;
      previous = byte;
      output.push(byte);
    }
    if (output.isFull) return false;
  }
  return true;
}

function readSymbols(bits: Bits): number[] {
  const used = bits.read(16);
  const symbols: number[] = [];
  for (let group = 0; group < 16; group++) {
    if (!(used & (0x8000 >> group))) continue;
    const members = bits.read(16);
    for (let i = 0; i < 16; i++) if (members & (0x8000 >> i)) symbols.push(group * 16 + i);
  }
  if (symbols.length === 0) throw new Broken();
  return symbols;
}

function readSelectors(bits: Bits, groups: number, count: number): Uint8Array {
  const front = Array.from({ length: groups }, (_, i) => i);
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let index = 0;
    while (bits.read(1) === 1) if (++index >= groups) throw new Broken();
    const [group] = front.splice(index, 1);
    front.unshift(group!);
    selectors[i] = group!;
  }
  return selectors;
}

interface Code {
  /** By length: least code, first index into `order`, codes of that length. */
  readonly least: Int32Array;
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly order: readonly number[];
}

function readCode(bits: Bits, size: number): Code {
  const lengths: number[] = [];
  let length = bits.read(5);
  for (let i = 0; i < size; i++) {
    while (true) {
      if (length < 1 || length > MAX_CODE_BITS) throw new Broken();
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths.push(length);
  }
  const least = new Int32Array(MAX_CODE_BITS + 1);
  const first = new Int32Array(MAX_CODE_BITS + 1);
  const count = new Int32Array(MAX_CODE_BITS + 1);
  for (const one of lengths) count[one]!++;
  let code = 0;
  let index = 0;
  for (let bit = 1; bit <= MAX_CODE_BITS; bit++) {
    code = (code + count[bit - 1]!) << 1;
    least[bit] = code;
    first[bit] = index;
    index += count[bit]!;
  }
  const order = lengths
    .map((_, symbol) => symbol)
    .sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  return { least, first, count, order };
}

function readSequence(
  bits: Bits,
  block: {
    readonly symbols: readonly number[];
    readonly selectors: Uint8Array;
    readonly codes: readonly Code[];
    readonly blockSize: number;
  },
): { counts: number[]; chain: Uint32Array } {
  const { selectors, codes, blockSize } = block;
  const front = [...block.symbols];
  const end = front.length + 1;
  const counts = new Array<number>(256).fill(0);
  const chain = new Uint32Array(blockSize);
  let length = 0;
  let repeat = 0;
  let weight = 1;
  for (let i = 0; ; i++) {
    const selector = selectors[Math.floor(i / GROUP)];
    if (selector === undefined) throw new Broken();
    const symbol = readSymbol(bits, codes[selector]!);
    if (symbol <= 1) {
      repeat += weight << symbol;
      weight <<= 1;
      if (repeat > blockSize) throw new Broken();
      continue;
    }
    if (repeat > 0) {
      if (length + repeat > blockSize) throw new Broken();
      counts[front[0]!]! += repeat;
      chain.fill(front[0]!, length, length + repeat);
      length += repeat;
      repeat = 0;
      weight = 1;
    }
    if (symbol === end) return { counts, chain: chain.subarray(0, length) };
    const [byte] = front.splice(symbol - 1, 1);
    if (byte === undefined || length >= blockSize) throw new Broken();
    front.unshift(byte);
    counts[byte]!++;
    chain[length++] = byte;
  }
}

/** A block is followed by ten bytes at least: looking ahead by the longest code never leaves the stream. */
function readSymbol(bits: Bits, code: Code): number {
  const ahead = bits.peek(MAX_CODE_BITS);
  for (let length = 1; length <= MAX_CODE_BITS; length++) {
    const offset = (ahead >>> (MAX_CODE_BITS - length)) - code.least[length]!;
    if (offset >= 0 && offset < code.count[length]!) {
      bits.drop(length);
      return code.order[code.first[length]! + offset]!;
    }
  }
  throw new Broken();
}
