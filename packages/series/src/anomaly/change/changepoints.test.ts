import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { changepointsByDefinition } from '../../reference/changepoints-by-definition.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { changepoints } from './changepoints.ts';

const random = createRandom(5);
const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('changepoints', () => {
  it('finds where the level changes, within a point or two', () => {
    const y = Float64Array.from(
      { length: 600 },
      (_, i) => gauss() + (i < 200 ? 0 : i < 350 ? 4 : -2),
    );
    const places = changepoints(y);
    expect(places).toHaveLength(2);
    expect(Math.abs(places[0]! - 200)).toBeLessThanOrEqual(2);
    expect(Math.abs(places[1]! - 350)).toBeLessThanOrEqual(2);
  });

  it('finds where the spread changes, when asked for it', () => {
    const y = Float64Array.from({ length: 500 }, (_, i) => gauss() * (i < 300 ? 1 : 5));
    expect(changepoints(y).length === 1).toBe(false);
    const places = changepoints(y, { of: 'mean-and-variance' });
    expect(places).toHaveLength(1);
    expect(Math.abs(places[0]! - 300)).toBeLessThan(12);
  });

  it('is as good as trying every cut', () => {
    for (let round = 0; round < 20; round++) {
      const y = Float64Array.from({ length: 60 }, (_, i) => gauss() + 2 * Math.floor(i / 17));
      const options = { penalty: 2 + 8 * random(), minimum: 1 + Math.floor(4 * random()) };
      expect([...changepoints(y, options)]).toEqual(changepointsByDefinition(y, options));
    }
  });

  it('finds nothing where nothing changes', () => {
    expect([...changepoints(new Float64Array(100).fill(3))]).toEqual([]);
    expect([...changepoints(Float64Array.of(1))]).toEqual([]);
    expect([...changepoints(new Float64Array(50).fill(Number.NaN))]).toEqual([]);
    let found = 0;
    for (let round = 0; round < 20; round++) {
      found += changepoints(Float64Array.from({ length: 200 }, gauss)).length;
    }
    expect(found).toBeLessThanOrEqual(2);
  });

  it('gives ascending places within the series for any input', () => {
    for (const y of oddSeries(9, 1)) {
      for (const what of ['mean', 'mean-and-variance'] as const) {
        let before = 0;
        for (const place of changepoints(y, { of: what, minimum: 2 })) {
          expect(place - before >= 2 && place <= y.length - 2).toBe(true);
          before = place;
        }
      }
    }
  });

  it('refuses what makes no sense', () => {
    const y = new Float64Array(20);
    expect(() => changepoints(y, { penalty: 0 })).toThrow(InvalidInput);
    expect(() => changepoints(y, { of: 'mean-and-variance', minimum: 1 })).toThrow('minimum');
  });
});
