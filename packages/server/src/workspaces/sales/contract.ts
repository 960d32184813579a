import { z } from 'zod';
import {
  type ColumnType,
  columnTypeSchema,
  delimiters,
  encodings,
} from '../../core/csv/contract.ts';
import { localDate, pageOf, pageQuery, timestamp } from '../../core/http/contract.ts';
import { filtersQuery } from '../../core/measures/contract.ts';

/** The eight figures of Home. Each is also a measure `sales.<id>` that can be charted, forecast and alerted on. */
export const kpiIds = [
  'revenue',
  'orders',
  'customers',
  'average-order',
  'new-customers',
  'repeat-rate',
  'returns-rate',
  'items-per-order',
] as const;
export const kpiIdSchema = z.enum(kpiIds);

/** Filters: `country`, `product`, `customer`. */
export const salesDimensions = ['country', 'product', 'customer'] as const;
export const periodQuery = filtersQuery.extend({ from: localDate, to: localDate });

/**
 * GET /api/sales/overview?from&to&filter. `value` is null where it is undefined (a ratio without orders).
 * `change` is (value − previous) / |previous|, null when that is undefined.
 */
export const overviewSchema = z.object({
  period: z.object({ from: localDate, to: localDate }),
  previous: z.object({ from: localDate, to: localDate }),
  kpis: z.array(
    z.object({
      id: kpiIdSchema,
      unit: z.enum(['money', 'count', 'ratio', 'number']),
      value: z.number().nullable(),
      previous: z.number().nullable(),
      change: z.number().nullable(),
      /** True when a rise is good news. */
      higherIsBetter: z.boolean(),
      trend: z.object({ t: z.array(localDate), y: z.array(z.number().nullable()) }),
    }),
  ),
  /** Version of the facts the figures were computed from. */
  version: z.int(),
});
export type Overview = z.infer<typeof overviewSchema>;

/** GET /api/sales/breakdown?by=product&from&to&filter&limit: largest revenue first. */
export const breakdownQuery = periodQuery.extend({
  by: z.enum(['product', 'country', 'customer', 'weekday', 'hour']),
  limit: z.coerce.number().int().min(1).max(500).default(10),
});
export const breakdownSchema = z.object({
  by: z.string(),
  items: z.array(
    z.object({
      key: z.string(),
      /** Name fit for people; the key where there is none. */
      label: z.string(),
      revenue: z.number(),
      previousRevenue: z.number(),
      orders: z.int(),
      units: z.number(),
      share: z.number(),
    }),
  ),
  total: z.object({ revenue: z.number(), count: z.int() }),
});
export type Breakdown = z.infer<typeof breakdownSchema>;

