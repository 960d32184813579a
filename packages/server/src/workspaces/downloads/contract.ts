import { z } from 'zod';
import { pageOf, pageQuery, timestamp } from '../../core/http/contract.ts';
import { antivirusKindSchema, verdictSchema } from './scan-contract.ts';

// Runs in the browser too: imports nothing but the schema library and other contracts.

/** Longest text of a link, a name and a template. */
export const LINK_CHARS = 4000;
export const NAME_CHARS = 300;
/** Most inputs of one request, and most items one job may come to have. */
export const MAX_INPUTS = 10_000;
export const MAX_ITEMS = 100_000;

/** Of a job and of each of its items. */
export const downloadStateSchema = z.enum([
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'PAUSED',
]);
export type DownloadState = z.infer<typeof downloadStateSchema>;

/** What happens to an item that is PENDING or PROCESSING. */
export const phaseSchema = z.enum([
  'waiting',
  /** Until the time in `retryAt`, after a failure that may pass. */
  'backing-off',
  /** Until the schedule, the disk or the limit of its host lets it go on: `heldBy` says which. */
  'held',
  'locating',
  'downloading',
  'verifying',
  'repairing',
  'scanning',
  'placing',
]);
export type Phase = z.infer<typeof phaseSchema>;

/** sequential: one item after another; parallel: `parallelFiles` at once; adaptive: as many as the optimiser chooses. */
export const strategySchema = z.enum(['sequential', 'parallel', 'adaptive']);

export const sourceNameSchema = z.enum(['civitai', 'hugging-face', 'http']);
export type SourceName = z.infer<typeof sourceNameSchema>;

/** Hexadecimal, any case; compared without regard to it. `crc32` as CivitAI writes it, bytes reversed. */
export const hashesSchema = z.object({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional(),
  blake3: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional(),
  crc32: z
    .string()
    .regex(/^[0-9a-f]{8}$/i)
    .optional(),
  autoV1: z
    .string()
    .regex(/^[0-9a-f]{8}$/i)
    .optional(),
  autoV2: z
    .string()
    .regex(/^[0-9a-f]{10}$/i)
    .optional(),
  autoV3: z
    .string()
    .regex(/^[0-9a-f]{12}$/i)
    .optional(),
  /** Git's: SHA-1 of `blob <size>\0` and the bytes; what the Hugging Face hub gives for small files. */
  gitSha1: z
    .string()
    .regex(/^[0-9a-f]{40}$/i)
    .optional(),
});
export type Hashes = z.infer<typeof hashesSchema>;

