import { z } from 'zod';
import { ApiError, BAD_REPLY } from '../../../app/api-error.ts';

const time = z.union([z.string(), z.number()]);
const number = z.number().nullable();
const numbersByLevel = z.record(z.string(), z.array(number));
const scores = z.object({
  mae: number,
  rmse: number,
  mape: number,
  smape: number,
  mase: number,
  owa: number,
  bias: number,
});

/** One series of the document that `kizashi forecast FILE --json` prints; without a model it could not be forecast. */
const forecastSchema = z.object({
  model: z.string().nullable(),
  t: z.array(time),
  mean: z.array(number),
  lower: numbersByLevel,
  upper: numbersByLevel,
  /** What the widths come from; not there without a model. */
  intervals: z.object({ kind: z.string(), series: z.int() }).optional(),
  backtest: scores
    .extend({
      h: z.int(),
      origins: z.int(),
      coverage: z.record(z.string(), number),
      seasonalNaive: scores,
    })
    .nullable(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type SeriesForecast = z.infer<typeof forecastSchema>;
export type Backtest = NonNullable<SeriesForecast['backtest']>;

const reasonSchema = z.object({
  code: z.enum([
    'high',
    'low',
    'rise',
    'fall',
    'high-for-the-time',
    'low-for-the-time',
    'new-shape',
    'restless',
    'still',
    'above-forecast',
    'below-forecast',
    'changed',
  ]),
  points: z.int(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** One series of the document that `kizashi anomalies FILE --json` prints. */
const anomaliesSchema = z.object({
  points: z.array(
    z.object({
      t: time,
      y: number,
      score: z.number(),
      lower: number,
      upper: number,
      anomaly: z.boolean(),
      reasons: z.array(reasonSchema).optional(),
    }),
  ),
});
export type JudgedPoint = z.infer<typeof anomaliesSchema>['points'][number];

/** Series by their names. Only what is looked at is checked: a file may hold hundreds of long ones. */
export type SeriesDocument = ReadonlyMap<string, unknown>;

export const documentSchema = z
  .object({ series: z.custom<object>((value) => typeof value === 'object' && value !== null) })
  .transform(({ series }): SeriesDocument => new Map(Object.entries(series)));

/** @throws ApiError BAD_REPLY */
export function forecastOf(
  document: SeriesDocument | undefined,
  id: string,
): SeriesForecast | undefined {
  return member(document, id, forecastSchema);
}

/** @throws ApiError BAD_REPLY */
export function pointsOf(
  document: SeriesDocument | undefined,
  id: string,
): readonly JudgedPoint[] | undefined {
  return member(document, id, anomaliesSchema)?.points;
}

function member<T>(document: SeriesDocument | undefined, id: string, schema: z.ZodType<T>) {
  const value = document?.get(id);
  if (value === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new ApiError(BAD_REPLY, { status: 200, cause: parsed.error });
  return parsed.data;
}
