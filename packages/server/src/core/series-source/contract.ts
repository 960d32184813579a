import { z } from 'zod';
import { dateOrderSchema, delimiterSchema, encodingSchema } from '../csv/contract.ts';

// Runs in the browser too: imports nothing but the schema library and other contracts.

/** Longest names of groups and series, in UTF-16 units: the tables' keys. */
export const LOTO_CHARS = 64;
export const UNIQUE_ID_CHARS = 160;

const lotoName = z.string().min(1).max(LOTO_CHARS);
const column = z.string().min(1).max(1000);

/** `date`: midnights in UTC; `datetime`: UTC epoch ms; `index`: whole numbers without a calendar. */
export const timeKindSchema = z.enum(['date', 'datetime', 'index']);
export type TimeKind = z.infer<typeof timeKindSchema>;

/**
 * How a table becomes series (loto, unique_id, ds, y). Everything may be left out: columns are found by name and content.
 * Values are in one column (`y`), in several that are a series each (`series`), or several in one cell (`numbers`).
 */
export const seriesLayoutSchema = z.strictObject({
  encoding: encodingSchema.optional(),
  delimiter: delimiterSchema.optional(),
  hasHeader: z.boolean().optional(),
  dateOrder: dateOrderSchema.optional(),
  /** IANA zone of times without an offset. */
  timeZone: z.string().refine(isTimeZone, 'must be an IANA zone such as Asia/Tokyo').default('UTC'),
  /** Column with the group of each row. */
  loto: column.optional(),
  /** Group of all rows, where no column says it; default: the file's name. */
  name: lotoName.optional(),
  id: column.optional(),
  /** Column with the times, or several that make one: `year,month`, `date,hour`. */
  time: column.optional(),
  y: column.optional(),
  series: z.array(column).min(1).max(500).optional(),
  numbers: column.optional(),
  /** Further measured columns that are kept beside y; default: all that are left. */
  exogenous: z.array(column).max(50).optional(),
});
export type SeriesLayout = z.infer<typeof seriesLayoutSchema>;

/** How a text file is written, as far as it was said; the rest is found. */
export type TextChoices = Pick<SeriesLayout, 'encoding' | 'delimiter' | 'hasHeader' | 'dateOrder'>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
