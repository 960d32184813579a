const bits = new Uint32Array(2);
const whole = new BigUint64Array(bits.buffer);

/**
 * 64-bit key of an order code, for counting distinct orders without keeping millions of texts.
 *
 * Two interleaved 32-bit multiplicative hashes with the finaliser of MurmurHash3 (the scheme of cyrb53, kept at 64
 * bits). Two different codes share a key with probability about n² / 2^65: 4e-7 for 4 million orders, in which case
 * they would count as one.
 */
export function orderKey(code: string): bigint {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < code.length; i++) {
    const unit = code.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  bits[0] = finalise(a, b);
  bits[1] = finalise(b, a);
  return whole[0]!;
}

function finalise(x: number, other: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h ^= Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
