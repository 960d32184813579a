import { describe, expect, it } from 'vitest';
import { type ColumnRuleInput, type RowError, valueFormatSchema } from './contract.ts';
import { createRowValidator } from './validate.ts';

const format = valueFormatSchema.parse({});

function check(rule: Omit<ColumnRuleInput, 'name' | 'index'>, cells: string[], suspect = false) {
  const validator = createRowValidator(1, [{ name: 'c', index: 0, ...rule }], format);
  const errors: RowError[] = [];
  const values = cells.map((cell, i) => validator.validate([cell], i + 2, suspect, errors));
  return { values: values.map((row) => row?.[0]), codes: errors.map(({ code }) => code), errors };
}

describe('createRowValidator', () => {
  it('gives the values of the rules, in their order, from wherever the columns stand', () => {
    const rules: ColumnRuleInput[] = [
      { name: 'price', index: 2, type: 'currency' },
      { name: 'name', index: 0, type: 'text' },
    ];
    const errors: RowError[] = [];
    const validator = createRowValidator(3, rules, format);
    expect(validator.validate(['a', 'ignored', '1.5'], 2, false, errors)).toEqual([15_000, 'a']);
    expect(errors).toEqual([]);
  });

  it('reports every error of a row', () => {
    const rules: ColumnRuleInput[] = [
      { name: 'n', index: 0, type: 'integer' },
      { name: 't', index: 1, type: 'text', required: true },
    ];
    const errors: RowError[] = [];
    expect(createRowValidator(2, rules, format).validate(['x', ' '], 7, false, errors)).toBeNull();
    expect(errors).toEqual([
      { line: 7, column: 'n', code: 'not-a-number', value: 'x' },
      { line: 7, column: 't', code: 'required', value: ' ' },
    ]);
  });

  it('wants every row as wide as the file', () => {
    const errors: RowError[] = [];
    const validator = createRowValidator(2, [], format);
    expect(validator.validate(['a'], 2, false, errors)).toBeNull();
    expect(validator.validate(['a', 'b', ''], 3, false, errors)).toBeNull();
    expect(errors).toEqual([
      { line: 2, column: null, code: 'too-few-columns', value: null },
      { line: 3, column: null, code: 'too-many-columns', value: null },
    ]);
  });

  it.each<[Omit<ColumnRuleInput, 'name' | 'index'>, string[], string[]]>([
    [{ type: 'integer', min: 1, max: 5 }, ['0', '1', '5', '6'], ['below-minimum', 'above-maximum']],
    [{ type: 'currency', max: 1.5 }, ['1.5', '1.5001'], ['above-maximum']],
    [{ type: 'percent', max: 1 }, ['100%', '100.1%'], ['above-maximum']],
    [{ type: 'date', min: '2025-01-01' }, ['2025/1/1', '2024-12-31'], ['below-minimum']],
    [{ type: 'datetime', min: 0 }, ['1970-01-01', '1969-12-31 23:59'], ['below-minimum']],
    [{ type: 'number', min: 0 }, ['', '-0.1'], ['below-minimum']],
  ])('holds values to their bounds: %j', (rule, cells, codes) => {
    expect(check(rule, cells).codes).toEqual(codes);
  });

  it('takes equal values for duplicates, however they are written, and empty cells never', () => {
    expect(check({ type: 'integer', unique: true }, ['5', '', '5.0', '６', '', '6']).codes).toEqual(
      ['duplicate', 'duplicate'],
    );
  });

  it('rejects damaged and NUL characters where the batch may hold them', () => {
    expect(check({ type: 'text' }, ['a\uFFFDb', 'a\0', 'ok'], true)).toMatchObject({
      codes: ['invalid-characters', 'invalid-characters'],
      values: [undefined, undefined, 'ok'],
    });
  });

  it('reports no more of a cell than a screen can hold', () => {
    expect(check({ type: 'integer' }, ['x'.repeat(100_000)]).errors[0]!.value).toHaveLength(200);
  });

  it.each<[ColumnRuleInput, string]>([
    [{ name: 'a', index: 3, type: 'text' }, 'outside a file of 2'],
    [{ name: 'a', index: 0, type: 'text', min: 1 }, 'no meaning for text'],
    [{ name: 'a', index: 0, type: 'date', min: 5 }, 'must be a date'],
    [{ name: 'a', index: 0, type: 'integer', max: '2025-01-01' }, 'must be a number'],
  ])('refuses the rule %j', (rule, message) => {
    expect(() => createRowValidator(2, [rule], format)).toThrow(message);
  });
});
