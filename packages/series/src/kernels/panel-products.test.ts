import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { bestPanelProducts } from './best-panel-products.ts';
import { plainPanelProducts, ROWS } from './panel-products.ts';

describe('products of rows with a panel', () => {
  it('have the same bits in WebAssembly as in plain TypeScript', () => {
    const random = createRandom(8);
    for (const [n, depth] of [
      [1, 1],
      [4, 3],
      [13, 64],
      [130, 64],
    ] as const) {
      const panel = Float64Array.from({ length: n * depth }, () => random() - 0.5);
      const rows = Float64Array.from({ length: ROWS * depth }, () => random() - 0.5);
      const [best, plain] = [bestPanelProducts(n, depth), plainPanelProducts(n, depth)];
      best.setPanel(panel);
      plain.setPanel(panel);
      for (const columns of [4, ROWS * Math.ceil(n / ROWS)]) {
        const size = ROWS * columns;
        const found = best.multiply(rows, columns).slice(0, size);
        expect(found).toEqual(plain.multiply(rows, columns).slice(0, size));
        let sum = 0;
        for (let k = 0; k < depth; k++) sum += rows[depth + k]! * panel[k]!;
        expect(found[columns]).toBeCloseTo(sum, 12);
      }
    }
  });
});
