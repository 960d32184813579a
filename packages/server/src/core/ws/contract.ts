import { z } from 'zod';
import { timestamp } from '../http/contract.ts';

/** GET /api/live upgrades to a WebSocket; the session cookie (same origin) or a bearer token signs in. */
export const clientMessage = z.discriminatedUnion('type', [
  /** With the epoch and offset of the last message seen, what was missed is replayed. */
  z.object({
    type: z.literal('subscribe'),
    topic: z.string().max(100),
    epoch: z.string().max(40).optional(),
    offset: z.int().min(0).optional(),
  }),
  z.object({ type: z.literal('unsubscribe'), topic: z.string().max(100) }),
  z.object({ type: z.literal('ping') }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

export const serverMessage = z.discriminatedUnion('type', [
  /** `complete` is false when messages were missed that are no longer kept: load the state afresh. */
  z.object({
    type: z.literal('subscribed'),
    topic: z.string(),
    epoch: z.string(),
    offset: z.int(),
    complete: z.boolean(),
  }),
  z.object({
    type: z.literal('message'),
    topic: z.string(),
    epoch: z.string(),
    offset: z.int(),
    at: timestamp,
    body: z.unknown(),
  }),
  z.object({
    type: z.literal('error'),
    code: z.string(),
    topic: z.string().optional(),
    detail: z.string(),
  }),
  z.object({ type: z.literal('pong') }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;
