import type { Cursor } from '../cursor.ts';
import type { Output } from './decoded.ts';

// LZMA as in the specification of Igor Pavlov's LZMA SDK 9.20 (public domain). Written here because it has to stop after a given
// number of bytes, keep what it has when the rest is broken, and never run away: no package on npm does all three.

const TOP = 2 ** 24;
const MODEL_BITS = 11;
const INITIAL = 1 << (MODEL_BITS - 1);
const MOVE_BITS = 5;
const STATES = 12;
const MAX_POSITION_STATES = 16;
const END_MARKER = 0xffffffff;

/** What comes next cannot have been written by a compressor. */
export class LzmaBroken extends Error {}

export class LzmaDecoder {
  #literalContext = 0;
  #literalPositionMask = 0;
  #positionMask = 0;
  #literals = new Uint16Array(0);
  readonly #isMatch = new Uint16Array(STATES * MAX_POSITION_STATES);
  readonly #isRep = new Uint16Array(STATES);
  readonly #isRep0 = new Uint16Array(STATES);
  readonly #isRep1 = new Uint16Array(STATES);
  readonly #isRep2 = new Uint16Array(STATES);
  readonly #isRep0Long = new Uint16Array(STATES * MAX_POSITION_STATES);
  readonly #slots = new Uint16Array(4 * 64);
  readonly #special = new Uint16Array(128);
  readonly #align = new Uint16Array(16);
  readonly #lengths = new Uint16Array(2 + 16 * 8 * 2 + 256);
  readonly #repLengths = new Uint16Array(2 + 16 * 8 * 2 + 256);
  #state = 0;
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;
  #range = 0;
  #code = 0;
  #cursor: Cursor;
  readonly #output: Output;
  /** Where the dictionary begins in the output. */
  dictionaryStart = 0;

  constructor(cursor: Cursor, output: Output) {
    this.#cursor = cursor;
    this.#output = output;
  }

  /** @param properties the byte (pb · 5 + lp) · 9 + lc */
  setProperties(properties: number): void {
    if (properties >= 225) throw new LzmaBroken();
    this.#literalContext = properties % 9;
    const literalPosition = Math.floor(properties / 9) % 5;
    this.#literalPositionMask = (1 << literalPosition) - 1;
    this.#positionMask = (1 << Math.floor(properties / 45)) - 1;
    this.#literals = new Uint16Array(0x300 << (this.#literalContext + literalPosition));
  }

  resetState(): void {
    this.#state = 0;
    this.#rep0 = this.#rep1 = this.#rep2 = this.#rep3 = 0;
    for (const table of [
      this.#literals,
      this.#isMatch,
      this.#isRep,
      this.#isRep0,
      this.#isRep1,
      this.#isRep2,
      this.#isRep0Long,
      this.#slots,
      this.#special,
      this.#align,
      this.#lengths,
      this.#repLengths,
    ]) {
      table.fill(INITIAL);
    }
  }

  startRange(): void {
    if (this.#cursor.u8() !== 0) throw new LzmaBroken();
    this.#range = 0xffffffff;
    this.#code = this.#cursor.bytes(4).readUInt32BE();
  }

  /** Decodes until the output has `end` bytes or the end marker comes. @returns whether the marker came */
  run(end: number): boolean {
    const output = this.#output;
    while (output.length < end) {
      const positionState = (output.length - this.dictionaryStart) & this.#positionMask;
      const at = this.#state * MAX_POSITION_STATES + positionState;
      if (this.#bit(this.#isMatch, at) === 0) {
        this.#literal();
        continue;
      }
      let length: number;
      if (this.#bit(this.#isRep, this.#state) === 0) {
        this.#rep3 = this.#rep2;
        this.#rep2 = this.#rep1;
        this.#rep1 = this.#rep0;
        length = this.#length(this.#lengths, positionState);
        this.#state = this.#state < 7 ? 7 : 10;
        this.#rep0 = this.#distance(length);
        if (this.#rep0 === END_MARKER) return true;
      } else {
        if (this.#bit(this.#isRep0, this.#state) === 0) {
          if (this.#bit(this.#isRep0Long, at) === 0) {
            this.#state = this.#state < 7 ? 9 : 11;
            this.#copy(1);
            continue;
          }
        } else {
          let distance = this.#rep1;
          if (this.#bit(this.#isRep1, this.#state) !== 0) {
            distance = this.#rep2;
            if (this.#bit(this.#isRep2, this.#state) !== 0) {
              distance = this.#rep3;
              this.#rep3 = this.#rep2;
            }
            this.#rep2 = this.#rep1;
          }
          this.#rep1 = this.#rep0;
          this.#rep0 = distance;
        }
        length = this.#length(this.#repLengths, positionState);
        this.#state = this.#state < 7 ? 8 : 11;
      }
      this.#copy(length + 2);
    }
    return false;
  }

  #copy(length: number): void {
    if (this.#rep0 >= this.#output.length - this.dictionaryStart) throw new LzmaBroken();
    this.#output.repeat(this.#rep0 + 1, length);
  }

  #literal(): void {
    const output = this.#output;
    const position = output.length - this.dictionaryStart;
    const before = position > 0 ? output.at(output.length - 1) : 0;
    const context =
      ((position & this.#literalPositionMask) << this.#literalContext) +
      (before >> (8 - this.#literalContext));
    const base = 0x300 * context;
    let symbol = 1;
    if (this.#state >= 7) {
      if (this.#rep0 >= position) throw new LzmaBroken();
      let match = output.at(output.length - this.#rep0 - 1);
      while (symbol < 0x100) {
        const matchBit = (match >> 7) & 1;
        match <<= 1;
        const bit = this.#bit(this.#literals, base + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(this.#literals, base + symbol);
    output.push(symbol & 0xff);
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  /** In `table`: choice, choice 2, 16 × 8 low, 16 × 8 middle, 256 high. */
  #length(table: Uint16Array, positionState: number): number {
    if (this.#bit(table, 0) === 0) return this.#tree(table, 2 + positionState * 8, 3);
    if (this.#bit(table, 1) === 0) return 8 + this.#tree(table, 130 + positionState * 8, 3);
    return 16 + this.#tree(table, 258, 8);
  }

  #distance(length: number): number {
    const slot = this.#tree(this.#slots, Math.min(length, 3) * 64, 6);
    if (slot < 4) return slot;
    const directBits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** directBits;
    if (slot < 14) return base + this.#reverseTree(this.#special, base - slot, directBits);
    let direct = 0;
    for (let i = directBits - 4; i > 0; i--) {
      this.#range = Math.floor(this.#range / 2);
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code -= this.#range;
      direct = direct * 2 + bit;
      this.#normalize();
    }
    return base + direct * 16 + this.#reverseTree(this.#align, 0, 4);
  }

  #tree(table: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | this.#bit(table, base + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(table: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.#bit(table, base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  #bit(table: Uint16Array, index: number): 0 | 1 {
    const probability = table[index]!;
    const bound = (this.#range >>> MODEL_BITS) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      table[index] = probability + (((1 << MODEL_BITS) - probability) >> MOVE_BITS);
      this.#normalize();
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    table[index] = probability - (probability >> MOVE_BITS);
    this.#normalize();
    return 1;
  }

  #normalize(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range * 256) >>> 0;
    this.#code = (this.#code * 256 + this.#cursor.u8()) >>> 0;
  }
}
