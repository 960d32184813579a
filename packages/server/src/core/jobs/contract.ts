import { z } from 'zod';
import { pageOf, pageQuery, timestamp } from '../http/contract.ts';

export const jobStateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
export const jobSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: jobStateSchema,
  priority: z.int(),
  attempt: z.int(),
  maxAttempts: z.int(),
  progress: z.object({ fraction: z.number(), note: z.string().nullable() }),
  /** `message` is English, `messageJa` the same in Japanese. */
  error: z.object({ code: z.string(), message: z.string(), messageJa: z.string() }).nullable(),
  requestedBy: z.string().nullable(),
  runAt: timestamp,
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** GET /api/tasks?state=&name= (permission tasks.read); GET /api/tasks/:id */
export const tasksQuery = pageQuery.extend({
  state: jobStateSchema.optional(),
  name: z.string().max(100).optional(),
});
export const tasksPageSchema = pageOf(jobSchema);
/** GET /api/tasks/queues */
export const queuesSchema = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      waiting: z.int(),
      running: z.int(),
      done: z.int(),
      failed: z.int(),
      cancelled: z.int(),
    }),
  ),
});
/** POST /api/tasks/:id/cancel, POST /api/tasks/:id/retry (permission tasks.manage) → jobSchema */

/** Topic `tasks` (permission tasks.read): every change of a job. */
