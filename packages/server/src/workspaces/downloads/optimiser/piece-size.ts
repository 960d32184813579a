const MIB = 1024 * 1024;
const MIN_BYTES = MIB / 2;
/** Where latency decides: below it the requests themselves cost. */
const MIN_MEASURED_BYTES = MIB;
const MAX_BYTES = 32 * MIB;
/** On a line that fails, so that little is lost by each failure. */
const UNSTABLE_MAX_BYTES = 2 * MIB;
/** A request costs one latency of waiting: a piece of this many latencies loses 3 % by it. */
const LATENCIES = 32;
/** A file of one connection and up to this size is one request: each further one could fail for itself. */
const ONE_REQUEST_BYTES = 16 * MIB;
/**
 * Times a power of two. Linux keeps what is written at a power of two, and as long, in memory of that size; in a virtual machine that
 * comes anew from the host, and a gigabyte can take twice as long. An odd multiple of 64 KiB does not meet it.
 */
const ODD = 7 / 8;
/** Before anything is measured, and of a file whose size is not known. */
const USUAL_BYTES = 4 * MIB;
/**
 * What waits in the buffers of the kernel is lost by `kill -9`, and that is all of the pieces in the air where the network is faster
 * than we: together at most this share of the file.
 */
const IN_AIR = 0.01;
/** Pieces of each connection at least, before anything is measured: one that is held up leaves the others to the rest. */
const PIECES = 16;

export interface PieceFacts {
  readonly sizeBytes: number | null;
  readonly connections: number;
  /** Of one connection; null before it was measured. */
  readonly bytesPerSecond: number | null;
  readonly latencyMs: number | null;
  /** Whether we are slower than the network: what a request waits for is then we ourselves. */
  readonly full: boolean;
  readonly unstable: boolean;
}

/**
 * Bytes of one request, in steps of two, so that it changes seldom. Large enough that the latency of a request costs 3 %; where
 * it costs nothing, so small that a kill loses little of the file.
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
  let wanted = USUAL_BYTES;
  if (!facts.full && bytesPerSecond !== null && latencyMs !== null)
    wanted = Math.max(MIN_MEASURED_BYTES, (bytesPerSecond * latencyMs * LATENCIES) / 1000);
  else if (sizeBytes !== null) {
    const share = (facts.full ? sizeBytes * IN_AIR : sizeBytes / PIECES) / connections;
    wanted = Math.min(USUAL_BYTES, Math.max(MIN_BYTES, share));
  }
  return ODD * 2 ** Math.round(Math.log2(Math.min(most, wanted)));
}
