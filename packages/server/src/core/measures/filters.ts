import { measuresErrors } from './errors.ts';

/**
 * Turns `['country:Germany', 'country:France']` into `{ country: ['Germany', 'France'] }`. A value may hold colons.
 *
 * @throws MEASURE_FILTER_INVALID for a dimension that is not one of `dimensions`
 */
export function parseFilters(
  items: readonly string[],
  dimensions: readonly string[],
): Record<string, string[]> {
  const filters = new Map<string, string[]>();
  for (const filter of items) {
    const at = filter.indexOf(':');
    const dimension = filter.slice(0, at);
    if (at < 1 || !dimensions.includes(dimension)) {
      throw measuresErrors.MEASURE_FILTER_INVALID({ filter, dimensions: dimensions.join(', ') });
    }
    filters.set(dimension, [...(filters.get(dimension) ?? []), filter.slice(at + 1)]);
  }
  return Object.fromEntries(filters);
}
