/** Times and limits of transfers; tests use shorter ones. */
export interface Tuning {
  /** A connection slower than this over `stallMs` is given up. */
  readonly stallMs: number;
  readonly stallBytesPerSecond: number;
  /** Patience for the head of the first answer: a site may look for the file first. */
  readonly headMs: number;
  /** First wait after a failure; doubles up to `maxBackOffMs`, a random half of it left out. */
  readonly backOffMs: number;
  readonly maxBackOffMs: number;
  /** A host that wants a longer pause gets it from the queue. */
  readonly maxRetryAfterMs: number;
  /** Failures one after another, with nothing good between, after which a transfer ends. */
  readonly attempts: number;
  /** A connection that would need longer for its piece shares it with an idle one. */
  readonly stealAfterMs: number;
}

export const usualTuning: Tuning = {
  stallMs: 4000,
  stallBytesPerSecond: 20_000,
  headMs: 20_000,
  backOffMs: 250,
  maxBackOffMs: 30_000,
  maxRetryAfterMs: 60_000,
  attempts: 8,
  stealAfterMs: 500,
};
