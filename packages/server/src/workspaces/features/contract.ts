import { z } from 'zod';
import { pageOf, pageQuery, timestamp } from '../../core/http/contract.ts';
import {
  LOTO_CHARS,
  seriesLayoutSchema,
  timeKindSchema,
  UNIQUE_ID_CHARS,
} from '../../core/series-source/contract.ts';

// Runs in the browser too: imports nothing but the schema library and other contracts.

const lotoName = z.string().min(1).max(LOTO_CHARS);
const uniqueId = z.string().min(1).max(UNIQUE_ID_CHARS);

/** What a validation says of one series. Times are UTC epoch ms, or whole numbers of an index. */
export const seriesFactsSchema = z.object({
  loto: z.string(),
  uniqueId: z.string(),
  n: z.int(),
  first: z.number(),
  last: z.number(),
  /** Points without a value, among `n`. */
  missing: z.int(),
  infinite: z.int(),
  /** Rows left out because an earlier row of the series has the same time. */
  duplicates: z.int(),
  /** Rows that came before one of an earlier time. */
  unsorted: z.int(),
  /** Steps more than twice the usual one. */
  gaps: z.int(),
  frequency: z.string(),
  constant: z.boolean(),
});
export type SeriesFacts = z.infer<typeof seriesFactsSchema>;

/** What is found in a table before anything of it is stored. */
export const validationReportSchema = z.object({
  name: z.string(),
  text: z
    .object({ encoding: z.string(), delimiter: z.string(), hasHeader: z.boolean() })
    .nullable(),
  /** Names of the columns in their uses. */
  layout: z.object({
    form: z.enum(['long', 'wide', 'list']),
    loto: z.string().nullable(),
    id: z.string().nullable(),
    time: z.string(),
    values: z.array(z.string()),
    exogenous: z.array(z.string()),
  }),
  timeKind: timeKindSchema,
  rowsRead: z.int(),
  rowsRejected: z.int(),
  /** The first rejected rows. */
  rejected: z.array(
    z.object({
      line: z.int(),
      column: z.string().nullable(),
      code: z.string(),
      /** In the reader's language. */
      message: z.string(),
      value: z.string().nullable(),
    }),
  ),
  seriesCount: z.int(),
  /** Of all series, in the order in which they were found. */
  groups: z.array(z.string()).default([]),
  points: z.int(),
  missing: z.int(),
  infinite: z.int(),
  duplicates: z.int(),
  unsorted: z.int(),
  gaps: z.int(),
  constantSeries: z.int(),
  /** First and last time of all series; null when there is none. */
  range: z.object({ from: z.number(), to: z.number() }).nullable(),
  /** Number of series by frequency; more than one is a mixture. */
  frequencies: z.record(z.string(), z.int()),
  mixedFrequencies: z.boolean(),
  /** The first 1,000 series. */
  series: z.array(seriesFactsSchema),
});
export type ValidationReport = z.infer<typeof validationReportSchema>;

// —— Import: upload (or table) → checked with a report → stored ——

export const importStateSchema = z.enum([
  'checking',
  /** The report is there; nothing is stored yet. */
  'checked',
  'storing',
  'stored',
  'failed',
]);
export type ImportState = z.infer<typeof importStateSchema>;

/** POST /api/features/imports?name=draws.csv&layout={…}&store=true (body: the file's bytes, CSV or Parquet). */
export const uploadQuery = z.object({
  name: z.string().min(1).max(255),
  /** JSON of a layout. */
  layout: z.string().max(20_000).default('{}'),
  /** Store without asking again, unless a row was rejected. */
  store: z.enum(['true', 'false', 'good-rows']).default('false'),
});
/** POST /api/features/imports/table */
export const tableImportBody = z.object({
  table: z.string().min(1).max(200),
  layout: seriesLayoutSchema.default({ timeZone: 'UTC' }),
  store: z.enum(['true', 'false', 'good-rows']).default('false'),
});
export const importSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: importStateSchema,
  source: z.enum(['csv', 'parquet', 'table']),
  sizeBytes: z.int(),
  report: validationReportSchema.nullable(),
  progress: z.number(),
  error: z.string().nullable(),
  createdBy: z.string(),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
});
export type FeaturesImport = z.infer<typeof importSchema>;
/** GET /api/features/imports, …/:id, POST …/:id/store */
export const importsPageSchema = pageOf(importSchema);
export const importsQuery = pageQuery;

/** GET /api/features/series?loto&search: what is stored. */
export const seriesQuery = pageQuery.extend({
  loto: lotoName.optional(),
  search: z.string().max(100).default(''),
});
export const seriesSchema = seriesFactsSchema
  .omit({ duplicates: true, unsorted: true })
  .extend({ timeKind: timeKindSchema, exogenous: z.array(z.string()), importedAt: timestamp });
