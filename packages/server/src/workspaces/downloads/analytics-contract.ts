import { z } from 'zod';
import { pageOf, pageQuery, timestamp } from '../../core/http/contract.ts';

/** What is noted of the work, in the order it happens in. */
export const eventKindSchema = z.enum([
  'session_started',
  'session_ended',
  'search_performed',
  'api_request',
  'job_created',
  'job_completed',
  'job_failed',
  'job_cancelled',
  'download_started',
  'download_paused',
  'download_resumed',
  'download_retried',
  'download_completed',
  'download_failed',
  'download_cancelled',
  'download_linked',
  'piece_repaired',
  'address_refreshed',
  'file_verified',
  'file_scanned',
  'file_quarantined',
  'file_released',
  'optimiser_decided',
]);
export type EventKind = z.infer<typeof eventKindSchema>;

export const downloadEventSchema = z.object({
  id: z.string(),
  at: timestamp,
  kind: eventKindSchema,
  jobId: z.string().nullable(),
  itemId: z.string().nullable(),
  source: z.string().nullable(),
  host: z.string().nullable(),
  bytes: z.number().nullable(),
  durationMs: z.number().nullable(),
  /** Code of an error, an HTTP status, a verdict. */
  code: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type DownloadEvent = z.infer<typeof downloadEventSchema>;
/** GET /api/downloads/events?kind&from&to, newest first */
export const eventsQuery = pageQuery.extend({
  kind: eventKindSchema.optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
});
export const eventsPageSchema = pageOf(downloadEventSchema);

/** GET /api/downloads/analytics?from&to (UTC epoch ms; default: the last 30 days) */
export const analyticsQuery = z.object({
  from: z.coerce.number().int().min(0).optional(),
  to: z.coerce.number().int().min(0).optional(),
});
const named = { name: z.string(), count: z.int(), bytes: z.number() };
export const analyticsSchema = z.object({
  from: timestamp,
  to: timestamp,
  /** IANA zone of the days. */
  timeZone: z.string(),
  usage: z.object({
    downloads: z.int(),
    completed: z.int(),
    failed: z.int(),
    cancelled: z.int(),
    linked: z.int(),
    bytes: z.number(),
    savedBytes: z.number(),
    wastedBytes: z.number(),
    searches: z.int(),
    apiRequests: z.int(),
    /** completed / (completed + failed); null before either. */
    successRate: z.number().nullable(),
  }),
  performance: z.object({
    /** Bytes per second of completed downloads. */
    medianBytesPerSecond: z.number().nullable(),
    p10BytesPerSecond: z.number().nullable(),
    p90BytesPerSecond: z.number().nullable(),
    medianSeconds: z.number().nullable(),
    medianApiMs: z.number().nullable(),
    p95ApiMs: z.number().nullable(),
    retriesPerDownload: z.number().nullable(),
  }),
  /** One for each local day of the range, also those without anything. */
  days: z.array(
    z.object({
      day: z.iso.date(),
      completed: z.int(),
      failed: z.int(),
      bytes: z.number(),
      medianBytesPerSecond: z.number().nullable(),
    }),
  ),
  /** Change of the second half of the range against the first, as a fraction; null where there is too little. */
  trends: z.object({
    downloads: z.number().nullable(),
    bytes: z.number().nullable(),
    bytesPerSecond: z.number().nullable(),
    failureRate: z.number().nullable(),
  }),
  sources: z.array(z.object(named)),
  hosts: z.array(
    z.object({ ...named, failures: z.int(), medianBytesPerSecond: z.number().nullable() }),
  ),
  types: z.array(z.object(named)),
  verdicts: z.array(z.object({ name: z.string(), count: z.int() })),
  hours: z.array(z.object({ hour: z.int(), count: z.int(), bytes: z.number() })),
  failures: z.array(
    z.object({
      code: z.string(),
      /** In the reader's language. */
      message: z.string(),
      count: z.int(),
      hosts: z.array(z.string()),
      lastAt: timestamp,
      /** `one-host`, `one-hour`, `large-files`, `spread`: where these failures gather. */
      pattern: z.string(),
    }),
  ),
  recommendations: z.array(
    z.object({ code: z.string(), text: z.string(), numbers: z.record(z.string(), z.number()) }),
  ),
});
export type DownloadAnalytics = z.infer<typeof analyticsSchema>;

/** GET /api/downloads/report?format=html|json|pdf&from&to&locale */
export const reportQuery = analyticsQuery.extend({
  format: z.enum(['html', 'json', 'pdf']).default('html'),
  locale: z.enum(['en', 'ja']).optional(),
});
