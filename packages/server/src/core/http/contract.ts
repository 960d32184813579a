import { z } from 'zod';

/** UTC epoch milliseconds. */
export const timestamp = z.int().min(0);
/** `YYYY-MM-DD`, a local calendar day of the reporting zone. */
export const localDate = z.iso.date();
export const localeSchema = z.enum(['en', 'ja']);

/** RFC 9457 problem details; media type `application/problem+json`. `code` is stable, `detail` is for people. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  retryable: z.boolean(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  fields: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type Problem = z.infer<typeof problemSchema>;

/** A page of a list: pass `nextCursor` back as `cursor` for the next one; null at the end. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const okSchema = z.object({ ok: z.literal(true) });
