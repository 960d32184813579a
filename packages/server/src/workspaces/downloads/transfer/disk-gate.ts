import type { HttpConnection } from './http/connection.ts';

/**
 * Bytes on their way to the disk, of all transfers, above which nothing more is read from the network. Little, as a kill loses them;
 * enough for every thread that writes.
 */
const MOST_BYTES = 2 << 20;
const MIB = 1 << 20;
/** What was written before so many bytes counts half. */
const REMEMBERED_BYTES = 64 * MIB;

/** A disk slower than the network slows the network down instead of filling the memory. */
export class DiskGate {
  readonly #now: () => number;
  #bytes = 0;
  #busySince = 0;
  #busyMs = 0;
  #written = 0;
  readonly #paused = new Set<HttpConnection>();

  /** @param now milliseconds that never go back */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param connection where they came from */
  begin(bytes: number, connection: HttpConnection | null): void {
    if (this.#bytes === 0) this.#busySince = this.#now();
    this.#bytes += bytes;
    if (this.#bytes > MOST_BYTES && connection) {
      this.#paused.add(connection);
      connection.pause('disk');
    }
  }

  end(bytes: number): void {
    this.#bytes -= bytes;
    this.#written += bytes;
    if (this.#bytes === 0) this.#busyMs += this.#now() - this.#busySince;
    if (this.#written > REMEMBERED_BYTES) {
      this.#written /= 2;
      this.#busyMs /= 2;
    }
    if (this.#bytes > (MOST_BYTES * 3) / 4 || this.#paused.size === 0) return;
    for (const connection of this.#paused) connection.resume('disk');
    this.#paused.clear();
  }

  /** Milliseconds in which something was being written, for each MiB of late; null before there was one. */
  writeMsPerMb(): number | null {
    if (this.#written < MIB) return null;
    const busy = this.#busyMs + (this.#bytes === 0 ? 0 : this.#now() - this.#busySince);
    return (busy / this.#written) * MIB;
  }
}
