/** The beginning of unpacked content, or all of it. */
export interface Decoded {
  readonly bytes: Buffer;
  /** `limit`: there is more than was asked for; `broken`: what comes next makes no sense, or is missing; `unsupported`: a method we lack. */
  readonly state: 'whole' | 'limit' | 'broken' | 'unsupported';
  /** Behind the last packed byte that was used. */
  readonly end: number;
}

/** Grows as bytes come, up to `limit`. */
export class Output {
  readonly limit: number;
  length = 0;
  #bytes = Buffer.allocUnsafe(4096);

  constructor(limit: number) {
    this.limit = limit;
  }

  get isFull(): boolean {
    return this.length >= this.limit;
  }

  push(byte: number): void {
    if (this.length === this.#bytes.length) this.#grow(this.length + 1);
    this.#bytes[this.length++] = byte;
  }

  append(bytes: Buffer): void {
    this.#grow(this.length + bytes.length);
    bytes.copy(this.#bytes, this.length);
    this.length += bytes.length;
  }

  /** Repeats `count` bytes from `distance` back; they may overlap what is written. The caller has checked `distance`. */
  repeat(distance: number, count: number): void {
    this.#grow(this.length + count);
    const bytes = this.#bytes;
    let to = this.length;
    for (let from = to - distance, end = to + count; to < end; ) bytes[to++] = bytes[from++]!;
    this.length = to;
  }

  at(position: number): number {
    return this.#bytes[position]!;
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }

  #grow(needed: number): void {
    if (needed <= this.#bytes.length) return;
    const doubled = Math.min(2 * this.#bytes.length, this.limit);
    // Past the limit by a little at most, but never byte by byte.
    const larger = Buffer.allocUnsafe(Math.max(needed + 4096, doubled));
    this.#bytes.copy(larger, 0, 0, this.length);
    this.#bytes = larger;
  }
}
