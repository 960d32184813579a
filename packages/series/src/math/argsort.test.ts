import { describe, expect, it } from 'vitest';
import { argsort } from './argsort.ts';
import { createRandom } from './random.ts';

describe('positions in ascending order', () => {
  it('are those a stable sort gives, with and without ties', () => {
    const random = createRandom(5);
    for (let n = 0; n < 150; n++) {
      const values = Float64Array.from({ length: n }, () =>
        n % 2 === 0 ? random() - 0.5 : Math.floor(random() * 5),
      );
      const expected = Array.from({ length: n }, (_, i) => i).sort(
        (a, b) => values[a]! - values[b]!,
      );
      expect([...argsort(values)]).toEqual(expected);
    }
  });
});
