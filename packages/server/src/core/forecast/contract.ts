import { z } from 'zod';
import { localDate } from '../http/contract.ts';
import { bucketSchema, filtersQuery, measureSchema } from '../measures/contract.ts';

export const forecastModelSchema = z.enum(['auto', 'ets', 'theta', 'seasonal-naive']);

/** A day that `prophet` should know of besides holidays; days of one name share an effect. */
export const eventDaySchema = z.strictObject({
  date: localDate,
  name: z.string().min(1).max(100),
  /** Days around it that it works on too: `2` for two before and after, `-1:3` from one before to three after. */
  window: z
    .string()
    .regex(/^(\d{1,2}|-\d{1,2}:\d{1,2})$/)
    .optional(),
});
export type EventDay = z.infer<typeof eventDaySchema>;

/**
 * GET /api/forecast?measure&horizon&bucket&model&level&filter&from&to. History is all data up to `to`
 * (default: last day with data) from `from` (default: first). An unfinished last week or month is left out.
 */
export const forecastQuery = filtersQuery.extend({
  measure: z.string().max(100),
  horizon: z.coerce.number().int().min(1).max(730).default(28),
  bucket: bucketSchema.default('day'),
  model: forecastModelSchema.default('auto'),
  /** Interval levels as fractions, comma separated. */
  level: z
    .string()
    .max(60)
    .default('0.8,0.95')
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(z.number().gt(0).lt(1)).min(1).max(5)),
  from: localDate.optional(),
  to: localDate.optional(),
});

/** Back-test figures over the same rolling origins; null where a measure is undefined for the data. */
export const scoresSchema = z.object({
  mae: z.number().nullable(),
  rmse: z.number().nullable(),
  mape: z.number().nullable(),
  smape: z.number().nullable(),
  mase: z.number().nullable(),
  bias: z.number().nullable(),
});

export const forecastSchema = z.object({
  measure: measureSchema,
  bucket: bucketSchema,
  /** What was fitted, e.g. `ETS(A,N,A)`; season length in buckets. */
  model: z.string(),
  seasonLength: z.int(),
  history: z.object({ t: z.array(localDate), y: z.array(z.number().nullable()) }),
  t: z.array(localDate),
  mean: z.array(z.number()),
  /** One entry per level, widest last. `coverage` was measured on the back-test; `width` is the mean width. */
  intervals: z.array(
    z.object({
      level: z.number(),
      lower: z.array(z.number()),
      upper: z.array(z.number()),
      coverage: z.number().nullable(),
      width: z.number(),
      method: z.enum(['conformal', 'model']),
    }),
  ),
  backtest: z
    .object({
      folds: z.int(),
      horizon: z.int(),
      model: scoresSchema,
      seasonalNaive: scoresSchema,
      /** Model's MAE / seasonal naive's MAE: below 1 is better. */
      ratio: z.number().nullable(),
    })
    .nullable(),
  /** Stable codes with words in the caller's language. */
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type ForecastReply = z.infer<typeof forecastSchema>;
