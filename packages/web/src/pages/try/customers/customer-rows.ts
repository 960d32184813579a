import type { ChartTable } from '../../../charts/chart-table.ts';
import { aliveOf, type CustomerFound } from './customers-document.ts';

/** Those with most at stake first: they are who something should be done about. */
export function byStake(customers: readonly CustomerFound[]): readonly CustomerFound[] {
  return customers.toSorted(
    (a, b) => (b.retention?.atStake ?? 0) - (a.retention?.atStake ?? 0) || (a.id < b.id ? -1 : 1),
  );
}

const names = [
  ...['customer', 'purchases', 'last_date', 'spent', 'p_alive', 'expected', 'value'],
  ...['lifetime_value', 'segment', 'next_probability', 'next_date', 'next_lower', 'next_upper'],
  ...['within_probability', 'action', 'at_stake', 'reasons'],
];

/** Every customer for programs: names as in the JSON, codes instead of words. */
export function customerCsvTable(customers: readonly CustomerFound[]): ChartTable {
  return {
    columns: names.map((name) => ({ key: name, title: name, text: String, numeric: false })),
    rows: byStake(customers).map((one) => [
      ...[one.id, one.purchases, one.lastDate, one.spent, aliveOf(one), one.expected, one.value],
      ...[one.lifetimeValue, one.segment, one.next?.probability ?? null],
      ...[one.next?.date ?? null, one.next?.lower ?? null, one.next?.upper ?? null],
      ...[one.within?.probability ?? null, one.retention?.action ?? null],
      one.retention?.atStake ?? null,
      one.retention?.reasons.map(({ code }) => code).join(' ') ?? null,
    ]),
  };
}
