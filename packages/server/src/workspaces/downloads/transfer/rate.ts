import { BLOCK_BYTES } from './http/blocks.ts';
import type { HttpConnection } from './http/connection.ts';

const TICK_MS = 20;
/** What may come at once after a pause. */
const BURST_MS = 100;

/**
 * A cap on all transfers together. Under a cap a connection reads a small part at a time and waits for its turn; turns go around
 * the transfers and within each around its connections, so a file with sixteen connections gets no more than one with two.
 */
export class RateLimit {
  #rate: number | null = null;
  #tokens = 0;
  #at = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #waiting = new Map<string, HttpConnection[]>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  set(bytesPerSecond: number | null): void {
    this.#refill();
    this.#rate = bytesPerSecond;
    this.#tokens = 0;
    if (bytesPerSecond === null) {
      for (const connections of this.#waiting.values())
        for (const connection of connections) connection.resume('rate');
      this.#waiting.clear();
    }
  }

  /** Most bytes of one read. */
  readonly readLimit = (): number =>
    this.#rate === null
      ? BLOCK_BYTES
      : Math.max(4096, Math.min(1 << 18, Math.floor((this.#rate * TICK_MS) / 1000)));

  /** So many bytes came for a transfer; the connection waits when there were too many. */
  took(transfer: string, connection: HttpConnection, bytes: number): void {
    if (this.#rate === null) return;
    this.#refill();
    this.#tokens -= bytes;
    if (this.#tokens > 0 && this.#waiting.size === 0) return;
    connection.pause('rate');
    const queue = this.#waiting.get(transfer);
    if (queue) queue.push(connection);
    else this.#waiting.set(transfer, [connection]);
    this.#timer ??= setInterval(() => this.#serve(), TICK_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #refill(): void {
    const now = this.#now();
    const rate = this.#rate ?? 0;
    this.#tokens = Math.min(
      (rate * BURST_MS) / 1000,
      this.#tokens + (rate * Math.max(0, now - this.#at)) / 1000,
    );
    this.#at = now;
  }

  #serve(): void {
    this.#refill();
    // Each resumed connection may take this before it is counted.
    let promised = 0;
    while (this.#tokens - promised > 0 && this.#waiting.size > 0) {
      const [transfer, queue] = this.#waiting.entries().next().value!;
      const connection = queue.shift()!;
      // To the end of the round.
      this.#waiting.delete(transfer);
      if (queue.length > 0) this.#waiting.set(transfer, queue);
      if (!connection.open) continue;
      promised += this.readLimit();
      connection.resume('rate');
    }
    if (this.#waiting.size === 0) this.stop();
  }
}
