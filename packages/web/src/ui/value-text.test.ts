import { describe, expect, it } from 'vitest';
import { probabilityText, valueText } from './value-text.ts';

describe('a value in words', () => {
  it.each([
    [0, '0'],
    [1234.5678, '1,234.57'],
    [-0.0123456789, '-0.0123457'],
    [1.5e-7, '1.500e-7'],
    [-2e15, '-2.000e15'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NaN, '–'],
    [null, '–'],
  ])('%s reads %s', (value, text) => {
    expect(valueText(value, 'en')).toBe(text);
  });
});

describe('a probability in words', () => {
  it.each([
    [0.43219, '0.432'],
    [0.01234, '0.012'],
    [1e-9, '< 0.0001'],
    [1, '1'],
    [null, '–'],
  ])('%s reads %s', (p, text) => {
    expect(probabilityText(p, 'en')).toBe(text);
  });
});