/** GET /api/downloads/search: what a source finds. Empty parameters are left out. */
export const searchQuery = z.object({
  source: z.enum(['civitai', 'hugging-face']).default('civitai'),
  query: z.string().max(200).default(''),
  /** Kind of model as the source names it: `LORA`, `Checkpoint`. */
  type: z.string().max(60).optional(),
  baseModel: z.string().max(60).optional(),
  creator: z.string().max(100).optional(),
  tag: z.string().max(100).optional(),
  sort: z.string().max(60).optional(),
  /** Also what is not safe for work. */
  nsfw: z.enum(['true', 'false']).default('false'),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type SearchQuery = z.infer<typeof searchQuery>;

/** One file a source offers. */
export const offeredFileSchema = z.object({
  /** What `POST /api/downloads/jobs` takes to download exactly this file. */
  ref: z.string(),
  name: z.string(),
  sizeBytes: z.int().nullable(),
  hashes: hashesSchema,
  /** `SafeTensor`, `PickleTensor`, `GGUF`, `Other`; null when the source does not say. */
  format: z.string().nullable(),
  primary: z.boolean(),
  /** What the source's own scanners said: `Success`, `Pending`, `Danger`, `Error`. */
  sourceScan: z.string().nullable(),
});
export type OfferedFile = z.infer<typeof offeredFileSchema>;
export const offeredVersionSchema = z.object({
  id: z.string(),
  name: z.string(),
  baseModel: z.string().nullable(),
  publishedAt: timestamp.nullable(),
  /** Why it cannot be downloaded now: `login`, `early-access`, `disabled`, `archived`, `taken-down`, `gated`; null when it can. */
  barrier: z
    .enum(['login', 'early-access', 'disabled', 'archived', 'taken-down', 'gated'])
    .nullable(),
  files: z.array(offeredFileSchema),
  /** Words that call the model up in a prompt. */
  triggerWords: z.array(z.string()),
});
export const offeredModelSchema = z.object({
  source: sourceNameSchema,
  id: z.string(),
  name: z.string(),
  type: z.string(),
  creator: z.string().nullable(),
  /** Plain text, without markup. */
  description: z.string(),
  tags: z.array(z.string()),
  nsfw: z.boolean(),
  downloads: z.int().nullable(),
  license: z.string().nullable(),
  /** Page a person can open. */
  page: z.string(),
  /** Path of this server that answers with the preview, or null. */
  preview: z.string().nullable(),
  versions: z.array(offeredVersionSchema),
});
export type OfferedModel = z.infer<typeof offeredModelSchema>;
export const searchPageSchema = pageOf(offeredModelSchema);

/** GET /api/downloads/sources: what is set up, without secrets. */
export const sourcesSchema = z.object({
  items: z.array(
    z.object({
      name: sourceNameSchema,
      /** Where it is asked. */
      address: z.string().nullable(),
      hasToken: z.boolean(),
      canSearch: z.boolean(),
      types: z.array(z.string()),
      sorts: z.array(z.string()),
    }),
  ),
  antivirus: antivirusKindSchema,
});

const sourceId = z.string().trim().min(1).max(NAME_CHARS);
/** What a job is made of; each comes to one item or many. */
export const inputSchema = z.discriminatedUnion('kind', [
  /** Any address: a page or file of CivitAI or Hugging Face is known as such, all others are fetched as they are. */
  z.object({ kind: z.literal('link'), url: z.string().trim().min(1).max(LINK_CHARS) }),
  /** A file as a search or a model listed it. */
  z.object({ kind: z.literal('file'), ref: z.string().min(1).max(LINK_CHARS) }),
  z.object({ kind: z.literal('model'), source: sourceNameSchema, id: sourceId }),
  z.object({ kind: z.literal('version'), source: sourceNameSchema, id: sourceId }),
  z.object({ kind: z.literal('creator'), source: sourceNameSchema, id: sourceId }),
  z.object({ kind: z.literal('collection'), source: sourceNameSchema, id: sourceId }),
  z.object({
    kind: z.literal('search'),
    search: searchQuery.omit({ cursor: true }),
    /** Most models taken. */
    models: z.int().min(1).max(10_000).default(100),
  }),
]);
export type DownloadInput = z.infer<typeof inputSchema>;

/** Which files of a version are taken: the primary one or all. */
export const filesChoiceSchema = z.enum(['primary', 'all']);

/** POST /api/downloads/jobs (permission downloads.run; idempotency key as everywhere) */
export const jobBody = z.object({
  name: z.string().trim().max(NAME_CHARS).default(''),
  inputs: z
    .array(
      z.intersection(
        inputSchema,
        z.object({
          /** Name in the library instead of the source's; the folder template still applies. */
          fileName: z.string().trim().min(1).max(NAME_CHARS).optional(),
          hashes: hashesSchema.optional(),
        }),
      ),
    )
    .min(1)
    .max(MAX_INPUTS),
  strategy: strategySchema.default('adaptive'),
  /** Of `parallel`. */
  parallelFiles: z.int().min(1).max(64).default(4),
  /** Higher first; of all jobs. */
  priority: z.int().min(-100).max(100).default(0),
  files: filesChoiceSchema.default('primary'),
  /** Template of folder and name below the library; the setting's when left out. */
  pathTemplate: z.string().max(NAME_CHARS).optional(),
  /** Not before, UTC epoch ms. */
  startAt: timestamp.optional(),
  /** Queued but not begun. */
  paused: z.boolean().default(false),
});
export type JobBody = z.input<typeof jobBody>;

/**
 * POST /api/downloads/jobs/manifest?name=… (body: text; the other fields of `jobBody` as query). Lines of addresses, an aria2
 * input file, CSV with a header (`url`, `sha256`, `name`, …), JSON or JSON Lines. A line that cannot be read becomes an item
 * that FAILED, with its line number.
 */
export const manifestQuery = z.object({
  name: z.string().max(NAME_CHARS).default(''),
  strategy: strategySchema.default('adaptive'),
  parallelFiles: z.coerce.number().int().min(1).max(64).default(4),
  priority: z.coerce.number().int().min(-100).max(100).default(0),
  files: filesChoiceSchema.default('primary'),
  pathTemplate: z.string().max(NAME_CHARS).optional(),
  startAt: z.coerce.number().int().min(0).optional(),
  paused: z.enum(['true', 'false']).default('false'),
});

const progress = {
  state: downloadStateSchema,
  /** Of the whole, as far as known; null when no size is known. */
  sizeBytes: z.int().nullable(),
  /** Good bytes there are. */
  doneBytes: z.int(),
  /** Bytes per second over the last seconds; 0 when nothing runs. */
  bytesPerSecond: z.number(),
  /** Seconds, null when it cannot be said. */
  etaSeconds: z.number().nullable(),
};

/** A failure as people read it, in their language. */
const failureSchema = z.object({ code: z.string(), message: z.string(), retryable: z.boolean() });

export const jobSchema = z.object({
  id: z.string(),
  name: z.string(),
  ...progress,
  strategy: strategySchema,
  parallelFiles: z.int(),
  priority: z.int(),
  /** Items by state. */
  counts: z.record(downloadStateSchema, z.int()),
  items: z.int(),
  /** Inputs that are still being listed. */
  openInputs: z.int(),
  startAt: timestamp.nullable(),
  createdBy: z.string(),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
});
export type DownloadJob = z.infer<typeof jobSchema>;
/** GET /api/downloads/jobs?state&cursor&limit, newest first; GET …/:id */
export const jobsQuery = pageQuery.extend({ state: downloadStateSchema.optional() });
export const jobsPageSchema = pageOf(jobSchema);

export const itemSchema = z.object({
  id: z.string(),
  jobId: z.string(),
  jobName: z.string(),
  name: z.string(),
  ...progress,
  phase: phaseSchema,
  /** `schedule`, `disk`, `host`, `start-time`, `rate`; null unless `held`. */
  heldBy: z.enum(['schedule', 'disk', 'host', 'start-time', 'library']).nullable(),
  source: sourceNameSchema,
  /** Host it comes from, without path or query; null before it is known. */
  host: z.string().nullable(),
  priority: z.int(),
  attempt: z.int(),
  retryAt: timestamp.nullable(),
  connections: z.int(),
  /** Bytes of the network that did not come to be part of the file. */
  wastedBytes: z.int(),
  error: failureSchema.nullable(),
  verdict: verdictSchema.nullable(),
  /** Of the library; also when it was there already and was linked. */
  fileId: z.string().nullable(),
  /** True when nothing had to be fetched: the library had the same content. */
  linked: z.boolean(),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
});
export type DownloadItem = z.infer<typeof itemSchema>;
/** GET /api/downloads/items?jobId&state&search&cursor&limit, in the order they run; GET …/:id */
export const itemsQuery = pageQuery.extend({
  jobId: z.string().max(26).optional(),
  state: downloadStateSchema.optional(),
  search: z.string().max(100).default(''),
});
export const itemsPageSchema = pageOf(itemSchema);

/** POST /api/downloads/{jobs|items}/:id/{pause|resume|cancel|retry}; all of one state: POST /api/downloads/all/{pause|resume} */
export const actionSchema = z.enum(['pause', 'resume', 'cancel', 'retry']);
export type DownloadAction = z.infer<typeof actionSchema>;
/** PATCH /api/downloads/jobs/:id and …/items/:id */
export const priorityBody = z.object({ priority: z.int().min(-100).max(100) });
/** DELETE /api/downloads/jobs/:id: forgets a job that has ended; files of the library stay. */

/** GET /api/downloads/queue: the whole at a glance. */
export const queueSchema = z.object({
  counts: z.record(downloadStateSchema, z.int()),
  running: z.int(),
  connections: z.int(),
  bytesPerSecond: z.number(),
  doneBytes: z.int(),
  sizeBytes: z.int().nullable(),
  etaSeconds: z.number().nullable(),
  /** Bytes per second allowed now; null without a cap. */
  capBytesPerSecond: z.number().nullable(),
  /** Everything waits because of it; null when nothing does. */
  heldBy: z.enum(['schedule', 'disk', 'library', 'paused']).nullable(),
  disk: z.object({ freeBytes: z.number(), reservedBytes: z.number() }).nullable(),
  /** False when no process with the role `worker` drives the downloads now. */
  driven: z.boolean(),
});
export type DownloadQueue = z.infer<typeof queueSchema>;

/** Topic `downloads.progress`: at most twice a second, only what runs or has just changed. */
export const PROGRESS_TOPIC = 'downloads.progress';
export const progressMessageSchema = z.object({
  queue: queueSchema,
  jobs: z.array(jobSchema),
  items: z.array(itemSchema),
  /** Hosts that have as many files at once as they may: others of theirs wait. */
  fullHosts: z.array(z.string()).default([]),
});
export type ProgressMessage = z.infer<typeof progressMessageSchema>;

/** Hours and a cap: the first window that holds now decides; outside all windows `otherwise`. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const scheduleSchema = z.object({
  windows: z
    .array(
      z.object({
        /** 1 = Monday … 7 = Sunday. */
        days: z.array(z.int().min(1).max(7)).min(1),
        /** Local time of the organisation's zone; `to` before `from` goes over midnight. */
        from: timeOfDay,
        to: timeOfDay,
        /** Bytes per second; null without a cap; 0 stops. */
        bytesPerSecond: z.int().min(0).nullable(),
      }),
    )
    .max(50),
  otherwise: z.object({ bytesPerSecond: z.int().min(0).nullable() }),
});
export type DownloadSchedule = z.infer<typeof scheduleSchema>;

