import { salesDimensions } from './contract.ts';
import { salesErrors } from './errors.ts';

export type SalesDimension = (typeof salesDimensions)[number];
/** Accepted values per dimension; an empty list accepts all. */
export type SalesFilters = Readonly<Record<SalesDimension, readonly string[]>>;

export const noFilters: SalesFilters = { country: [], product: [], customer: [] };

/** @param texts `dimension:value`, as they travel in addresses. @throws SALES_FILTER_INVALID */
export function parseFilters(texts: readonly string[]): SalesFilters {
  const filters: Record<SalesDimension, string[]> = { country: [], product: [], customer: [] };
  for (const text of texts) {
    const colon = text.indexOf(':');
    const dimension = text.slice(0, colon);
    if (colon < 1 || !isSalesDimension(dimension)) {
      throw salesErrors.SALES_FILTER_INVALID({ filter: text });
    }
    filters[dimension].push(text.slice(colon + 1));
  }
  return filters;
}

/** From a measure query. @throws SALES_FILTER_INVALID for a dimension that sales do not have */
export function toSalesFilters(filters: Readonly<Record<string, readonly string[]>>): SalesFilters {
  return parseFilters(
    Object.entries(filters).flatMap(([name, values]) => values.map((value) => `${name}:${value}`)),
  );
}

function isSalesDimension(name: string): name is SalesDimension {
  return (salesDimensions as readonly string[]).includes(name);
}
