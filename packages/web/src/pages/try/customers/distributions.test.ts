import { describe, expect, it } from 'vitest';
import type { CustomerFound } from './customers-document.ts';
import { distributionOf } from './distributions.ts';

const customer = (part: Partial<CustomerFound>): CustomerFound => ({
  ...{ id: 'a', purchases: 2, lastDate: '2026-01-01', spent: 1, value: 1, lifetimeValue: 1 },
  ...{ pAlive: 0.5, pAliveStatus: 'ok', pAliveParetoNbd: 0.2, expected: 1, segment: 'loyal' },
  ...{ next: null, retention: null, within: null },
  ...part,
});

describe('how customers are spread', () => {
  it('has tenths of a probability, certainty in the last', () => {
    const shares = distributionOf(
      [0, 0.05, 0.1, 0.99, 1].map((pAlive) => customer({ pAlive })),
      'alive',
    );
    expect(shares.map(({ count }) => count)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(shares[9]).toMatchObject({ from: 0.9, to: 1 });
  });

  it('takes the other model for one-time buyers, and nobody of whom nothing is known', () => {
    const shares = distributionOf(
      [
        customer({ pAlive: 1, pAliveStatus: 'one-purchase', pAliveParetoNbd: 0.25 }),
        customer({ pAlive: 1, pAliveStatus: 'no-dropout-model', pAliveParetoNbd: null }),
      ],
      'alive',
    );
    expect(shares.map(({ count }) => count)).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('has ranges of purchases without an end, and names by their number', () => {
    const customers = [0.1, 3, 40].map((expected, i) =>
      customer({ expected, segment: i === 0 ? 'new' : 'loyal' }),
    );
    const expected = distributionOf(customers, 'expected');
    expect(expected.filter(({ count }) => count > 0)).toEqual([
      { from: 0, to: 0.25, count: 1 },
      { from: 2, to: 4, count: 1 },
      { from: 16, to: null, count: 1 },
    ]);
    expect(distributionOf(customers, 'segment')).toEqual([
      { name: 'loyal', count: 2 },
      { name: 'new', count: 1 },
    ]);
    expect(distributionOf(customers, 'action')).toEqual([]);
  });
});
