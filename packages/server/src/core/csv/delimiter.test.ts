import { describe, expect, it } from 'vitest';
import { detectDelimiter } from './delimiter.ts';

describe('detectDelimiter', () => {
  it.each([
    ['comma', 'a,b,c\n1,2,3\n', ','],
    ['tab', 'a\tb\n1,5\t2\n1,6\t3\n', '\t'],
    ['semicolon beside decimal commas', 'a;b;c\n1,5;2,5;3,5\n1,6;2,6;3,6\n', ';'],
    ['pipe', 'a|b|c\n1|2,0|3\n', '|'],
    ['commas in quotes, which do not count', '"a, b, c, d";x\n"e, f, g, h";y\n', ';'],
    ['a few rows of another width', `${'a,b,c,d\n'.repeat(20)}a,b\n"x;y";z\n`, ','],
    ['one column only', 'name\nalpha\nbeta\n', ','],
    ['nothing', '', ','],
  ])('finds the delimiter of a file with %s', (_, text, delimiter) => {
    expect(detectDelimiter(text)).toBe(delimiter);
  });
});
