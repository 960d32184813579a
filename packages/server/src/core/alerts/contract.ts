import { z } from 'zod';
import { localDate, pageOf, pageQuery, timestamp } from '../http/contract.ts';
import { bucketSchema } from '../measures/contract.ts';

const nameSchema = z.string().trim().min(1).max(120);

/** Looks at the last complete bucket. */
export const conditionSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('threshold'),
    direction: z.enum(['above', 'below']),
    value: z.number(),
  }),
  /** Actual outside the one-step interval of a forecast made from the data before it. */
  z.object({
    type: z.literal('outside-forecast'),
    direction: z.enum(['above', 'below', 'either']),
    level: z.number().gt(0.5).lt(1),
  }),
]);

/** GET/POST /api/alerts/rules, GET/PUT/DELETE /api/alerts/rules/:id, POST /api/alerts/rules/:id/evaluate, POST /api/alerts/rules/preview */
export const ruleBody = z.object({
  name: nameSchema,
  measure: z.string().max(100),
  bucket: bucketSchema,
  filters: z.record(z.string().max(60), z.array(z.string().max(200)).max(100)),
  condition: conditionSchema,
  severity: z.enum(['info', 'warning', 'critical']),
  channelIds: z.array(z.string()).max(20),
  enabled: z.boolean(),
  /** Minutes during which the same rule stays silent after it fired, unless acknowledged and fired anew. */
  cooldownMinutes: z.int().min(0).max(43_200),
});
export const ruleSchema = ruleBody.extend({
  id: z.string(),
  createdAt: timestamp,
  createdBy: z.string(),
  lastEvaluatedAt: timestamp.nullable(),
  lastFiredAt: timestamp.nullable(),
  /** Why the last evaluation could not be made, in words; null when it could. */
  lastProblem: z.string().nullable(),
});
export type AlertRule = z.infer<typeof ruleSchema>;
export const rulesSchema = z.object({ items: z.array(ruleSchema) });
/** What the rule would have done over the last `buckets` buckets. */
export const previewSchema = z.object({
  points: z.array(
    z.object({
      t: localDate,
      y: z.number().nullable(),
      lower: z.number().nullable(),
      upper: z.number().nullable(),
      fires: z.boolean(),
    }),
  ),
});

/** GET /api/alerts?state=; GET /api/alerts/:id; POST /api/alerts/:id/acknowledge {note} (permission alerts.acknowledge) */
export const alertSchema = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  measure: z.string(),
  severity: z.enum(['info', 'warning', 'critical']),
  state: z.enum(['open', 'acknowledged']),
  /** Bucket that fired. */
  t: localDate,
  bucket: bucketSchema,
  value: z.number(),
  /** What was expected: the threshold, or the interval. */
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  condition: conditionSchema,
  filters: z.record(z.string(), z.array(z.string())),
  firedAt: timestamp,
  acknowledgedAt: timestamp.nullable(),
  acknowledgedBy: z.string().nullable(),
  note: z.string().nullable(),
});
export type Alert = z.infer<typeof alertSchema>;
export const alertsQuery = pageQuery.extend({ state: z.enum(['open', 'acknowledged']).optional() });
export const alertsPageSchema = pageOf(alertSchema);
export const acknowledgeBody = z.object({ note: z.string().max(2000).optional() });

/** Topic `alerts` (permission alerts.read): an alert fired or was acknowledged. */
