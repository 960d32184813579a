import { z } from 'zod';
import { timestamp } from '../../core/http/contract.ts';

/** By measured speed and how steady it is; docs/reference/downloads-optimiser.md has the limits. */
export const networkClassSchema = z.enum([
  'UNKNOWN',
  'EXCELLENT',
  'GOOD',
  'FAIR',
  'POOR',
  'UNSTABLE',
]);
export type NetworkClass = z.infer<typeof networkClassSchema>;

export const optimiserModeSchema = z.enum(['speed', 'efficiency', 'minimal', 'adaptive']);
export type OptimiserMode = z.infer<typeof optimiserModeSchema>;

/** What was chosen, and why in words and numbers. */
export const optimiserDecisionSchema = z.object({
  at: timestamp,
  mode: optimiserModeSchema,
  networkClass: networkClassSchema,
  connections: z.int(),
  /** Bytes of one request. */
  pieceBytes: z.int(),
  parallelFiles: z.int(),
  /**
   * Stable code: `start`, `history`, `small-files`, `probe-up`, `probe-down`, `gain`, `no-gain`, `fewer-suffice`, `refused`, `errors`,
   * `line-changed`, `thread-bound`, `cpu-bound`, `memory`, `disk-bound`, `cap`, `mode`.
   */
  reason: z.string(),
  /** The same in the reader's language, with its numbers. */
  explanation: z.string(),
  numbers: z.record(z.string(), z.number()),
});
export type OptimiserDecision = z.infer<typeof optimiserDecisionSchema>;

export const hostHistorySchema = z.object({
  host: z.string(),
  networkClass: networkClassSchema,
  /** Medians of what was seen. */
  bytesPerSecond: z.number(),
  bytesPerSecondPerConnection: z.number(),
  /** Standard deviation over mean of the speed. */
  variation: z.number(),
  latencyMs: z.number().nullable(),
  /** Of requests, 0..1. */
  failureRate: z.number(),
  bestConnections: z.int(),
  /** Fewest at which the server refused some; null when it never did. */
  refusedAt: z.int().nullable(),
  samples: z.int(),
  lastAt: timestamp,
});
export type HostHistory = z.infer<typeof hostHistorySchema>;

/** GET /api/downloads/optimiser */
export const optimiserSchema = z.object({
  mode: optimiserModeSchema,
  networkClass: networkClassSchema,
  now: z.object({
    bytesPerSecond: z.number(),
    connections: z.int(),
    /** 0..1 of one processor, of the transfer thread. */
    cpu: z.number(),
    memoryBytes: z.number(),
    diskWriteMsPerMb: z.number().nullable(),
  }),
  last: optimiserDecisionSchema.nullable(),
  /** Newest first, at most 100. */
  decisions: z.array(optimiserDecisionSchema),
  hosts: z.array(hostHistorySchema),
});
export type OptimiserView = z.infer<typeof optimiserSchema>;
