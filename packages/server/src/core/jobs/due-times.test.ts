import { describe, expect, it } from 'vitest';
import { isStranded, nextDue } from './due-times.ts';

describe('the next due time', () => {
  it('is one period after the last when that was served in time', () => {
    expect(nextDue(1_000, 100, 1_000)).toBe(1_100);
    expect(nextDue(1_000, 100, 1_099)).toBe(1_100);
  });

  it('skips what was missed and keeps the rhythm', () => {
    expect(nextDue(1_000, 100, 1_100)).toBe(1_200);
    expect(nextDue(1_000, 100, 5_555)).toBe(5_600);
  });

  it('is stranded only when it lies further ahead than it ever can', () => {
    expect(isStranded(1_100, 100, 1_000)).toBe(false);
    expect(isStranded(1_101, 100, 1_000)).toBe(true);
    expect(isStranded(900, 100, 1_000)).toBe(false);
  });
});
