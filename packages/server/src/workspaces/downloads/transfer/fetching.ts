import { Bodies } from './bodies.ts';
import { Consequences } from './consequences.ts';
import type { CurrentAddress } from './current-address.ts';
import type { FetchContext, FetchOwner, TransferEnvironment } from './fetch-context.ts';
import { type ActivePiece, Line, newPiece } from './line.ts';
import { Requests } from './requests.ts';
import { Setbacks } from './setbacks.ts';
import type { TransferLimits, TransferSample } from './transfer.ts';

/** The connections of one transfer: how many there are, and which part of the file each fetches. */
export class Fetching {
  readonly bodies: Bodies;
  readonly requests: Requests;
  readonly #context: FetchContext;
  readonly #consequences: Consequences;
  #limits: TransferLimits;
  #slots = 0;
  #wake: (() => void) | null = null;
  #idle = new AbortController();

  constructor(owner: FetchOwner, environment: TransferEnvironment, address: CurrentAddress) {
    this.#limits = owner.request.limits;
    this.#context = {
      owner,
      environment,
      address,
      line: new Line(environment.tuning, environment.now),
      setbacks: new Setbacks(environment),
      active: new Set(),
      connections: () => this.#slots,
      idle: () => this.#idle.signal,
      wakeUp: () => this.wakeUp(),
    };
    this.bodies = new Bodies(this.#context);
    this.#consequences = new Consequences(this.#context, this.bodies);
    this.requests = new Requests(this.#context, this.bodies, this.#consequences);
  }

  setLimits(limits: TransferLimits): void {
    this.#limits = limits;
    this.wakeUp();
  }

  /** Ends all connections at work. */
  cut(): void {
    for (const piece of this.#context.active) piece.connection?.destroy('stopped');
    this.wakeUp();
  }

  get waits(): boolean {
    return this.#context.active.size === 0 && this.#context.setbacks.waiting > 0;
  }

  sample(): Pick<
    TransferSample,
    | 'receivedBytes'
    | 'wastedBytes'
    | 'connections'
    | 'latencyMs'
    | 'requests'
    | 'failures'
    | 'refusals'
  > {
    const { active, line, setbacks } = this.#context;
    return {
      receivedBytes: this.requests.receivedBytes,
      wastedBytes: this.bodies.wastedBytes,
      connections: active.size,
      latencyMs: line.latencyMs,
      requests: this.requests.count,
      failures: setbacks.failures,
      refusals: setbacks.refusals,
    };
  }

  /** Something has changed that connections may have waited for. */
  wakeUp(): void {
    this.#wake?.();
  }

  /** Writes what waits too long, and gives up connections that stall. */
  tick(): void {
    const { active, line, owner } = this.#context;
    for (const piece of active) {
      this.bodies.flushIfDue(piece);
      if (line.stalls(piece)) piece.connection!.destroy('stalled');
    }
    if (owner.state.identity && owner.state.freeBytes === 0) this.wakeUp();
  }

  /** Until every byte is there. */
  async download(): Promise<void> {
    const { owner } = this.#context;
    this.#idle = new AbortController();
    const onAbort = (): void => this.#idle.abort();
    owner.signal.addEventListener('abort', onAbort, { once: true });
    const slots = new Set<Promise<void>>();
    try {
      while (!owner.state.complete) {
        owner.signal.throwIfAborted();
        while (this.#slots < this.#wantedSlots() && this.#hasWork()) {
          this.#slots++;
          const slot: Promise<void> = this.#slot()
            .catch((error: unknown) => owner.fail(error))
            .finally(() => {
              this.#slots--;
              slots.delete(slot);
              this.wakeUp();
            });
          slots.add(slot);
        }
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.#wake = null;
      owner.signal.removeEventListener('abort', onAbort);
      this.#idle.abort();
      await Promise.all(slots);
    }
    owner.signal.throwIfAborted();
    await owner.state.settled();
    owner.signal.throwIfAborted();
  }

  /** Fetches a part again, into memory, and touches nothing. @throws when it cannot be had */
  async fetchAgain(start: number, end: number): Promise<Buffer> {
    const { owner, active, environment } = this.#context;
    for (;;) {
      const parts: Buffer[] = [];
      // Among the active ones, so that it is given up when it stalls.
      const piece = newPiece({ start, end }, environment.now());
      active.add(piece);
      const outcome = await this.requests
        .ask(
          () => piece,
          {
            begin: (answer) => answer.kind === 'part' && answer.range.end === end,
            body: (block, from, to) => {
              parts.push(Buffer.from(block.bytes.subarray(from, to)));
              piece.at += to - from;
            },
            flush: () => {},
          },
          piece,
        )
        .finally(() => active.delete(piece));
      if (outcome && piece.at === end) {
        this.bodies.wastedBytes += end - start;
        this.#consequences.good();
        return Buffer.concat(parts);
      }
      if (outcome) await this.#consequences.follow(outcome, false);
      owner.signal.throwIfAborted();
    }
  }

  /** Until the first answer nobody knows whether there is more than one piece. */
  get #oneOnly(): boolean {
    return this.#context.owner.state.identity === null || this.bodies.ranges === false;
  }

  #wantedSlots(): number {
    return this.#oneOnly ? 1 : this.#limits.connections;
  }

  #hasWork(): boolean {
    const { owner, active, line } = this.#context;
    if (this.#oneOnly) return active.size === 0;
    return owner.state.freeBytes > 0 || line.slowest(active) !== null;
  }

  /** One connection's worth of work. */
  async #slot(): Promise<void> {
    const { signal, state } = this.#context.owner;
    while (!signal.aborted && !state.complete) {
      if (this.#slots > this.#wantedSlots() || !this.#hasWork()) return;
      await this.#fetchPiece();
    }
  }

  async #fetchPiece(): Promise<void> {
    const { bodies } = this;
    let taken: ActivePiece | null = null;
    const outcome = await this.requests.ask(
      () => {
        taken = this.#nextPiece();
        return taken;
      },
      {
        begin: (answer, facts) => bodies.begin(taken!, answer, facts),
        body: (block, from, to) => bodies.add(taken!, block, from, to),
        flush: () => bodies.flush(taken!),
      },
    );
    const piece = taken as ActivePiece | null;
    if (!piece) return;
    if (!outcome) return bodies.end(piece);
    bodies.flush(piece);
    if (outcome.kind === 'ended') bodies.endOfStream(piece, outcome.answer, outcome.facts);
    bodies.end(piece);
    const progressed = piece.added > 0;
    this.#context.line.sawEnd(piece);
    if (progressed) this.#consequences.good();
    if (outcome.kind === 'ended' && outcome.answer.kind === 'whole' && progressed)
      await this.#consequences.doubtLength(piece, outcome.facts.host);
    if (piece.reply && outcome.kind !== 'ended') piece.reply.odd = true;
    await this.#consequences.follow(outcome, progressed);
  }

  #nextPiece(): ActivePiece | null {
    const { owner, active, line, environment } = this.#context;
    const { state } = owner;
    const range =
      this.#oneOnly && active.size > 0
        ? null
        : state.identity === null
          ? { start: 0, end: this.#limits.pieceBytes }
          : this.bodies.ranges === false
            ? { start: 0, end: state.identity.sizeBytes }
            : (state.take(line.pieceBytes(this.#limits, state.freeBytes)) ?? line.steal(active));
    if (!range) return null;
    const piece = newPiece(range, environment.now());
    active.add(piece);
    return piece;
  }
}
