import { z } from 'zod';
import { localeSchema, pageOf, pageQuery, timestamp } from '../http/contract.ts';

/** Wall-clock time `HH:MM`. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const base = {
  name: z.string().trim().min(1).max(120),
  enabled: z.boolean(),
  locale: localeSchema,
  /** Local hours of the organisation's zone between which only critical messages go out; null: always. */
  quietHours: z.object({ from: timeOfDay, to: timeOfDay }).nullable(),
};

/** GET/POST /api/channels, PUT/DELETE /api/channels/:id, POST /api/channels/:id/test (permission channels.manage; read: alerts.read) */
export const channelBody = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('email'), to: z.array(z.email()).min(1).max(50) }),
  z.object({
    ...base,
    kind: z.literal('webhook'),
    /** Write only, since its path and query often are the secret. A new channel needs it; absent keeps it. */
    address: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    /** Signs each request: `Kizashi-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. Write only; empty keeps it. */
    signingSecret: z.string().max(200).optional(),
  }),
]);
export type ChannelBody = z.infer<typeof channelBody>;
/** POST /api/channels */
export const newChannelBody = channelBody.refine(
  (body) => body.kind !== 'webhook' || body.address !== undefined,
  { path: ['address'], message: 'a new webhook needs its address' },
);
export const channelSchema = z.object({
  ...base,
  id: z.string(),
  kind: z.string(),
  /** Where it goes, fit to be shown: addresses, or the webhook's host without path and query. */
  target: z.string(),
  /** The editable options without secrets. */
  options: z.record(z.string(), z.unknown()),
  createdAt: timestamp,
});
export const channelsSchema = z.object({ items: z.array(channelSchema) });

/** GET /api/deliveries (permission alerts.read); POST /api/deliveries/:id/retry */
export const deliverySchema = z.object({
  id: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  kind: z.string(),
  subject: z.string(),
  state: z.enum(['waiting', 'sent', 'failed', 'suppressed']),
  attempts: z.int(),
  /** Why it failed or was suppressed, in words. */
  reason: z.string().nullable(),
  createdAt: timestamp,
  sentAt: timestamp.nullable(),
});
export const deliveriesQuery = pageQuery;
export const deliveriesPageSchema = pageOf(deliverySchema);
