import { describe, expect, it } from 'vitest';
import { templateMatchesByDefinition } from '../reference/template-matches-by-definition.ts';
import { createRandom } from './random.ts';
import { templateMatches } from './template-matches.ts';

describe('templateMatches', () => {
  it('counts what comparing every pair counts', () => {
    const random = createRandom(8);
    const kinds = [
      () => random(),
      () => Math.floor(random() * 3),
      () => 1,
      () => (random() < 0.1 ? 50 : random()),
    ];
    for (const kind of kinds) {
      for (const n of [0, 1, 2, 3, 4, 5, 12, 60, 150]) {
        const y = Float64Array.from({ length: n }, kind);
        for (const m of [1, 2, 3]) {
          for (const tolerance of [0, 0.1, 1]) {
            expect(templateMatches(y, m, tolerance)).toEqual(
              templateMatchesByDefinition([...y], m, tolerance),
            );
          }
        }
      }
    }
  });
});