/** GET /api/sales/values?dimension=country&search=: values for a filter, most revenue first. */
export const valuesQuery = z.object({
  dimension: z.enum(salesDimensions),
  search: z.string().max(100).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const valuesSchema = z.object({
  items: z.array(z.object({ value: z.string(), label: z.string() })),
});

/** GET /api/sales/range: first and last local day with data; null when there are no sales yet. */
export const rangeSchema = z.object({
  range: z.object({ from: localDate, to: localDate }).nullable(),
  lines: z.int(),
  demo: z.boolean(),
});

// —— Import: upload → inspect → start → progress (topic `sales.imports`) → done, rejected or undone ——

/** What a column of the file is used for. `amount` replaces quantity × unitPrice where a file has only totals. */
export const fieldSchema = z.enum([
  'order',
  'time',
  'product',
  'productName',
  'customer',
  'country',
  'quantity',
  'unitPrice',
  'amount',
  'ignore',
]);
export type Field = z.infer<typeof fieldSchema>;

/**
 * How the cells of a field may be read; the first is how they are unless somebody chooses another. A code read as
 * `integer` is kept as the whole number it is (`17850.0` and `17,850` become `17850`), a time read as `date` is the day's
 * midnight and has no time of day, a price read as `number` has no currency mark.
 */
export const fieldTypes = {
  order: ['text', 'integer'],
  time: ['datetime', 'date'],
  product: ['text', 'integer'],
  productName: ['text'],
  customer: ['text', 'integer'],
  country: ['text'],
  quantity: ['number', 'integer'],
  unitPrice: ['currency', 'number', 'integer'],
  amount: ['currency', 'number', 'integer'],
  ignore: ['text'],
} as const satisfies Readonly<Record<Field, readonly [ColumnType, ...ColumnType[]]>>;

/** Whether a column of this field may be read so; what is not used is not read. */
export function fitsField(field: Field, type: ColumnType): boolean {
  const fitting: readonly ColumnType[] = fieldTypes[field];
  return field === 'ignore' || fitting.includes(type);
}

/** POST /api/sales/uploads?name=orders.csv (body: the file's bytes) → upload; GET /api/sales/uploads/:id?encoding&delimiter&hasHeader re-inspects. */
export const uploadSchema = z.object({
  id: z.string(),
  name: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  /** An import of the same bytes that is already stored. */
  duplicateOf: z
    .object({ importId: z.string(), name: z.string(), finishedAt: timestamp })
    .nullable(),
  encoding: z.string(),
  delimiter: z.string(),
  hasHeader: z.boolean(),
  columns: z.array(
    z.object({
      index: z.int(),
      name: z.string(),
      /** How the column is read as the field guessed; of an unused one, what it seems to hold. */
      type: columnTypeSchema,
      field: fieldSchema,
      samples: z.array(z.string()),
    }),
  ),
  /** First rows as text, for the preview. */
  preview: z.array(z.array(z.string())),
  /** Rows counted or, for a large file, estimated from the sample. */
  rowsEstimated: z.int(),
  dateOrder: z.enum(['unambiguous', 'day-first', 'month-first']),
});
export type Upload = z.infer<typeof uploadSchema>;
const encoding = z
  .string()
  .refine(
    (name) => encodings.some((known) => known === name),
    `must be one of ${encodings.join(', ')}`,
  );
const delimiter = z
  .string()
  .refine((mark) => delimiters.some((known) => known === mark), 'must be , ; | or a tab');
const timeZone = z.string().refine(isTimeZone, 'must be an IANA zone such as Asia/Tokyo');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const inspectQuery = z.object({
  encoding: encoding.optional(),
  delimiter: delimiter.optional(),
  hasHeader: z.enum(['true', 'false']).optional(),
});

export const importMappingSchema = z.object({
  encoding,
  delimiter,
  hasHeader: z.boolean(),
  /** One entry per column of the file, in order; `type` is one of `fieldTypes`. */
  columns: z.array(z.object({ field: fieldSchema, type: columnTypeSchema })).max(500),
  dateOrder: z.enum(['unambiguous', 'day-first', 'month-first']),
  /** Absent: as found in the file. */
  decimalMark: z.enum(['.', ',']).optional(),
  /** IANA zone of times without an offset. */
  timeZone,
  /** ISO 4217. All sales share one currency. */
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type ImportMapping = z.infer<typeof importMappingSchema>;

/** POST /api/sales/uploads/:id/preview: the first rows as they would be stored, and the errors among them. */
export const importPreviewSchema = z.object({
  rows: z.array(
    z.object({
      line: z.int(),
      /** One per column of the file: columns in use as stored (times in UTC, days as such, money in major units), others as text. */
      values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
      errors: z.array(
        z.object({ column: z.string().nullable(), code: z.string(), value: z.string().nullable() }),
      ),
    }),
  ),
  /** What keeps the import from being started: a required field without a column, … in words. */
  problems: z.array(z.string()),
});

/** POST /api/sales/imports */
export const importBody = z.object({
  uploadId: z.string(),
  mapping: importMappingSchema,
  mode: z.enum(['all-or-nothing', 'good-rows']),
  /** Store the same bytes a second time. */
  allowDuplicate: z.boolean().default(false),
});
export const importStateSchema = z.enum([
  'waiting',
  'running',
  'done',
  /** All or nothing, and a row was bad: nothing was stored. */
  'rejected',
  'failed',
  'cancelled',
  'undoing',
  'undone',
]);
export const importSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: importStateSchema,
  mode: z.enum(['all-or-nothing', 'good-rows']),
  mapping: importMappingSchema,
  demo: z.boolean(),
  jobId: z.string().nullable(),
  createdBy: z.string(),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
  rowsRead: z.int(),
  rowsStored: z.int(),
  rowsRejected: z.int(),
  /** Stored but not counted in revenue: price zero or below. */
  rowsAdjustment: z.int(),
  progress: z.number(),
  error: z.string().nullable(),
});
export type SalesImport = z.infer<typeof importSchema>;
/** GET /api/sales/imports, GET /api/sales/imports/:id, POST /api/sales/imports/:id/undo, POST …/cancel */
export const importsPageSchema = pageOf(importSchema);
export const importsQuery = pageQuery;
/** GET /api/sales/imports/:id/errors?cursor; GET /api/sales/imports/:id/rejected.csv (the whole file) */
export const importErrorSchema = z.object({
  line: z.int(),
  column: z.string().nullable(),
  code: z.string(),
  /** In the caller's language. */
  message: z.string(),
  value: z.string().nullable(),
});
export const importErrorsPageSchema = pageOf(importErrorSchema);

/** Topic `sales.imports` (permission sales.read). */
/** Topic `sales.data` (permission sales.read): the facts changed; load what is shown afresh. */
export const dataMessage = z.object({ version: z.int(), reason: z.string(), lines: z.int() });

/** GET /api/sales/export.csv?from&to&filter: the lines of the period, formula-safe (permission sales.export). */
export const exportQuery = periodQuery.extend({
  encoding: z.enum(['utf-8', 'shift_jis']).default('utf-8'),
});
