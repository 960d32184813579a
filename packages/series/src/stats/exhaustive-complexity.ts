/**
 * Lempel and Ziv's complexity of a binary sequence: the number of phrases when each is the shortest string that does not
 * begin anywhere earlier in what was read up to its last but one symbol. A rest that does so counts as a phrase.
 *
 * @param bits n values 0 or 1.
 * @returns 1 for n ≤ 1.
 *
 * Cost: O(n): an automaton of all strings read so far grows with each symbol.
 * Source: Lempel & Ziv (1976), IEEE Trans. Inf. Theory 22(1), 75–81; the automaton after Blumer et al. (1985), Theor. Comput.
 *   Sci. 40, 31–55. Checked by: reference/exhaustive-complexity-by-definition.ts.
 */
export function exhaustiveComplexity(bits: Uint8Array): number {
  const n = bits.length;
  if (n === 0) return 1;
  const automaton = createAutomaton(n);
  let phrases = 0;
  // The state that holds the phrase as far as it was read, and how far that is.
  let state = 0;
  let read = 0;
  for (let t = 0; t < n; t++) {
    const next = automaton.next(state, bits[t]!);
    if (next < 0) {
      phrases++;
      state = 0;
      read = 0;
      automaton.append(bits[t]!);
      continue;
    }
    read++;
    automaton.append(bits[t]!);
    // Appending may split the state into one of shorter strings and one of longer ones.
    state = automaton.holder(next, read);
  }
  return read > 0 ? phrases + 1 : phrases;
}

interface Automaton {
  /** The state after one more symbol; −1 where the string does not occur. */
  next(state: number, bit: number): number;
  append(bit: number): void;
  /** Of a state and those it was split from, the one that holds strings of this length. */
  holder(state: number, length: number): number;
}

function createAutomaton(n: number): Automaton {
  const edges = new Int32Array(4 * n).fill(-1);
  const suffix = new Int32Array(2 * n);
  const longest = new Int32Array(2 * n);
  suffix[0] = -1;
  let states = 1;
  let whole = 0;

  const append = (bit: number): void => {
    const added = states++;
    longest[added] = longest[whole]! + 1;
    let from = whole;
    while (from >= 0 && edges[2 * from + bit]! < 0) {
      edges[2 * from + bit] = added;
      from = suffix[from]!;
    }
    whole = added;
    if (from < 0) return;
    const target = edges[2 * from + bit]!;
    if (longest[from]! + 1 === longest[target]!) {
      suffix[added] = target;
      return;
    }
    const split = states++;
    longest[split] = longest[from]! + 1;
    edges[2 * split] = edges[2 * target]!;
    edges[2 * split + 1] = edges[2 * target + 1]!;
    suffix[split] = suffix[target]!;
    while (from >= 0 && edges[2 * from + bit] === target) {
      edges[2 * from + bit] = split;
      from = suffix[from]!;
    }
    suffix[target] = split;
    suffix[added] = split;
  };
  return {
    next: (state, bit) => edges[2 * state + bit]!,
    append,
    holder(state, length) {
      const shorter = suffix[state]!;
      return shorter >= 0 && longest[shorter]! >= length ? shorter : state;
    },
  };
}
