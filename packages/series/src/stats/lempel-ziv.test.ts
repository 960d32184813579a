import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { countPhrasesByStrings } from '../reference/lempel-ziv-by-strings.ts';
import { countPhrases } from './lempel-ziv.ts';

describe('countPhrases', () => {
  it('counts 1, 0, 01 and 11 in 100111', () => {
    expect(countPhrases(Int32Array.of(1, 0, 0, 1, 1, 1), 2)).toBe(4);
  });

  it('counts nothing in nothing, and growing phrases in a constant sequence', () => {
    expect(countPhrases(new Int32Array(0), 2)).toBe(0);
    // 1 + 2 + … + 13 = 91 ≤ 100 < 105
    expect(countPhrases(new Int32Array(100), 1)).toBe(13);
  });

  it('equals the form with strings for every alphabet and length', () => {
    const random = createRandom(3);
    for (const alphabet of [1, 2, 3, 10, 101, 70_000]) {
      for (const n of [1, 2, 17, 100, 700]) {
        const symbols = Int32Array.from({ length: n }, () => Math.floor(random() * alphabet));
        expect(countPhrases(symbols, alphabet)).toBe(countPhrasesByStrings([...symbols]));
      }
    }
  });
});
