import { describe, expect, it } from 'vitest';
import { nearestPlace } from './plot-data.ts';

describe('nearestPlace', () => {
  const x = [1, 4, 9, 16];
  it.each([
    [-5, 0],
    [1, 0],
    [2.4, 0],
    [2.6, 1],
    [9, 2],
    [12.6, 3],
    [99, 3],
  ])('finds the place nearest to %s', (value, place) => {
    expect(nearestPlace(x, value)).toBe(place);
  });

  it('finds none in an empty list', () => {
    expect(nearestPlace([], 3)).toBe(-1);
  });
});
