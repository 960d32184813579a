/** Weight of the past is halved every so many milliseconds. */
const HALF_LIFE_MS = 2_000;

/** Bytes per second over the last seconds, from a count that only grows. */
export class SpeedMeter {
  #at: number | undefined;
  #bytes = 0;
  #speed = 0;

  /** @param bytes in total so far */
  add(at: number, bytes: number): void {
    if (this.#at !== undefined && at > this.#at) {
      const ms = at - this.#at;
      const now = (Math.max(0, bytes - this.#bytes) * 1000) / ms;
      const kept = this.#speed === 0 ? 0 : 0.5 ** (ms / HALF_LIFE_MS);
      this.#speed = this.#speed * kept + now * (1 - kept);
    }
    if (this.#at === undefined || at > this.#at) {
      this.#at = at;
      this.#bytes = bytes;
    }
  }

  get bytesPerSecond(): number {
    return this.#speed;
  }
}