export type StoredSeries = z.infer<typeof seriesSchema>;
export const seriesPageSchema = pageOf(seriesSchema);
/** GET /api/features/datasets: the groups. */
export const datasetsSchema = z.object({
  items: z.array(z.object({ loto: z.string(), series: z.int(), points: z.int() })),
});
/** GET /api/features/points?loto&uniqueId */
export const pointsQuery = z.object({ loto: lotoName, uniqueId });
export const pointsSchema = z.object({
  timeKind: timeKindSchema,
  t: z.array(z.number()),
  y: z.array(z.number().nullable()),
  exogenous: z.record(z.string(), z.array(z.number().nullable())),
});

export * from './insight-contract.ts';

// —— Catalogue ——

export const pipelineIds = [
  'basic',
  'rolling',
  'lags',
  'trend',
  'autocorrelation',
  'tsfresh',
  'tsfel',
  'catch22',
  'antropy',
  'matrix-profile',
  'anomaly',
  'calendar',
  'lottery',
  'static',
] as const;
const parameterValue = z.union([z.number(), z.string(), z.boolean(), z.array(z.number())]);
export const parametersSchema = z.record(z.string().max(60), parameterValue);
/** How the work grows with the length n of a series, cheapest first. */
export const featureCosts = ['n', 'n log n', 'n·window', 'n²'] as const;
const bilingualText = z.object({ en: z.string(), ja: z.string() });

/** How far a set agrees with what another library computed for the same series. */
export const peerAgreementSchema = z.object({
  peer: z.string(),
  version: z.string(),
  series: z.int(),
  /** Numbers compared, and those that agree; the others depart for a reason that the reference page gives. */
  values: z.int(),
  agreeing: z.int(),
});

/** GET /api/features/catalogue */
export const catalogueSchema = z.object({
  sets: z.array(
    z.object({
      name: z.string(),
      pipeline: z.enum(pipelineIds),
      kind: z.enum(['summary', 'columns']),
      version: z.int(),
      parameters: z.record(z.string(), parameterValue),
      /** What each of them means. */
      parameterTexts: z.record(z.string(), bilingualText),
      /** Whether a run computes it unless told otherwise. */
      default: z.boolean(),
      /** Empty where there is no peer. */
      agreement: z.array(peerAgreementSchema),
      features: z.array(
        z.object({
          name: z.string(),
          alias: z.string().nullable(),
          formula: bilingualText,
          /** A citation, as its authors wrote it. */
          source: z.string(),
          unit: bilingualText,
          cost: z.enum(featureCosts),
          missing: z.enum(['dropped', 'kept']),
          pointInTime: z.boolean(),
          /** Whether the curated choice for trailing windows holds it. */
          curated: z.boolean(),
        }),
      ),
    }),
  ),
});
export type Catalogue = z.infer<typeof catalogueSchema>;

// —— Runs ——

export const errorModeSchema = z.enum(['raise', 'warn', 'ignore']);
/** One set of features in a run. */
export const runSetSchema = z.strictObject({
  set: z.string().min(1).max(60),
  parameters: parametersSchema.default({}),
  /** `raise` ends the run, `warn` notes it and leaves the values out, `ignore` leaves them out. */
  errors: errorModeSchema.default('warn'),
  retries: z.int().min(0).max(5).default(0),
  /** Sets that describe a whole series: also over trailing windows, into features_hist. */
  windows: z
    .strictObject({
      points: z.int().min(4).max(100_000).default(90),
      features: z.enum(['curated', 'all']).default('curated'),
    })
    .optional(),
  /** Whether the values of the whole series are wanted (features_stat). */
  whole: z.boolean().default(true),
});
export type RunSet = z.infer<typeof runSetSchema>;

/** `auto`: on a GPU where the machine has one; `require`: not without. */
export const gpuModeSchema = z.enum(['off', 'auto', 'require']);
export type GpuMode = z.infer<typeof gpuModeSchema>;

