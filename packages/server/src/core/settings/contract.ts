import { z } from 'zod';

/** GET /api/settings (signed in), PATCH /api/settings (permission settings.manage) */
export const organisationSchema = z.object({
  name: z.string().trim().min(1).max(120),
  timeZone: z.string().max(64),
  currency: z.string().regex(/^[A-Z]{3}$/),
  fiscalYearStartMonth: z.int().min(1).max(12),
  weekStartsOn: z.union([z.literal(1), z.literal(7)]),
  registration: z.enum(['open', 'invited', 'closed']),
});
export type Organisation = z.infer<typeof organisationSchema>;
export const organisationBody = organisationSchema.partial();

/** GET /api/about (signed in): build and licences. */
export const aboutSchema = z.object({
  version: z.string(),
  commit: z.string().nullable(),
  node: z.string(),
  database: z.string(),
  queue: z.enum(['embedded', 'redis']),
  uptimeSeconds: z.number(),
  emailConfigured: z.boolean(),
});
