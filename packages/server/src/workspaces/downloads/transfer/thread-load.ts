/**
 * How busy the thread is that fetches. What counts is whether it ever waits for the network, and not the processor time it gets: where it
 * never does, more connections cannot bring more, whoever else keeps the processors busy.
 */
export class ThreadLoad {
  #mark = performance.eventLoopUtilization();
  #busy = 0;

  /** Begins anew: what was before is of no interest. */
  begin(): void {
    this.#mark = performance.eventLoopUtilization();
    this.#busy = 0;
  }

  /** Ends the stretch that `busy` tells of. */
  look(): void {
    const now = performance.eventLoopUtilization();
    this.#busy = performance.eventLoopUtilization(now, this.#mark).utilization;
    this.#mark = now;
  }

  /** Share of the last stretch in which the thread had something to do, 0..1; 0 before there was one. */
  get busy(): number {
    return this.#busy;
  }
}
