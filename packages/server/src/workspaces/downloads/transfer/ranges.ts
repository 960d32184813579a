/** Part of a file, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A set of bytes of a file, kept as ranges that neither touch nor overlap. */
export class RangeSet {
  #ranges: Range[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get ranges(): readonly Range[] {
    return this.#ranges;
  }

  /** @returns how many bytes were not in it before */
  add(start: number, end: number): number {
    if (end <= start) return 0;
    // Almost always at an end of what is there: a file fills from its beginning.
    const from = this.#firstEndingAtOrAfter(start);
    let to = from;
    let low = start;
    let high = end;
    let before = 0;
    for (; to < this.#ranges.length && this.#ranges[to]!.start <= end; to++) {
      const range = this.#ranges[to]!;
      low = Math.min(low, range.start);
      high = Math.max(high, range.end);
      before += range.end - range.start;
    }
    this.#ranges.splice(from, to - from, { start: low, end: high });
    const added = high - low - before;
    this.#bytes += added;
    return added;
  }

  remove(start: number, end: number): number {
    const left: Range[] = [];
    let removed = 0;
    for (const range of this.#ranges) {
      const from = Math.max(start, range.start);
      const to = Math.min(end, range.end);
      if (from >= to) {
        left.push(range);
        continue;
      }
      removed += to - from;
      if (range.start < from) left.push({ start: range.start, end: from });
      if (to < range.end) left.push({ start: to, end: range.end });
    }
    this.#ranges = left;
    this.#bytes -= removed;
    return removed;
  }

  clear(): void {
    this.#ranges = [];
    this.#bytes = 0;
  }

  has(start: number, end: number): boolean {
    const range = this.#ranges[this.#firstEndingAtOrAfter(start)];
    return start >= end || (range !== undefined && range.start <= start && end <= range.end);
  }

  /** Everything before this is in the set. */
  front(): number {
    const first = this.#ranges[0];
    return first?.start === 0 ? first.end : 0;
  }

  /** First part below `limit` that is not in it, at or after `from`. */
  gap(limit: number, from = 0): Range | null {
    let at = from;
    for (let i = this.#firstEndingAtOrAfter(from); i < this.#ranges.length; i++) {
      const range = this.#ranges[i]!;
      if (range.start > at) break;
      at = Math.max(at, range.end);
    }
    if (at >= limit) return null;
    const next = this.#ranges.find((range) => range.start > at);
    return { start: at, end: Math.min(limit, next?.start ?? limit) };
  }

  #firstEndingAtOrAfter(at: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ranges[middle]!.end < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
