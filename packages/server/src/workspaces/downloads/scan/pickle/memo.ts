import type { Value } from './values.ts';

/** What `memo` of an unpickler holds. Indices come one after the other, or nearly so: an array, and a map for those ahead of it. */
export class Memo {
  readonly #row: Value[] = [];
  readonly #ahead = new Map<number, Value>();

  get size(): number {
    return this.#row.length + this.#ahead.size;
  }

  get(index: number): Value | undefined {
    return index < this.#row.length ? this.#row[index] : this.#ahead.get(index);
  }

  set(index: number, value: Value): void {
    if (index < this.#row.length) this.#row[index] = value;
    else if (index > this.#row.length) this.#ahead.set(index, value);
    else {
      this.#row.push(value);
      this.#ahead.delete(index);
    }
  }
}
