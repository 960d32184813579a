import { z } from 'zod';
import { delimiterSchema, encodingSchema } from '../csv/contract.ts';
import { eventDaySchema } from '../forecast/contract.ts';
import { localDate, timestamp } from '../http/contract.ts';
import { jobStateSchema } from '../jobs/contract.ts';
import { seriesLayoutSchema } from '../series-source/contract.ts';
import { stockChoices } from '../stock/contract.ts';

// Runs in the browser too: imports nothing but the schema library and other contracts.

const column = z.string().min(1).max(1000);
const fraction = z.number().gt(0).lt(1);
const horizon = z.int().min(1).max(10_000);
const season = z.int().min(1).max(100_000);
const layout = seriesLayoutSchema.default({ timeZone: 'UTC' });
const text = {
  encoding: encodingSchema.optional(),
  delimiter: delimiterSchema.optional(),
  hasHeader: z.boolean().optional(),
};
const purchases = {
  ...text,
  dateOrder: z.enum(['day-first', 'month-first']).optional(),
  customer: column,
  quantity: column.optional(),
  /** Last day to look at; default: the last in the file. */
  until: localDate.optional(),
};

const forecasts = {
  layout,
  /** Default: found. */
  season: season.optional(),
  /** A model by name; default the best of the back-test. */
  model: z.string().min(1).max(40).default('auto'),
  /** Holidays of a country, as two letters. */
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  /** Whether the widths of intervals are learnt from ten or more series together. */
  pooled: z.boolean().default(true),
  /** For the model prophet. */
  events: z.array(eventDaySchema).max(300).optional(),
};

/** What each analysis can be told, by its kind. The commands of the same names take the same. */
export const analysisOptions = {
  forecast: z.strictObject({
    ...forecasts,
    h: horizon,
    levels: z.array(fraction).min(1).max(5).default([0.8, 0.95]),
    nonNegative: z.boolean().optional(),
  }),
  stock: z.strictObject({ ...forecasts, ...stockChoices }),
  anomalies: z.strictObject({
    layout,
    method: z.string().min(1).max(40).optional(),
    threshold: fraction.optional(),
    level: fraction.optional(),
    season: season.optional(),
  }),
  customers: z.strictObject({
    ...purchases,
    time: column,
    amount: column,
    item: column.optional(),
    horizonDays: z.int().min(1).max(100_000).optional(),
    /** Also the probability to buy within so many days. */
    withinDays: z.int().min(1).max(3650).optional(),
    months: z.int().min(1).max(1200).default(12),
    monthlyDiscount: z.number().min(0).max(1).default(0.01),
    level: fraction.default(0.8),
  }),
  recommend: z.strictObject({
    ...purchases,
    item: column,
    time: column.optional(),
    order: column.optional(),
    count: z.int().min(1).max(1000).default(10),
    model: z.enum(['ease', 'als', 'item-knn']).default('ease'),
    customers: z.array(z.string().max(1000)).max(10_000).default([]),
    maxItems: z.int().min(1).max(10_000).default(4000),
    minSupport: fraction.default(0.01),
    minConfidence: fraction.default(0.2),
    maxRules: z.int().min(1).max(100_000).default(100),
  }),
  cluster: z.strictObject({
    ...text,
    columns: z.array(column).min(1).max(500),
    id: column.optional(),
    /** Number of groups; default: found. */
    k: z.int().min(1).max(1000).optional(),
    maxK: z.int().min(1).max(50).default(10),
    method: z.enum(['k-means', 'ward', 'average', 'complete', 'single']).default('k-means'),
    seed: z.int().min(0).default(1),
    raw: z.boolean().default(false),
  }),
} as const;
export type AnalysisOptions = typeof analysisOptions;
export type AnalysisKind = keyof AnalysisOptions;
export const analysisKinds = Object.keys(analysisOptions) as [AnalysisKind, ...AnalysisKind[]];
export const analysisKindSchema = z.enum(analysisKinds);

/** POST /api/analyses?kind=&name=&options= with the bytes of a CSV or Parquet file. */
export const analysisQuery = z.object({
  kind: analysisKindSchema,
  /** The file's name, as error messages and the list say it. */
  name: z.string().min(1).max(255),
  /** JSON of `analysisOptions[kind]`. */
  options: z.string().max(20_000).default('{}'),
});

/** GET /api/analyses/:id; its result at /api/analyses/:id/result is what the command prints with --json. */
export const analysisSchema = z.object({
  id: z.string(),
  kind: analysisKindSchema,
  name: z.string(),
  state: jobStateSchema,
  progress: z.object({ fraction: z.number(), note: z.string().nullable() }),
  /** In the reader's language. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
});
export type Analysis = z.infer<typeof analysisSchema>;
