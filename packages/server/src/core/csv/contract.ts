import { z } from 'zod';

// Runs in the browser too: imports nothing but the schema library.

/** WHATWG labels. `shift_jis` is CP932 (Windows-31J), as everywhere on the web. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-jp',
  'windows-1252',
] as const;
export const encodingSchema = z.enum(encodings);
export type Encoding = z.infer<typeof encodingSchema>;

export const delimiters = [',', '\t', ';', '|'] as const;
export const delimiterSchema = z.enum(delimiters);
export type Delimiter = z.infer<typeof delimiterSchema>;

export const columnTypes = [
  'text',
  'integer',
  'number',
  'currency',
  'percent',
  'boolean',
  'date',
  'datetime',
  'empty',
] as const;
export const columnTypeSchema = z.enum(columnTypes);
export type ColumnType = z.infer<typeof columnTypeSchema>;

/** How 04/11/2025 is read. `unambiguous`: not at all, only forms with one meaning are dates. */
export const dateOrders = ['unambiguous', 'day-first', 'month-first'] as const;
export const dateOrderSchema = z.enum(dateOrders);
export type DateOrder = z.infer<typeof dateOrderSchema>;

/**
 * Date notations; each may be followed by a time. `iso8601` wants two-digit months and days and knows offsets and the
 * basic form 20250410T1000Z; `YYYY-MM-DD` and its siblings also take 2025-4-1. `japanese` is 2025年4月1日, `wareki`
 * 令和7年4月1日 and R7.4.1, `month-name` 1 Apr 2025 and April 1, 2025.
 */
export const dateFormats = [
  'iso8601',
  'YYYY-MM-DD',
  'YYYY/MM/DD',
  'YYYY.MM.DD',
  'YYYYMMDD',
  'japanese',
  'wareki',
  'month-name',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
] as const;
export const dateFormatSchema = z.enum(dateFormats);
export type DateFormat = z.infer<typeof dateFormatSchema>;

/** What holds for every cell of a file. */
export const valueFormatSchema = z.strictObject({
  /** IANA zone of times written without an offset. */
  timeZone: z.string().min(1).max(64).default('UTC'),
  dateOrder: dateOrderSchema.default('unambiguous'),
  /** `,` reads 1.234,56 as the continent of Europe writes it. */
  decimalMark: z.enum(['.', ',']).default('.'),
  /** In Shift_JIS files the yen sign is byte 0x5C and arrives as a backslash; true reads it as yen in currency cells. */
  backslashIsYen: z.boolean().default(false),
});
export type ValueFormat = z.infer<typeof valueFormatSchema>;

/** What one column of a file must hold. */
export const columnRuleSchema = z.strictObject({
  /** Name in error reports. */
  name: z.string().max(1000),
  /** Position in the file, from 0. */
  index: z.int().min(0),
  /** `empty` is read as text. */
  type: columnTypeSchema,
  required: z.boolean().default(false),
  /** No two rows may hold the same value; empty cells do not count. The first row wins, even if it is rejected itself. */
  unique: z.boolean().default(false),
  /** Inclusive bounds: integer, number, currency and percent in the cell's own unit (percent: fraction); date: `YYYY-MM-DD`; datetime: UTC epoch ms. */
  min: z.union([z.number(), z.iso.date()]).optional(),
  max: z.union([z.number(), z.iso.date()]).optional(),
  /** Longest text, in UTF-16 units; the default is what a spreadsheet cell holds. */
  maxChars: z.int().min(1).default(32_767),
  format: z.enum(['email']).optional(),
  /** Date notations allowed; without it all that are unambiguous, and the one `dateOrder` names. */
  formats: z.array(dateFormatSchema).min(1).optional(),
  /** Currency: round beyond four decimals (half away from zero) instead of rejecting the cell. */
  round: z.boolean().default(false),
});
export type ColumnRule = z.infer<typeof columnRuleSchema>;
/** A rule as it may be written: everything with a default left out. */
export type ColumnRuleInput = z.input<typeof columnRuleSchema>;

export const rowErrorCodes = [
  // One cell.
  'required',
  'duplicate',
  'not-a-number',
  'not-an-integer',
  'not-a-percent',
  'not-a-boolean',
  'invalid-date',
  'invalid-format',
  'too-many-decimals',
  'out-of-range',
  'below-minimum',
  'above-maximum',
  'too-long',
  'invalid-characters',
  // The whole row; `column` and `value` are null.
  'too-few-columns',
  'too-many-columns',
  'unterminated-quote',
  'text-after-quote',
  'row-too-long',
] as const;
export const rowErrorCodeSchema = z.enum(rowErrorCodes);
export type RowErrorCode = z.infer<typeof rowErrorCodeSchema>;

export const rowErrorSchema = z.object({
  /** Physical line on which the row begins; the first line of the file is 1. */
  line: z.int(),
  column: z.string().nullable(),
  code: rowErrorCodeSchema,
  /** The cell as written, at most 200 characters of it. */
  value: z.string().nullable(),
});
export type RowError = z.infer<typeof rowErrorSchema>;
