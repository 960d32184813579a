import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { associationRules } from './association-rules.ts';
import { frequentSets } from './frequent-sets.ts';

function basketsOf(lists: readonly (readonly number[])[], items: number) {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, b) => {
    offsets[b + 1] = offsets[b]! + list.length;
  });
  return { offsets, item: Int32Array.from(lists.flat()), items };
}

/** Bread 0, butter 1, jam 2, tea 3. */
const KITCHEN = basketsOf([[0, 1], [0, 1, 2], [0, 1, 2, 2], [3], [0], [1, 3], [3, 0], [3]], 5);

describe('frequent sets', () => {
  it('are those that counting every set finds', () => {
    const random = createRandom(4);
    const lists = Array.from({ length: 90 }, () =>
      Array.from({ length: 8 }, (_, item) => item).filter((item) => random() < 0.2 + item / 16),
    );
    const { sets, complete } = frequentSets(basketsOf(lists, 8), { minCount: 9, maxSize: 4 });
    const wanted: string[] = [];
    for (let mask = 1; mask < 256; mask++) {
      const items = Array.from({ length: 8 }, (_, i) => i).filter((i) => mask & (1 << i));
      if (items.length > 4) continue;
      const count = lists.filter((list) => items.every((item) => list.includes(item))).length;
      if (count >= 9) wanted.push(`${items}: ${count}`);
    }
    expect(sets.map(({ items, count }) => `${items}: ${count}`).sort()).toEqual(wanted.sort());
    expect(complete).toBe(true);
  });

  it('say when there were too many', () => {
    const { sets, complete } = frequentSets(KITCHEN, { minCount: 1, maxSets: 4 });
    expect([sets.length, complete]).toEqual([4, false]);
  });
});

describe('association rules', () => {
  it('have support, confidence, lift and leverage', () => {
    const { rules, baskets } = associationRules(KITCHEN, { minSupport: 0.2, minConfidence: 0.5 });
    expect(baskets).toBe(8);
    expect(
      rules.find(({ antecedent, consequent }) => antecedent.join() === '2' && consequent === 1),
    ).toEqual({
      ...{ antecedent: [2], consequent: 1, count: 2, support: 2 / 8, confidence: 1 },
      ...{ lift: 2, leverage: 2 / 8 - (2 / 8) * (4 / 8) },
    });
    expect(rules.map(({ leverage }) => leverage)).toEqual(
      rules.map(({ leverage }) => leverage).toSorted((a, b) => b - a),
    );
    expect(rules.some(({ antecedent }) => antecedent.length === 2)).toBe(true);
  });

  it('never rest on a single basket', () => {
    const { rules } = associationRules(basketsOf([[0, 1], [2]], 3), { minSupport: 0.01 });
    expect(rules).toEqual([]);
  });

  it('of no baskets are none', () => {
    expect(associationRules(basketsOf([], 0))).toEqual({ rules: [], baskets: 0, complete: true });
  });

  it('refuse a support that is no fraction', () => {
    expect(() => associationRules(KITCHEN, { minSupport: 5 })).toThrow(
      'minSupport: must be a fraction',
    );
  });
});
