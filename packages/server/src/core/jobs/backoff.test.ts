import { describe, expect, it } from 'vitest';
import { createRandom } from '../../testing/random.ts';
import { backoffDelay } from './backoff.ts';

describe('the wait before the next attempt', () => {
  it('doubles with each failure up to its cap', () => {
    const middle = () => 0.5;
    const waits = [1, 2, 3, 4, 5, 60].map((failures) => backoffDelay(100, failures, 1_000, middle));
    expect(waits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('lies within a quarter of that, spread over the whole range', () => {
    const random = createRandom(7);
    const waits = Array.from({ length: 1_000 }, () => backoffDelay(1_000, 1, 10_000, random));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(750);
    expect(Math.min(...waits)).toBeLessThan(760);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_250);
    expect(Math.max(...waits)).toBeGreaterThan(1_240);
  });
});
