import { z } from 'zod';
import { localDate } from '../http/contract.ts';

export const measureUnitSchema = z.enum(['money', 'count', 'ratio', 'number']);
/** GET /api/measures: those the caller may see. */
export const measureSchema = z.object({
  id: z.string(),
  title: z.object({ en: z.string(), ja: z.string() }),
  unit: measureUnitSchema,
  dimensions: z.array(z.string()),
});
export const measuresSchema = z.object({ items: z.array(measureSchema) });
export type MeasureInfo = z.infer<typeof measureSchema>;

/** Filters travel as repeated query parameters: `filter=country:Germany&filter=country:France`. */
export const filtersQuery = z.object({
  filter: z
    .union([z.string().max(300), z.array(z.string().max(300)).max(100)])
    .optional()
    .transform((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value])),
});

export const bucketSchema = z.enum(['day', 'week', 'month']);

/** GET /api/measures/:id/series?from&to&bucket&filter (ids contain a dot: sales.revenue) */
export const measureSeriesQuery = filtersQuery.extend({
  from: localDate,
  to: localDate,
  bucket: bucketSchema.default('day'),
});
export const measureSeriesSchema = z.object({
  measure: measureSchema,
  t: z.array(localDate),
  y: z.array(z.number().nullable()),
});
export type MeasureSeriesReply = z.infer<typeof measureSeriesSchema>;
