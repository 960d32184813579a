import { expect, it } from 'vitest';
import type { CellValue } from '../../../core/csv/value/cell.ts';
import type { Field } from '../contract.ts';
import { mappingOf } from '../testing/sales-world.ts';

import { createLineMapper, mappingProblems } from './line-mapper.ts';

const TIME = Date.UTC(2025, 3, 1);
const map = (fields: Partial<Record<Field, CellValue>>) => {
  const all = { order: 'A1', time: TIME, product: 'p', ...fields };
  const mapping = mappingOf(Object.keys(all) as Field[]);
  return createLineMapper(mapping, Object.keys(all)).map(Object.values(all));
};

it.each([
  ['a sale', 2, 15_000, 1, 30_000],
  ['a return', -2, 15_000, 2, -30_000],
  ['an adjustment without a price', 2, 0, 3, 0],
  ['an adjustment with a price below 0', 1, -110_000, 3, -110_000],
  ['an adjustment of nothing', 0, 15_000, 3, 0],
])('reads %s', (_what, quantity, unitPrice, kind, amount) => {
  expect(map({ quantity, unitPrice })).toMatchObject({ kind, amount, unitPrice, quantity });
});

it('takes the total in the file for the amount', () => {
  expect(map({ quantity: 3, unitPrice: 10_000, amount: 27_000 })).toMatchObject({ amount: 27_000 });
});

it('finds the price where only totals are given', () => {
  expect(map({ quantity: 3, amount: 10_000 })).toMatchObject({ unitPrice: 3_333, kind: 1 });
  expect(map({ quantity: -3, amount: -10_000 })).toMatchObject({ unitPrice: 3_333, kind: 2 });
});

it('counts one piece a row where no quantity is given', () => {
  expect(map({ unitPrice: 10_000 })).toMatchObject({ quantity: 1, kind: 1 });
  expect(map({ amount: -10_000 })).toMatchObject({ quantity: -1, unitPrice: 10_000, kind: 2 });
});

it('rounds quantity × price to a ten-thousandth', () => {
  expect(map({ quantity: 0.333, unitPrice: 10_001 })).toMatchObject({ amount: 3_330 });
});

it('refuses an amount beyond what is kept exactly', () => {
  expect(map({ quantity: 1e9, unitPrice: 1e12 })).toBeNull();
});

it('uses the name as the code where there is none', () => {
  const mapping = mappingOf(['order', 'time', 'productName', 'unitPrice']);
  const mapper = createLineMapper(mapping, ['o', 't', 'n', 'p']);
  expect(mapper.map(['A1', TIME, 'Milk', 10_000])).toMatchObject({
    product: 'Milk',
    productName: null,
    customer: null,
    country: '',
  });
  expect(mapper.rules[2]).toMatchObject({ required: true, index: 2 });
});

it('tells what a mapping lacks', () => {
  expect(mappingProblems(mappingOf(['ignore', 'customer', 'customer']))).toEqual([
    ...['no-order', 'no-time', 'no-product', 'no-price', 'field-twice'],
  ]);
  expect(mappingProblems(mappingOf(['order', 'time', 'productName', 'amount']))).toEqual([]);
});

it('reads columns as somebody chose, and stores what that means', () => {
  const mapping = mappingOf(['order', 'time', 'product', 'customer', 'unitPrice', 'quantity']);
  const types = ['integer', 'date', 'text', 'integer', 'number', 'integer'] as const;
  const columns = mapping.columns.map(({ field }, i) => ({ field, type: types[i]! }));
  const mapper = createLineMapper({ ...mapping, columns }, ['o', 't', 'p', 'c', 'u', 'q']);
  expect(mapper.rules.map(({ type }) => type)).toEqual([...types]);
  // London is an hour ahead of UTC on that day.
  expect(mapper.map([536365, '2025-04-01', 'p', 17850, 1.15, 2])).toMatchObject({
    order: '536365',
    orderedAt: Date.UTC(2025, 2, 31, 23),
    customer: '17850',
    unitPrice: 11_500,
    amount: 23_000,
  });
  expect(mapper.map([1, '2025-04-01', 'p', null, 1, 1])).toMatchObject({ customer: null });
});

it('refuses types that a field cannot be read as', () => {
  const mapping = mappingOf(['order', 'time', 'product', 'amount', 'ignore']);
  const withType = (at: number, type: 'boolean' | 'date') => ({
    ...mapping,
    columns: mapping.columns.map((column, i) => (i === at ? { ...column, type } : column)),
  });
  expect(mappingProblems(withType(0, 'boolean'))).toEqual(['type-unfit']);
  expect(mappingProblems(withType(3, 'date'))).toEqual(['type-unfit']);
  expect(mappingProblems(withType(1, 'date'))).toEqual([]);
  expect(mappingProblems(withType(4, 'boolean'))).toEqual([]);
});
