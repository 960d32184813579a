import { describe, expect, it } from 'vitest';
import { featureTable, takeRows } from './feature-table.ts';
import { type DataRecord, encodeClasses, encodeRecords, inferSchema } from './schema.ts';

const records: readonly DataRecord[] = [
  { id: 'A1', tenure: '12', plan: 'two year', joined: '2025-01-31', post: '01234', paid: true },
  {
    id: 'A2',
    tenure: ' 3.5e1 ',
    plan: 'monthly',
    joined: '2025-02-01T09:30:00+09:00',
    post: '99999',
  },
  { id: 'A3', tenure: '', plan: 'monthly', joined: null, post: '', paid: false, extra: 7 },
];

describe('a schema', () => {
  it('tells quantities, times and categories apart, the most frequent category first', () => {
    const { columns } = inferSchema(records, ['id']);
    expect(columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'tenure number',
      'plan category',
      'joined time',
      'post category',
      'paid category',
      'extra number',
    ]);
    expect(columns[1]!.categories).toEqual(['monthly', 'two year']);
  });

  it('reads records as numbers, instants and codes, and later ones the same way', () => {
    const schema = inferSchema(records, ['id', 'post', 'paid', 'extra']);
    const table = encodeRecords(records, schema);
    expect(table.columns[0]).toEqual(Float64Array.of(12, 35, Number.NaN));
    expect(table.columns[1]).toEqual(Float64Array.of(1, 0, 0));
    expect(table.columns[2]).toEqual(
      Float64Array.of(Date.UTC(2025, 0, 31), Date.UTC(2025, 1, 1, 0, 30), Number.NaN),
    );
    const later = encodeRecords([{ tenure: 'n/a', plan: 'weekly', joined: 'soon' }, {}], schema);
    expect(later.columns.flatMap((column) => [...column])).toEqual(new Array(6).fill(Number.NaN));
    expect(later.kinds).toEqual(['number', 'category', 'time']);
  });

  it('reads a time without an offset in UTC', () => {
    const rows = [{ at: '2025-06-01 12:00' }, { at: '2025-06-01T12:00:30.5Z' }];
    const table = encodeRecords(rows, inferSchema(rows));
    expect(table.columns[0]).toEqual(
      Float64Array.of(Date.UTC(2025, 5, 1, 12), Date.UTC(2025, 5, 1, 12, 0, 30, 500)),
    );
  });

  it('has no column from nothing', () => {
    expect(() => inferSchema([])).toThrow('records');
    expect(() => inferSchema([{ a: 1 }], ['a'])).toThrow('records');
    expect(() => encodeRecords([], { columns: [] })).toThrow('schema');
    expect(encodeRecords([], inferSchema(records)).columns[0]!.length).toBe(0);
  });
});

describe('classes', () => {
  it('have codes in alphabetical order, or as given', () => {
    expect(encodeClasses(['Yes', 'No', null, 'Yes'])).toEqual({
      target: Float64Array.of(1, 0, Number.NaN, 1),
      classes: ['No', 'Yes'],
    });
    expect(encodeClasses(['a', 'b', 'c'], ['b', 'a']).target).toEqual(
      Float64Array.of(1, 0, Number.NaN),
    );
    expect(() => encodeClasses([], ['a', 'a'])).toThrow('classes');
  });
});

describe('a table', () => {
  it('refuses parts that do not fit', () => {
    const one = Float64Array.of(1);
    expect(() => featureTable([])).toThrow('columns');
    expect(() => featureTable([one, new Float64Array(2)])).toThrow('same length, got 1 and 2');
    expect(() => featureTable([one], { names: ['a', 'b'] })).toThrow('names');
    expect(() => featureTable([one, one], { names: ['a', 'a'] })).toThrow('names: must all differ');
    expect(() => featureTable([one], { categories: [1] })).toThrow('categories');
    expect(() => takeRows(featureTable([one]), [1])).toThrow('rows: must be below 1, got 1');
  });
});
