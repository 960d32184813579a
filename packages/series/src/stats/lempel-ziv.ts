/**
 * Number of phrases when symbols are read from left to right, each phrase being the shortest string that is not yet a
 * phrase. A rest that repeats a phrase is not counted.
 *
 * @param symbols n whole numbers in [0, alphabet).
 *
 * Cost: O(n); a phrase is a node of a tree whose edges are kept in a hash table of a size fixed by n.
 * Source: Ziv & Lempel (1978), IEEE Trans. Inf. Theory 24(5), 530–536. Checked by: reference/lempel-ziv-by-strings.ts.
 */
export function countPhrases(symbols: Int32Array, alphabet: number): number {
  const n = symbols.length;
  const bits = Math.max(4, Math.ceil(Math.log2(2 * n + 1)));
  const mask = 2 ** bits - 1;
  // An edge leads from a phrase by a symbol to a longer phrase; 0 is no edge, because none leads back to the root.
  const edges = new Float64Array(mask + 1).fill(-1);
  const ends = new Int32Array(mask + 1);
  let phrases = 0;
  let node = 0;
  for (let t = 0; t < n; t++) {
    const edge = node * alphabet + symbols[t]!;
    let slot = Math.imul(edge, 0x9e3779b1) >>> (32 - bits);
    while (edges[slot] !== -1 && edges[slot] !== edge) slot = (slot + 1) & mask;
    if (edges[slot] === edge) {
      node = ends[slot]!;
    } else {
      phrases++;
      edges[slot] = edge;
      ends[slot] = phrases;
      node = 0;
    }
  }
  return phrases;
}
