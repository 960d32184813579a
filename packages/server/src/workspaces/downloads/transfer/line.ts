import type { Block } from './http/blocks.ts';
import type { HttpConnection } from './http/connection.ts';
import type { Range } from './ranges.ts';
import type { TransferLimits } from './transfer.ts';
import type { Tuning } from './tuning.ts';

/** Between two looks at every piece. */
export const TICK_MS = 250;
/** Less than this is not worth a request of its own, nor what comes within ten latencies. */
const LEAST_PIECE = 1 << 16;
const LEAST_LATENCIES = 10;
/** Latencies of the last requests. */
const REMEMBERED = 9;

/** What one answer was to bring of the file. */
export interface Reply {
  readonly start: number;
  readonly end: number;
  readonly connection: HttpConnection;
  /** Something else was wrong with it or its connection. */
  odd: boolean;
}

/** A part of the file that is being fetched. */
export interface ActivePiece {
  readonly start: number;
  /** The first byte that has not come. */
  at: number;
  /** Moves towards `at` when somebody else takes the rest. */
  end: number;
  connection: HttpConnection | null;
  askedAt: number;
  headAt: number | null;
  /** Where `at` was at the last ticks, to see whether it stalls. */
  ticks: number[];
  /** Bytes that were not there before. */
  added: number;
  /** Bytes that came after the end. */
  excess: number;
  /** The answer, once it is one that is wanted. */
  reply: Reply | null;
  /** Came, and is not on its way to the disk yet. */
  pending: { block: Block; from: number; to: number; position: number; since: number } | null;
}

export function newPiece({ start, end }: Range, now: number): ActivePiece {
  const times = { askedAt: now, headAt: null, ticks: [] };
  const nothing = { connection: null, reply: null, pending: null, added: 0, excess: 0 };
  return { start, at: start, end, ...nothing, ...times };
}

/** What the connections of one transfer have shown, and what follows for the pieces. */
export class Line {
  readonly #tuning: Tuning;
  readonly #now: () => number;
  readonly #latencies: number[] = [];
  /** Of one connection, smoothed over its pieces. */
  #bytesPerMs = 0;
  /** Times the usual patience: after stalls that were of no use to give up. */
  #patience = 1;

  constructor(tuning: Tuning, now: () => number) {
    this.#tuning = tuning;
    this.#now = now;
  }

  /** Median of the last requests. */
  get latencyMs(): number | null {
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? null;
  }

  sawHead(piece: ActivePiece): void {
    piece.headAt = this.#now();
    this.#latencies.push(piece.headAt - piece.askedAt);
    if (this.#latencies.length > REMEMBERED) this.#latencies.shift();
  }

  sawEnd(piece: ActivePiece): void {
    if (piece.added > 0) this.#bytesPerMs += 0.3 * (this.#speed(piece) - this.#bytesPerMs);
  }

  stalledInVain(): void {
    this.#patience = Math.min(8, this.#patience * 2);
  }

  /** Towards the end pieces become smaller, so that all connections end together. */
  pieceBytes({ pieceBytes, connections }: TransferLimits, freeBytes: number): number {
    if (connections <= 1) return pieceBytes;
    const share = Math.ceil(freeBytes / (2 * connections) / LEAST_PIECE) * LEAST_PIECE;
    const least = Math.max(
      LEAST_PIECE,
      Math.ceil(LEAST_LATENCIES * this.#longestLatency() * this.#bytesPerMs),
    );
    return Math.min(pieceBytes, Math.max(least, share));
  }

  /** The piece that would end last, when it is worth sharing. */
  slowest(active: Iterable<ActivePiece>): ActivePiece | null {
    let slowest: ActivePiece | null = null;
    let longest = Math.max(this.#tuning.stealAfterMs, 3 * this.#longestLatency());
    for (const piece of active) {
      const left = piece.end - piece.at;
      if (left < 2 * LEAST_PIECE || left === Number.POSITIVE_INFINITY) continue;
      const elapsed = this.#now() - piece.askedAt;
      if (elapsed < longest / 2) continue;
      const leftMs = (left * elapsed) / Math.max(1, piece.at - piece.start);
      if (leftMs > longest) {
        longest = leftMs;
        slowest = piece;
      }
    }
    return slowest;
  }

  /** Takes a part of the slowest piece for a connection that has nothing to do. */
  steal(active: ReadonlySet<ActivePiece>): Range | null {
    const victim = this.slowest(active);
    if (!victim) return null;
    const left = victim.end - victim.at;
    const speed = this.#speed(victim);
    // One that hardly moves, by itself or beside the others, keeps little.
    const slow =
      speed < this.#tuning.stallBytesPerSecond / 1000 ||
      [...active].some((piece) => this.#speed(piece) > 4 * speed);
    const kept = Math.ceil((left * (slow ? 0.1 : 0.5)) / 4096) * 4096;
    const range = { start: victim.at + kept, end: victim.end };
    victim.end = range.start;
    return range;
  }

  /** Asked at every tick: whether its connection is too slow, or silent for too long, to be kept. */
  stalls(piece: ActivePiece): boolean {
    const { stallMs, stallBytesPerSecond, headMs } = this.#tuning;
    if (!piece.connection || piece.connection.paused) {
      // Held up by us, not by the server.
      piece.ticks = [];
      return false;
    }
    if (piece.headAt === null) {
      const usual = this.#latencies.length > 3 ? this.#longestLatency() * 10 : headMs;
      const patience = Math.min(headMs, Math.max(stallMs, usual)) * this.#patience;
      return this.#now() - piece.askedAt > patience;
    }
    piece.ticks.push(piece.at);
    const ticks = Math.max(1, Math.round(stallMs / TICK_MS)) * this.#patience;
    if (piece.ticks.length <= ticks) return false;
    const came = piece.at - piece.ticks.shift()!;
    return came < (stallBytesPerSecond * stallMs * this.#patience) / 1000;
  }

  #longestLatency(): number {
    return Math.max(...this.#latencies, 0);
  }

  /** Bytes per millisecond. */
  #speed(piece: ActivePiece): number {
    return (piece.at - piece.start) / Math.max(1, this.#now() - piece.askedAt);
  }
}
