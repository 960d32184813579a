import { describe, expect, it } from 'vitest';
import { CellFault } from './cell.ts';
import { createTextParser } from './text.ts';

describe('createTextParser', () => {
  const parse = createTextParser(20, undefined);

  it('takes off the white space around a text and leaves the rest as it is', () => {
    expect(parse(' ＡＢＣ　ストア\u3000')).toBe('ＡＢＣ　ストア');
    expect(parse('WHITE HANGING HEART ')).toBe('WHITE HANGING HEART');
    expect(parse(' \t\u3000')).toBeNull();
  });

  it('refuses a text that is too long', () => {
    expect(parse('x'.repeat(20))).toBe('x'.repeat(20));
    expect(parse('x'.repeat(21))).toEqual(new CellFault('too-long'));
  });

  it.each([
    ['name@example.com', true],
    ["o'neil+tag@mail.example.co.jp", true],
    ['name@例え.jp', true],
    ['not-an-email', false],
    ['a@b', false],
    ['a@b..c', false],
    ['a b@example.com', false],
    ['a@example.com,b@example.com', false],
    ['"><script>@example.com', false],
    ["=cmd|'/c calc'!A1", false],
  ])('judges the mail address %j: %j', (text, valid) => {
    const value = createTextParser(1000, 'email')(text);
    expect(value).toEqual(valid ? text : new CellFault('invalid-format'));
  });

  it('judges a hostile address in linear time', () => {
    const email = createTextParser(1_000_000, 'email');
    expect(email(`a@${'a.'.repeat(100_000)}`)).toEqual(new CellFault('invalid-format'));
  });
});
