import { describe, expect, it } from 'vitest';
import { nextPoint } from './point-keys.ts';

describe('walking along the points of a chart', () => {
  it('begins at the newest point', () => {
    expect(nextPoint('ArrowLeft', null, 5)).toBe(4);
    expect(nextPoint('ArrowRight', null, 5)).toBe(4);
  });

  it('stops at both ends', () => {
    expect(nextPoint('ArrowRight', 4, 5)).toBe(4);
    expect(nextPoint('ArrowLeft', 0, 5)).toBe(0);
    expect(nextPoint('Home', 3, 5)).toBe(0);
    expect(nextPoint('End', 3, 5)).toBe(4);
  });

  it('is left by Escape, and leaves other keys to the page', () => {
    expect(nextPoint('Escape', 3, 5)).toBeNull();
    expect(nextPoint('Tab', 3, 5)).toBeUndefined();
    expect(nextPoint('ArrowLeft', null, 0)).toBeUndefined();
  });
});
