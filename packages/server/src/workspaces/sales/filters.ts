import { parseFilters } from '../../core/measures/filters.ts';
import { salesDimensions } from './contract.ts';

export type SalesDimension = (typeof salesDimensions)[number];
/** Accepted values per dimension; an empty list accepts all. */
export type SalesFilters = Readonly<Record<SalesDimension, readonly string[]>>;

export const noFilters: SalesFilters = { country: [], product: [], customer: [] };

/** @param texts `dimension:value`, as they travel in addresses. @throws MEASURE_FILTER_INVALID */
export function parseSalesFilters(texts: readonly string[]): SalesFilters {
  return { ...noFilters, ...parseFilters(texts, salesDimensions) };
}
