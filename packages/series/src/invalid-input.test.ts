import { describe, expect, it } from 'vitest';
import { InvalidInput, requireFraction, requireLevels, requireWhole } from './invalid-input.ts';

describe('InvalidInput', () => {
  it('names the argument, what was expected and what came', () => {
    const error = new InvalidInput('window', 'must be a whole number >= 2, got 1.5');
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe('window: must be a whole number >= 2, got 1.5');
    expect(error.argument).toBe('window');
    expect(error.code).toBe('SERIES_INVALID_INPUT');
  });

  it.each([Number.NaN, 1.5, -1, Number.POSITIVE_INFINITY, 2 ** 60])('is thrown for h = %s', (h) => {
    expect(() => requireWhole('h', h, 1)).toThrow(`h: must be a whole number >= 1, got ${h}`);
  });

  it.each([0, 1, -0.5, 95, Number.NaN])('is thrown for a level of %s', (level) => {
    expect(() => requireFraction('level', level)).toThrow(InvalidInput);
    expect(() => requireLevels([0.8, level])).toThrow(`levels[1]: must be a fraction`);
  });

  it('shows values from JavaScript callers safely', () => {
    const wrong = 'twelve' as unknown as number;
    expect(() => requireWhole('m', wrong, 1)).toThrow('got "twelve"');
    expect(() => requireWhole('m', [1] as unknown as number, 1)).toThrow('got an array of 1');
    expect(() => requireWhole('m', null as unknown as number, 1)).toThrow('got null');
    expect(() => requireWhole('m', {} as unknown as number, 1)).toThrow(
      'got a value of type object',
    );
  });
});
