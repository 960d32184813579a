import type { HttpConnection } from './http/connection.ts';

/**
 * Bytes on their way to the disk, of all transfers, above which nothing more is read from the network. Little, as a kill loses them;
 * enough for every thread that writes.
 */
const MOST_BYTES = 2 << 20;

/** A disk slower than the network slows the network down instead of filling the memory. */
export class DiskGate {
  #bytes = 0;
  readonly #paused = new Set<HttpConnection>();

  /** @param connection where they came from */
  begin(bytes: number, connection: HttpConnection | null): void {
    this.#bytes += bytes;
    if (this.#bytes > MOST_BYTES && connection) {
      this.#paused.add(connection);
      connection.pause('disk');
    }
  }

  end(bytes: number): void {
    this.#bytes -= bytes;
    if (this.#bytes > (MOST_BYTES * 3) / 4 || this.#paused.size === 0) return;
    for (const connection of this.#paused) connection.resume('disk');
    this.#paused.clear();
  }
}
