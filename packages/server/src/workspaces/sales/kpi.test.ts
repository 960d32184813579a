import { expect, it } from 'vitest';
import { kpiIds } from './contract.ts';
import type { Figures } from './figures.ts';
import { relativeChange, salesMeasures } from './kpi.ts';

const nothing: Figures = {
  revenue: 0,
  units: 0,
  returns: 0,
  orders: 0,
  customers: 0,
  newCustomers: 0,
  repeatCustomers: 0,
};

it('has a measure for every figure of Home, in both languages', () => {
  for (const id of kpiIds) {
    expect(salesMeasures[id].title.en).not.toBe('');
    expect(salesMeasures[id].title.ja).toMatch(/[ぁ-龠]/);
  }
});

it('leaves ratios undefined where there is nothing to divide by', () => {
  const values = Object.entries(salesMeasures).map(([id, { of }]) => [id, of(nothing)] as const);
  expect(values.filter(([, value]) => value === null).map(([id]) => id)).toEqual([
    ...['average-order', 'repeat-rate', 'returns-rate', 'items-per-order'],
  ]);
});

it('gives money in major units', () => {
  const figures = { ...nothing, revenue: 123_456_789, returns: 23_456_789, orders: 2 };
  expect(salesMeasures.revenue.of(figures)).toBe(12_345.6789);
  expect(salesMeasures['net-revenue'].of(figures)).toBe(10_000);
  expect(salesMeasures['average-order'].of(figures)).toBe(6_172.83945);
});

it.each([
  [110, 100, 0.1],
  [90, 100, -0.1],
  [-50, -100, 0.5],
  [0, 100, -1],
  [100, 0, null],
  [null, 100, null],
  [100, null, null],
])('tells the change from %j, before %j, as %j', (value, previous, change) => {
  const told = relativeChange(value, previous);
  if (change === null) expect(told).toBeNull();
  else expect(told).toBeCloseTo(change, 12);
});
