import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';

const point = (y: number | null) => ({
  t: '2026-01-05',
  y,
  expected: { mean: 100, lower: 80, upper: 120 },
});

describe('a threshold', () => {
  it('fires beyond its value on the chosen side only', () => {
    const below = { type: 'threshold', direction: 'below', value: 50 } as const;
    expect(judge(point(49), below)).toEqual({ fires: true, lower: 50, upper: null });
    expect(judge(point(50), below).fires).toBe(false);
    expect(judge(point(51), { ...below, direction: 'above' })).toMatchObject({
      fires: true,
      upper: 50,
    });
  });
});

describe('an expected interval', () => {
  it.each([
    ['either', 121, true],
    ['either', 79, true],
    ['either', 120, false],
    ['above', 79, false],
    ['above', 121, true],
    ['below', 79, true],
    ['below', 121, false],
  ] as const)('watching %s: a value of %i fires: %s', (direction, y, fires) => {
    const verdict = judge(point(y), { type: 'outside-forecast', direction, level: 0.95 });
    expect(verdict).toEqual({ fires, lower: 80, upper: 120 });
  });
});

it('never fires on a missing value or without an expectation', () => {
  expect(judge(point(null), { type: 'threshold', direction: 'below', value: 50 }).fires).toBe(
    false,
  );
  const condition = { type: 'outside-forecast', direction: 'either', level: 0.9 } as const;
  expect(judge(point(null), condition).fires).toBe(false);
  expect(judge({ t: '2026-01-05', y: 5, expected: null }, condition).fires).toBe(false);
});