/** POST /api/features/runs, and the YAML of `kizashi features run --config`. */
export const runBody = z.strictObject({
  name: z.string().max(200).default(''),
  /** Groups; all when left out. */
  datasets: z.array(lotoName).max(1000).optional(),
  /** Single series, besides the groups. */
  series: z
    .array(z.strictObject({ loto: lotoName, uniqueId }))
    .max(10_000)
    .optional(),
  /** Default: every pipeline, windows of 90 points for those that describe a whole series. */
  sets: z.array(runSetSchema).min(1).max(40).optional(),
  /** Rows of features_futr after the last point of each series. */
  horizon: z.int().min(0).max(3660).default(28),
  /** Columns by time that look at the whole series go into features_hist too; a model that learns from them is told the future. */
  lookahead: z.boolean().default(false),
  /** ISO country of the holidays. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('JP'),
  /** Compute again what is in the cache. */
  fresh: z.boolean().default(false),
  /** Default: KIZASHI_FEATURES_GPU of the machine that computes. */
  gpu: gpuModeSchema.optional(),
});
export type RunBody = z.infer<typeof runBody>;

/** The YAML of `kizashi features run --config`: what to import first, and the run. */
export const runConfigSchema = runBody.extend({
  /** Address of the database, for a command that works without a server. */
  database: z.string().max(1000).optional(),
  files: z
    .array(
      z.union([
        z.string().transform((path) => ({ path, layout: seriesLayoutSchema.parse({}) })),
        z.strictObject({
          path: z.string(),
          layout: seriesLayoutSchema.default({ timeZone: 'UTC' }),
        }),
      ]),
    )
    .max(1000)
    .default([]),
  tables: z
    .array(
      z.strictObject({
        table: z.string().min(1).max(200),
        layout: seriesLayoutSchema.default({ timeZone: 'UTC' }),
      }),
    )
    .max(100)
    .default([]),
});
export type RunConfig = z.infer<typeof runConfigSchema>;

export const runStateSchema = z.enum([
  'planning',
  'running',
  'paused',
  'done',
  'failed',
  'cancelled',
]);
export type RunState = z.infer<typeof runStateSchema>;

export const runSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: runStateSchema,
  options: runBody,
  createdBy: z.string(),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  seriesTotal: z.int(),
  seriesDone: z.int(),
  seriesFailed: z.int(),
  pointsTotal: z.int(),
  pointsDone: z.int(),
  rowsWritten: z.int(),
  cacheHits: z.int(),
  warnings: z.int(),
  /** 0..1, by points. */
  progress: z.number(),
  /** Milliseconds left at the pace so far; null before the first series is done and after the end. */
  etaMs: z.number().nullable(),
  /** Milliseconds of computing by set, over all threads and machines. */
  timings: z.record(z.string(), z.number()),
  error: z.string().nullable(),
});
export type FeaturesRun = z.infer<typeof runSchema>;
export const runsPageSchema = pageOf(runSchema);
export const runsQuery = pageQuery;

/** GET /api/features/runs/:id/series?state */
export const runSeriesStateSchema = z.enum(['waiting', 'done', 'failed']);
export const runSeriesQuery = pageQuery.extend({ state: runSeriesStateSchema.optional() });
export const runSeriesPageSchema = pageOf(
  z.object({
    loto: z.string(),
    uniqueId: z.string(),
    state: runSeriesStateSchema,
    points: z.int(),
    rows: z.int(),
    messages: z.array(z.string()),
    finishedAt: timestamp.nullable(),
  }),
);

// —— Values ——

export const tableSchema = z.enum(['hist', 'futr', 'stat']);
export type FeatureTable = z.infer<typeof tableSchema>;

const featureValue = z.union([
  z.number(),
  z.null(),
  /** `Infinity`, `-Infinity`, or a name. */
  z.string(),
  z.array(z.union([z.number(), z.null(), z.string()])),
]);
/** Values by set, then by the feature's name. */
export const valuesSchema = z.record(z.string(), z.record(z.string(), featureValue));
export type FeatureValues = z.infer<typeof valuesSchema>;

/** GET /api/features/values/hist?loto&uniqueId */
export const valuesQuery = pageQuery.extend({ loto: lotoName, uniqueId: uniqueId.optional() });
export const valuesPageSchema = pageOf(
  z.object({
    loto: z.string(),
    uniqueId: z.string(),
    /** Absent in features_stat. */
    ds: z.number().optional(),
    values: valuesSchema,
  }),
);

/** GET /api/features/export/hist?format=csv&loto */
export const exportQuery = z.object({
  format: z.enum(['csv', 'parquet']).default('csv'),
  loto: lotoName.optional(),
});

/** GET /api/features/health */
export const healthSchema = z.object({
  database: z.object({ ok: z.boolean(), engine: z.string(), detail: z.string() }),
  gpu: z.object({
    status: z.enum(['not-asked', 'none', 'available']),
    /** Whether runs fail without one. */
    required: z.boolean(),
    detail: z.string(),
  }),
  disk: z.object({ ok: z.boolean(), freeBytes: z.number(), detail: z.string() }),
});
export type FeaturesHealth = z.infer<typeof healthSchema>;
