import { describe, expect, it } from 'vitest';
import { createBooleanParser } from './boolean.ts';
import { CellFault } from './cell.ts';

describe('createBooleanParser', () => {
  const strict = createBooleanParser(false);
  const short = createBooleanParser(true);

  it.each([
    ['はい', true],
    ['いいえ', false],
    ['Yes', true],
    ['NO', false],
    ['ＴＲＵＥ', true],
    ['false ', false],
    ['有', true],
    ['無', false],
    ['○', true],
    ['×', false],
    ['', null],
  ])('reads %j as %j', (text, value) => {
    expect(strict(text)).toBe(value);
  });

  it('reads 1 and 0, y and n only when asked', () => {
    expect(['1', '0', 'y', 'N'].map(short)).toEqual([true, false, true, false]);
    expect(['1', '0', 'y', 'N'].every((text) => strict(text) instanceof CellFault)).toBe(true);
  });

  it('has no opinion on other words', () => {
    expect(short('perhaps')).toEqual(new CellFault('not-a-boolean'));
  });
});
