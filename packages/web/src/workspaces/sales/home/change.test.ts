import { describe, expect, it } from 'vitest';
import { kpiChange } from './change.ts';

const revenue = {
  unit: 'money',
  value: 120,
  previous: 100,
  change: 0.2,
  higherIsBetter: true,
} as const;
const returnsRate = {
  unit: 'ratio',
  value: 0.02,
  previous: 0.01,
  change: 1,
  higherIsBetter: false,
} as const;

describe('the change of a figure', () => {
  it('is relative, and good when a figure rises that should', () => {
    expect(kpiChange(revenue)).toEqual({
      direction: 'up',
      news: 'good',
      size: 0.2,
      inPoints: false,
    });
  });

  it('is a difference in points for a rate, and bad when it rises that should fall', () => {
    expect(kpiChange(returnsRate)).toEqual({
      direction: 'up',
      news: 'bad',
      size: 0.01,
      inPoints: true,
    });
  });

  it('is neither good nor bad when nothing moved', () => {
    expect(kpiChange({ ...revenue, change: 0 })).toMatchObject({ direction: 'same', news: 'none' });
  });

  it('is unknown without something to compare with', () => {
    expect(kpiChange({ ...revenue, change: null })).toBeNull();
    expect(kpiChange({ ...returnsRate, previous: null })).toBeNull();
    expect(kpiChange({ ...returnsRate, value: null })).toBeNull();
  });
});
