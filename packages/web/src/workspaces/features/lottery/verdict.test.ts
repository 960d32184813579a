import { expect, it } from 'vitest';
import { verdictOf } from './verdict.ts';

it.each([
  [0.5, 'random'],
  [0.05, 'random'],
  [0.049, 'unusual'],
  [0.0009, 'against'],
  [null, 'unknown'],
] as const)('a p-value of %s is %s', (p, verdict) => {
  expect(verdictOf(p)).toBe(verdict);
});