/** GET/PUT /api/downloads/settings (read: downloads.read, change: downloads.manage) */
export const downloadSettingsSchema = z.object({
  mode: z.enum(['speed', 'efficiency', 'minimal', 'adaptive']),
  /** Most files at once, whatever the strategy of a job. */
  maxFiles: z.int().min(1).max(64),
  maxConnections: z.int().min(1).max(64),
  maxConnectionsPerHost: z.int().min(1).max(64),
  /** By host name; takes the place of `maxConnectionsPerHost`. */
  hosts: z.record(z.string().max(253), z.int().min(1).max(64)),
  schedule: scheduleSchema,
  /** Free bytes below which nothing new is begun and what runs is put back. */
  keepFreeBytes: z.int().min(0),
  /** `{source}/{type}/{creator}/{model}/{version}/{file}`; see the user guide. */
  pathTemplate: z.string().min(1).max(NAME_CHARS),
  savePreview: z.boolean(),
  saveMetadata: z.boolean(),
  /** Channels told when a job has ended or a file is quarantined. */
  channelIds: z.array(z.string()).max(50),
  notifyOn: z.array(z.enum(['job-completed', 'job-failed', 'file-quarantined'])),
  /** Attempts before an item has failed. */
  maxAttempts: z.int().min(1).max(100),
  /** Suspicious files also go to quarantine. */
  quarantineSuspicious: z.boolean(),
});
export type DownloadSettings = z.infer<typeof downloadSettingsSchema>;
/** PUT /api/downloads/sources/:name/token; empty removes it. Never read back. */
export const tokenBody = z.object({ token: z.string().trim().max(500) });

export * from './analytics-contract.ts';
export * from './library-contract.ts';
export * from './optimiser-contract.ts';
export * from './scan-contract.ts';
