import type { MeasureUnit } from '../../core/measures/measure.ts';
import type { kpiIds } from './contract.ts';
import type { Figures } from './figures.ts';

export type KpiId = (typeof kpiIds)[number];
/** The KPIs of Home, and the parts of them that are worth charting by themselves. */
export type SalesMeasureId = KpiId | 'units' | 'net-revenue' | 'returns';

export interface SalesMeasure {
  readonly title: { readonly en: string; readonly ja: string };
  readonly unit: MeasureUnit;
  readonly nonNegative: boolean;
  readonly higherIsBetter: boolean;
  /** Null where it is undefined: a ratio without a denominator. Money in major units. */
  of(figures: Figures): number | null;
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const money = (e4: number): number => e4 / 10_000;

/** Definitions in words: README.md, "Measures". */
export const salesMeasures: Readonly<Record<SalesMeasureId, SalesMeasure>> = {
  revenue: {
    title: { en: 'Revenue', ja: '売上高' },
    unit: 'money',
    nonNegative: true,
    higherIsBetter: true,
    of: ({ revenue }) => money(revenue),
  },
  orders: {
    title: { en: 'Orders', ja: '注文件数' },
    unit: 'count',
    nonNegative: true,
    higherIsBetter: true,
    of: ({ orders }) => orders,
  },
  customers: {
    title: { en: 'Customers', ja: '顧客数' },
    unit: 'count',
    nonNegative: true,
    higherIsBetter: true,
    of: ({ customers }) => customers,
  },
  'average-order': {
    title: { en: 'Average order', ja: '平均注文額' },
    unit: 'money',
    nonNegative: true,
    higherIsBetter: true,
    of: ({ revenue, orders }) => ratio(money(revenue), orders),
  },
  'new-customers': {
    title: { en: 'New customers', ja: '新規顧客' },
    unit: 'count',
    nonNegative: true,
    higherIsBetter: true,
    of: ({ newCustomers }) => newCustomers,
  },
  'repeat-rate': {
    title: { en: 'Repeat rate', ja: 'リピート率' },
    unit: 'ratio',
    nonNegative: true,
    higherIsBetter: true,
    of: ({ repeatCustomers, customers }) => ratio(repeatCustomers, customers),
  },
  'returns-rate': {
    title: { en: 'Returns rate', ja: '返品率' },
    unit: 'ratio',
    nonNegative: true,
    higherIsBetter: false,
    of: ({ returns, revenue }) => ratio(returns, revenue),
  },
  'items-per-order': {
    title: { en: 'Items per order', ja: '注文あたり点数' },
    unit: 'number',
    nonNegative: true,
    higherIsBetter: true,
    of: ({ units, orders }) => ratio(units, orders),
  },
  units: {
    title: { en: 'Units sold', ja: '販売点数' },
    unit: 'number',
    nonNegative: true,
    higherIsBetter: true,
    of: ({ units }) => units,
  },
  'net-revenue': {
    title: { en: 'Net revenue', ja: '純売上高' },
    unit: 'money',
    nonNegative: false,
    higherIsBetter: true,
    of: ({ revenue, returns }) => money(revenue - returns),
  },
  returns: {
    title: { en: 'Returns', ja: '返品額' },
    unit: 'money',
    nonNegative: true,
    higherIsBetter: false,
    of: ({ returns }) => money(returns),
  },
};

/** (value − previous) / |previous|; null when either is undefined or the previous value is 0. */
export function relativeChange(value: number | null, previous: number | null): number | null {
  if (value === null || previous === null || previous === 0) return null;
  return (value - previous) / Math.abs(previous);
}
