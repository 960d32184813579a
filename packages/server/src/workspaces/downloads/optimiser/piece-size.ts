const MIB = 1024 * 1024;
/** Before anything was measured. */
const UNMEASURED_BYTES = 4 * MIB;
const MIN_BYTES = MIB;
const MAX_BYTES = 32 * MIB;
/** On a line that fails, so that little is lost by each failure. */
const UNSTABLE_MAX_BYTES = 2 * MIB;
/** A request costs one latency of waiting: a piece of this many latencies loses 3 % by it. */
const LATENCIES = 32;
/** A file of one connection and up to this size is one request: each further one could fail for itself. */
const ONE_REQUEST_BYTES = 16 * MIB;
/** Pieces in the air are lost by `kill -9`: together at most this share of the file, where the latency allows. */
const IN_AIR = 0.01;

export interface PieceFacts {
  readonly sizeBytes: number | null;
  readonly connections: number;
  /** Of one connection; null before it was measured. */
  readonly bytesPerSecond: number | null;
  readonly latencyMs: number | null;
  readonly unstable: boolean;
}

/**
 * Bytes of one request: a power of two, so that it changes seldom. Large enough that the latency of a request costs 3 %,
 * small enough that a kill loses about a hundredth of the file.
 */
export function pieceSize(facts: PieceFacts): number {
  const { sizeBytes, connections, bytesPerSecond, latencyMs } = facts;
  if (
    connections === 1 &&
    sizeBytes !== null &&
    sizeBytes <= ONE_REQUEST_BYTES &&
    !facts.unstable
  ) {
    return ONE_REQUEST_BYTES;
  }
  const most = facts.unstable ? UNSTABLE_MAX_BYTES : MAX_BYTES;
  const forLatency =
    bytesPerSecond === null || latencyMs === null
      ? UNMEASURED_BYTES
      : (bytesPerSecond * latencyMs * LATENCIES) / 1000;
  const forKill = sizeBytes === null ? most : (sizeBytes * IN_AIR) / connections;
  // Where nothing is measured yet, the file's size says more than the guess.
  const wanted = bytesPerSecond === null ? Math.min(forLatency, forKill) : forLatency;
  const clamped = Math.min(most, Math.max(MIN_BYTES, wanted));
  return 2 ** Math.round(Math.log2(clamped));
}
