import { describe, expect, it } from 'vitest';
import { neutraliseFormula } from './formula.ts';

describe('neutraliseFormula', () => {
  it.each([
    '=1+1',
    '+SUM(A1)',
    '-1+1',
    '@x',
    '\tx',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＠SUM',
    '+81-3-1234-5678',
    '-2+3+cmd|calc',
    "=cmd|'/c calc'!A1",
    '-1e5x',
    '-',
  ])('puts an apostrophe before %j', (text) => {
    expect(neutraliseFormula(text)).toBe(`'${text}`);
  });

  it.each(['-5', '+5', '-1,234.50', '-1.5e-3', '-12%', 'a=b', "'=1", '', '－', '普通'])(
    'leaves %j alone',
    (text) => {
      expect(neutraliseFormula(text)).toBe(text);
    },
  );
});
