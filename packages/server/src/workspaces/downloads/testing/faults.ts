import { createRandom } from '../../../testing/random.ts';

/** What goes wrong with one answer. Bytes are counted from the beginning of the answer's body. */
export type Fault =
  /** The connection is reset (RST) after so many bytes; 0 is before the head. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** A clean close although more was promised. */
  | { readonly kind: 'short'; readonly afterBytes: number }
  /** Nothing more is sent, the connection stays. With 0 not even the head. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** An error instead of the file. `retryAfter` in seconds or as the text of a date. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number | string }
  /** A page with status 200. */
  | { readonly kind: 'html' }
  /** 200 and the whole file although a part was asked for. */
  | { readonly kind: 'whole' }
  /** 206 for another part than asked, truthfully named in Content-Range. */
  | { readonly kind: 'shifted-range'; readonly byBytes: number }
  /** 206 that names the part that was asked for, with the bytes of another. */
  | { readonly kind: 'shifted-bytes'; readonly byBytes: number }
  /** The named bytes of the file are inverted wherever they fall into the answer. */
  | { readonly kind: 'wrong-bytes'; readonly at: number; readonly length: number }
  | { readonly kind: 'etag'; readonly etag: string | null }
  /** Content-Length and Content-Range tell of a file so much longer or shorter. */
  | { readonly kind: 'wrong-length'; readonly byBytes: number }
  | { readonly kind: 'rate'; readonly bytesPerSecond: number }
  | { readonly kind: 'latency'; readonly ms: number }
  /** Without Content-Length. */
  | { readonly kind: 'chunked' }
  /** Compressed although `identity` was asked for. */
  | { readonly kind: 'gzip' }
  | { readonly kind: 'header-case'; readonly to: 'lower' | 'upper' }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number };

export interface FaultRequest {
  /** From 0, of the server. */
  readonly number: number;
  /** From 0, of its connection. */
  readonly numberOnConnection: number;
  readonly connection: number;
  readonly method: string;
  readonly path: string;
  /** Asked for, end exclusive; null without a range. */
  readonly range: { readonly start: number; readonly end: number } | null;
  readonly sizeBytes: number;
}

/** Which faults an answer has. */
export type FaultPlan = (request: FaultRequest) => Fault | readonly Fault[] | undefined;

/** The same for every connection: 1 KB/s. */
export const dribble: Fault = { kind: 'rate', bytesPerSecond: 1000 };

/**
 * Each request has one of these faults by chance, seeded: `chance` is of all requests, 0..1. `make` gets a number in [0, 1)
 * and the length of the answer.
 */
export function randomFaults(
  seed: number,
  faults: readonly {
    readonly chance: number;
    readonly make: (random: number, bodyBytes: number) => Fault;
  }[],
): FaultPlan {
  const random = createRandom(seed);
  return ({ range, sizeBytes }) => {
    let dice = random();
    const where = random();
    for (const { chance, make } of faults) {
      if (dice < chance) return make(where, range ? range.end - range.start : sizeBytes);
      dice -= chance;
    }
    return undefined;
  };
}

export const resetAnywhere = (random: number, bodyBytes: number): Fault => ({
  kind: 'reset',
  afterBytes: Math.floor(random * bodyBytes),
});

/** Only the first `times` requests that `matches` accepts. */
export function firstRequests(
  times: number,
  fault: Fault,
  matches: (request: FaultRequest) => boolean = () => true,
): FaultPlan {
  let left = times;
  return (request) => (matches(request) && left-- > 0 ? fault : undefined);
}
