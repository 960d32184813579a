import { OutOfReach } from './limits.ts';
import type { ByteSource } from './source.ts';

const CHUNK = 32 * 1024;
/** Most of what is read as a pickle is none, and ends at once. */
const FIRST_CHUNK = 512;
const NEWLINE = 10;
/** Numbers may look like a line that begins, and have no end for gigabytes. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** The content ends within what was to be read. */
export class EndOfContent extends Error {}
const END_OF_CONTENT = new EndOfContent();

/** Reads a source from front to back, little-endian. Every step forward is checked against the size before anything is allocated. */
export class Cursor {
  readonly source: ByteSource;
  #chunk: Buffer = Buffer.alloc(0);
  #start: number;
  #at = 0;
  #ahead = FIRST_CHUNK;

  constructor(source: ByteSource, position = 0) {
    this.source = source;
    this.#start = position;
  }

  get position(): number {
    return this.#start + this.#at;
  }

  get left(): number {
    return this.source.size - this.position;
  }

  #need(count: number): void {
    if (this.#at + count <= this.#chunk.length) return;
    const position = this.position;
    const { size, reach } = this.source;
    if (position + count > size) throw END_OF_CONTENT;
    if (position + count > reach) throw new OutOfReach();
    // A copy, because the source may reuse its window while this cursor goes on.
    this.#chunk = Buffer.from(
      this.source.read(position, Math.min(Math.max(count, this.#ahead), reach - position)),
    );
    this.#start = position;
    this.#at = 0;
    this.#ahead = Math.min(CHUNK, 4 * this.#ahead);
  }

  u8(): number {
    this.#need(1);
    return this.#chunk[this.#at++]!;
  }

  u16(): number {
    this.#need(2);
    this.#at += 2;
    return this.#chunk.readUInt16LE(this.#at - 2);
  }

  u32(): number {
    this.#need(4);
    this.#at += 4;
    return this.#chunk.readUInt32LE(this.#at - 4);
  }

  i32(): number {
    return this.u32() | 0;
  }

  /** Above 2⁵³ the nearest number: larger than any file, which is all that matters. */
  u64(): number {
    const low = this.u32();
    return this.u32() * 2 ** 32 + low;
  }

  /** A copy of the next bytes. @throws EndOfContent before anything is allocated */
  bytes(count: number): Buffer {
    if (count > this.left) throw END_OF_CONTENT;
    this.#need(count);
    this.#at += count;
    return this.#chunk.subarray(this.#at - count, this.#at);
  }

  /** The next bytes as UTF-8. @throws EndOfContent before anything is allocated */
  text(count: number): string {
    if (count > this.left) throw END_OF_CONTENT;
    this.#need(count);
    this.#at += count;
    return this.#chunk.toString('utf8', this.#at - count, this.#at);
  }

  skip(count: number): void {
    if (count > this.left) throw END_OF_CONTENT;
    if (this.#at + count <= this.#chunk.length) this.#at += count;
    else this.seek(this.position + count);
  }

  seek(position: number): void {
    this.#start = position;
    this.#at = 0;
    this.#chunk = Buffer.alloc(0);
  }

  /**
   * Up to the next line feed, without it.
   *
   * @returns null for a line longer than `most`, which is passed over
   * @throws EndOfContent when no line feed comes, or not for a long while
   */
  line(most: number): Buffer | null {
    const length = this.#lineLength();
    if (length > most) {
      this.skip(length + 1);
      return null;
    }
    const line = this.bytes(length + 1);
    return line.subarray(0, length);
  }

  #lineLength(): number {
    const near = this.#chunk.indexOf(NEWLINE, this.#at);
    if (near >= 0) return near - this.#at;
    const { source, position } = this;
    for (let from = position; ; from += CHUNK) {
      if (from >= source.size || from - position > LONGEST_LINE) throw END_OF_CONTENT;
      if (from >= source.reach) throw new OutOfReach();
      const window = source.read(from, Math.min(CHUNK, source.reach - from));
      const found = window.indexOf(NEWLINE);
      if (found >= 0) return from + found - position;
    }
  }
}
