import { describe, expect, it } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

const box = { width: 100, height: 20 };

describe('the path of a sparkline', () => {
  it('spans the box from the lowest to the highest value', () => {
    expect(sparklinePath([1, 3, 2], box)).toBe('M0 20L50 0L100 10');
  });

  it('breaks where a value is undefined', () => {
    expect(sparklinePath([1, null, 3, 2], box)).toBe('M0 20M66.7 0L100 10');
  });

  it('lies in the middle when nothing changes', () => {
    expect(sparklinePath([5, 5], box)).toBe('M0 10L100 10');
  });

  it('is empty without two values', () => {
    expect(sparklinePath([], box)).toBe('');
    expect(sparklinePath([1], box)).toBe('');
    expect(sparklinePath([null, 1, null], box)).toBe('');
  });
});
