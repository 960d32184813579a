import { PERIOD_PRESETS } from '@kizashi/series';
import { salesDimensions } from '@kizashi/server/workspaces/sales';
import { z } from 'zod';

/*
 * What a view of sales shows, as it stands in the address bar. Everything is optional: a default is left out, and what
 * cannot be read (an old or a mistyped link) counts as absent, so that a link always shows a page.
 */

/** A parameter given once is a text, given several times a list. */
const listSchema = z.union([z.array(z.string()), z.string().transform((one) => [one])]);

const valuesSchema = listSchema
  .transform((values) => [...new Set(values.filter((value) => value !== ''))])
  .transform((values) => (values.length === 0 ? undefined : values))
  .optional()
  .catch(undefined);

export const dimensions = salesDimensions;
export type Dimension = (typeof dimensions)[number];

const filters = { country: valuesSchema, product: valuesSchema, customer: valuesSchema };
const bucket = z.enum(['day', 'week', 'month']).optional().catch(undefined);
const date = z.iso.date().optional().catch(undefined);

export const homeSearchSchema = z.object({
  period: z.enum(PERIOD_PRESETS).optional().catch(undefined),
  /** Both ends of a period chosen by hand; counts only with both, and before `period`. */
  from: date,
  to: date,
  ...filters,
  bucket,
  /** Buckets to look ahead; 0 shows no forecast. */
  horizon: z.coerce.number().int().min(0).max(365).optional().catch(undefined),
  /** Lay the period before over the chart. */
  compare: z.literal('true').optional().catch(undefined),
});
export type HomeSearch = z.infer<typeof homeSearchSchema>;

export const forecastModels = ['auto', 'ets', 'theta', 'seasonal-naive'] as const;

export const forecastSearchSchema = z.object({
  measure: z.string().max(100).optional().catch(undefined),
  bucket,
  horizon: z.coerce.number().int().min(1).max(365).optional().catch(undefined),
  model: z.enum(forecastModels).optional().catch(undefined),
  /** Interval levels as fractions. */
  levels: listSchema
    .transform((levels) => levels.map(Number))
    .pipe(z.array(z.number().gt(0).lt(1)).min(1).max(3))
    .optional()
    .catch(undefined),
  ...filters,
});
export type ForecastSearch = z.infer<typeof forecastSearchSchema>;

export type Filters = Pick<HomeSearch, Dimension>;

/** Filters as the API takes them: `country:Germany`. */
export function filterParameters(search: Filters): string[] {
  return dimensions.flatMap((dimension) =>
    (search[dimension] ?? []).map((value) => `${dimension}:${value}`),
  );
}

/** The search with one value of a filter put in, or taken out when it is there already. */
export function toggled(search: Filters, dimension: Dimension, value: string): Filters {
  const values = search[dimension] ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return { [dimension]: next.length === 0 ? undefined : next };
}

/** Clears every filter; the period stays. */
export const noFilters: Filters = { country: undefined, product: undefined, customer: undefined };
