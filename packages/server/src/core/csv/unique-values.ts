/** Remembers which values were seen. */
export interface UniqueValues {
  /** True when the value is new. */
  add(value: string | number): boolean;
}

const FIRST_SLOTS = 1 << 12;

/**
 * Values seen so far as 64-bit hashes in typed arrays: 12 to 24 bytes for each, whatever their length, where a `Set` of
 * 10 million strings takes a gigabyte and cannot grow past 16.7 million. The price: two different values are taken for
 * equal with a chance of n² / 2^65, about 3 in a million for a whole file of 10 million rows.
 *
 * @param maxValues bound on memory (24 bytes each at most). @throws RangeError from `add` beyond it.
 */
export function createUniqueValues(maxValues = 50_000_000): UniqueValues {
  let slots = FIRST_SLOTS;
  let high = new Uint32Array(slots);
  let low = new Uint32Array(slots);
  let count = 0;
  const float = new Float64Array(1);
  const words = new Uint32Array(float.buffer);
  let hashHigh = 0;
  let hashLow = 0;

  function hash(value: string | number): void {
    let a = 0x9e3779b9;
    let b = 0x85ebca6b;
    if (typeof value === 'number') {
      float[0] = value;
      a = mix(a ^ words[0]!, words[1]!);
      b = mix(b ^ words[1]!, words[0]!);
    } else {
      for (let i = 0; i < value.length; i++) {
        const code = value.charCodeAt(i);
        a = Math.imul(a ^ code, 0x01000193);
        b = Math.imul((b << 5) ^ (b >>> 27) ^ code, 0x5bd1e995);
      }
      a = mix(a, value.length);
      b = mix(b, a);
    }
    hashHigh = a >>> 0;
    // Zero marks a free slot.
    hashLow = b >>> 0 || 1;
  }

  /** True when the pair was put in, false when it was there. */
  function insert(h: number, l: number): boolean {
    const last = slots - 1;
    for (let slot = (h ^ l) & last; ; slot = (slot + 1) & last) {
      if (low[slot] === 0) {
        high[slot] = h;
        low[slot] = l;
        return true;
      }
      if (low[slot] === l && high[slot] === h) return false;
    }
  }

  function grow(): void {
    const [oldHigh, oldLow] = [high, low];
    slots *= 2;
    high = new Uint32Array(slots);
    low = new Uint32Array(slots);
    for (let i = 0; i < oldLow.length; i++) if (oldLow[i] !== 0) insert(oldHigh[i]!, oldLow[i]!);
  }

  return {
    add(value) {
      hash(value);
      if (!insert(hashHigh, hashLow)) return false;
      count++;
      if (count > maxValues) {
        throw new RangeError(`unique: more than ${maxValues} different values; split the file`);
      }
      if (count * 3 > slots * 2) grow();
      return true;
    },
  };
}

/** Finaliser of MurmurHash3 (Austin Appleby, public domain): every input bit moves every output bit. */
function mix(a: number, b: number): number {
  let h = a ^ Math.imul(b, 0xcc9e2d51);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
