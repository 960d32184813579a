import { AppError } from '../../../core/errors.ts';
import type { ProxyChoice } from '../proxy.ts';
import type { Answer } from './answer.ts';
import { ask, type BodySink, type Outcome } from './ask.ts';
import type { CurrentAddress } from './current-address.ts';
import { transferErrors } from './errors.ts';
import { connectionError, statusError } from './failures.ts';
import type { Block } from './http/blocks.ts';
import type { HttpConnection } from './http/connection.ts';
import type { ConnectionPool } from './http/pool.ts';
import type { FileIdentity } from './journal.ts';
import { type ActivePiece, Line, newPiece } from './line.ts';
import type { PartEnvironment, PartState } from './part-state.ts';
import type { RateLimit } from './rate.ts';
import { Setbacks } from './setbacks.ts';
import type { Target } from './target.ts';
import type { ResponseFacts, TransferLimits, TransferRequest, TransferSample } from './transfer.ts';
import type { Tuning } from './tuning.ts';
import { unlessAborted } from './unless-aborted.ts';

/** What all transfers of a thread share. */
export interface TransferEnvironment extends PartEnvironment {
  readonly pool: ConnectionPool;
  readonly rate: RateLimit;
  readonly proxy: ProxyChoice;
  readonly tuning: Tuning;
  readonly userAgent: string;
  readonly now: () => number;
  readonly random: () => number;
}

/** The transfer that something is fetched for. */
export interface FetchOwner {
  readonly request: TransferRequest;
  readonly state: PartState;
  /** Its reason is what ended the transfer. */
  readonly signal: AbortSignal;
  /** All is there, and parts are fetched to be compared. */
  readonly repairing: boolean;
  fail(error: unknown): void;
  /** The first bytes can be looked at. */
  headIsThere(): void;
  /** Nothing of what was there counts any more. */
  startedOver(): void;
}

/** Seen by `inspectHead`, or the whole file when it is shorter. */
export const HEAD_BYTES = 1 << 20;
/** Pending bytes are written at the next tick once there are so many; older ones in any case. */
const FLUSH_BYTES = 1 << 16;
/** A server that knows parts may answer with the whole this often before it is believed to know none. */
const WHOLE_ANSWERS = 3;

/** One request's part of the file, for the order of suspicion when the whole is wrong. */
export interface Reply {
  readonly start: number;
  readonly end: number;
  readonly connection: HttpConnection;
  /** Something else was wrong with it or its connection. */
  odd: boolean;
}

/** The connections of one transfer: which part each fetches, and what follows from the answers. */
export class Fetching {
  readonly replies: Reply[] = [];
  receivedBytes = 0;
  wastedBytes = 0;
  requests = 0;
  readonly #owner: FetchOwner;
  readonly #environment: TransferEnvironment;
  readonly #address: CurrentAddress;
  readonly #line: Line;
  readonly #setbacks: Setbacks;
  readonly #active = new Set<ActivePiece>();
  #limits: TransferLimits;
  #slots = 0;
  #wake: (() => void) | null = null;
  /** Ends waits of slots when there is nothing left to fetch. */
  #idle = new AbortController();
  #restarting: Promise<void> | null = null;
  #ranges: boolean | null = null;
  #wholeAnswers = 0;
  #changed: { identity: Partial<FileIdentity>; votes: number } | null = null;
  #startedOver = 0;
  #sizeDoubts = 0;
  #page: { bytes: Buffer; facts: ResponseFacts } | null = null;

  constructor(owner: FetchOwner, environment: TransferEnvironment, address: CurrentAddress) {
    this.#owner = owner;
    this.#environment = environment;
    this.#address = address;
    this.#limits = owner.request.limits;
    this.#line = new Line(environment.tuning, environment.now);
    this.#setbacks = new Setbacks(environment);
  }

  setLimits(limits: TransferLimits): void {
    this.#limits = limits;
    this.wakeUp();
  }

  /** Ends all connections at work. */
  cut(): void {
    for (const piece of this.#active) piece.connection?.destroy('stopped');
    this.wakeUp();
  }

  get waits(): boolean {
    return this.#active.size === 0 && this.#setbacks.waiting > 0;
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
    return {
      receivedBytes: this.receivedBytes,
      wastedBytes: this.wastedBytes,
      connections: this.#active.size,
      latencyMs: this.#line.latencyMs,
      requests: this.requests,
      failures: this.#setbacks.failures,
      refusals: this.#setbacks.refusals,
    };
  }

  /** Fetches a part again, into memory, and touches nothing. @throws when it cannot be had */
  async fetchAgain(start: number, end: number): Promise<Buffer> {
    for (;;) {
      const parts: Buffer[] = [];
      // Among the active ones, so that it is given up when it stalls.
      const piece = newPiece({ start, end }, this.#environment.now());
      this.#active.add(piece);
      const outcome = await this.#exchange(
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
      ).finally(() => this.#active.delete(piece));
      if (outcome && piece.at === end) {
        this.wastedBytes += end - start;
        this.#good();
        return Buffer.concat(parts);
      }
      if (outcome) await this.#handle(outcome, false);
      this.#owner.signal.throwIfAborted();
    }
  }

  /** Something has changed that connections may have waited for. */
  wakeUp(): void {
    this.#wake?.();
  }

  /** Until every byte is there. */
  async download(): Promise<void> {
    this.#idle = new AbortController();
    const onAbort = (): void => this.#idle.abort();
    this.#owner.signal.addEventListener('abort', onAbort, { once: true });
    const slots = new Set<Promise<void>>();
    try {
      while (!this.#owner.state.complete) {
        this.#owner.signal.throwIfAborted();
        while (this.#slots < this.#wantedSlots() && this.#hasWork()) {
          this.#slots++;
          const slot: Promise<void> = this.#slot()
            .catch((error: unknown) => this.#owner.fail(error))
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
      this.#owner.signal.removeEventListener('abort', onAbort);
      this.#idle.abort();
      await Promise.all(slots);
    }
    this.#owner.signal.throwIfAborted();
    await this.#owner.state.settled();
    this.#owner.signal.throwIfAborted();
  }

  #wantedSlots(): number {
    // Until the first answer nobody knows whether there is more than one piece.
    return this.#owner.state.identity === null || this.#ranges === false
      ? 1
      : this.#limits.connections;
  }

  #hasWork(): boolean {
    if (this.#owner.state.identity === null || this.#ranges === false)
      return this.#active.size === 0;
    return this.#owner.state.freeBytes > 0 || this.#line.slowest(this.#active) !== null;
  }

  /** One connection's worth of work. */
  async #slot(): Promise<void> {
    while (!this.#owner.signal.aborted && !this.#owner.state.complete) {
      if (this.#slots > this.#wantedSlots() || !this.#hasWork()) return;
      await this.#fetchPiece();
    }
  }

  async #fetchPiece(): Promise<void> {
    let piece: ActivePiece | null = null;
    const reply: { current: Reply | null } = { current: null };
    const outcome = await this.#exchange(
      () => {
        piece = this.#nextPiece();
        return piece;
      },
      {
        begin: (answer, facts) => this.#beginBody(piece!, answer, facts, reply),
        body: (block, from, to) => this.#body(piece!, block, from, to),
        flush: () => this.#flush(piece!),
      },
    );
    const fetched = piece as ActivePiece | null;
    if (!fetched || !outcome) {
      if (fetched) this.#endPiece(fetched);
      return;
    }
    this.#flush(fetched);
    if (outcome.kind === 'ended') this.#endOfStream(fetched, outcome.answer, outcome.facts);
    this.#endPiece(fetched);
    const progressed = fetched.added > 0;
    this.#line.sawEnd(fetched);
    if (progressed) this.#good();
    if (outcome.kind === 'ended' && outcome.answer.kind === 'whole' && progressed)
      await this.#doubtLength(fetched, outcome.facts.host);
    if (reply.current && outcome.kind !== 'ended') reply.current.odd = true;
    await this.#handle(outcome, progressed);
  }

  #endPiece(piece: ActivePiece): void {
    this.#active.delete(piece);
    this.#owner.state.giveBack(piece.at, piece.end);
    // A stream of unknown length that broke cannot be taken up again.
    if (
      this.#owner.state.identity === null &&
      piece.at > 0 &&
      piece.end === Number.POSITIVE_INFINITY
    ) {
      this.wastedBytes += piece.at;
      this.#restart();
    }
  }

  #restart(): void {
    this.#restarting = this.#owner.state.forget();
  }

  /**
   * One request on a connection of the pool.
   * @param next what to fetch, asked once there is a connection; null when there is nothing to do any more
   * @param again set when the part is there already, and is fetched to be compared
   * @returns null when nothing was asked
   */
  async #exchange(
    next: () => ActivePiece | null,
    sink: BodySink,
    again: ActivePiece | null = null,
  ): Promise<Outcome | null> {
    const { pool, proxy, now, userAgent } = this.#environment;
    await this.#restarting;
    const target = await this.#address.find();
    const ending = again ? this.#owner.signal : this.#idle.signal;
    let connection: HttpConnection;
    try {
      connection = await pool.acquire(target.url, ending, this.#setbacks.distrustIdle);
    } catch (error) {
      if (ending.aborted) return null;
      if (error instanceof AppError)
        throw transferErrors.DOWNLOADS_ADDRESS_PRIVATE(
          { host: target.url.hostname },
          { cause: error },
        );
      return this.#dialFailed(error as Error, target);
    }
    try {
      const piece = target === this.#address.target ? next() : null;
      if (!piece) return null;
      piece.connection = connection;
      piece.askedAt = now();
      this.requests++;
      const whole = !again && this.#ranges === false;
      const stop = (): void => connection.destroy('stopped');
      this.#owner.signal.addEventListener('abort', stop, { once: true });
      try {
        return await ask(connection, {
          target,
          asked: { start: piece.at, end: piece.end },
          whole,
          known: this.#owner.state.identity,
          userAgent,
          proxy: proxy(target.url),
          now,
          onHead: () => {
            this.#line.sawHead(piece);
          },
          onReceived: (bytes) => {
            if (bytes === 0) return;
            this.receivedBytes += bytes;
            this.#environment.rate.took(this.#owner.request.id, connection, bytes);
          },
          sink,
          onPage: (bytes, facts) => {
            this.#page = { bytes, facts };
          },
        });
      } finally {
        this.#owner.signal.removeEventListener('abort', stop);
      }
    } finally {
      pool.release(target.url, connection);
    }
  }

  #nextPiece(): ActivePiece | null {
    const { state } = this.#owner;
    let range: { start: number; end: number } | null;
    if (state.identity === null)
      range = this.#active.size === 0 ? { start: 0, end: this.#limits.pieceBytes } : null;
    else if (this.#ranges === false)
      range = this.#active.size === 0 ? { start: 0, end: state.identity.sizeBytes } : null;
    else
      range =
        state.take(this.#line.pieceBytes(this.#limits, state.freeBytes)) ??
        this.#line.steal(this.#active);
    if (!range) return null;
    const piece = newPiece(range, this.#environment.now());
    this.#active.add(piece);
    return piece;
  }

  /** Decides on a body before its first byte. */
  #beginBody(
    piece: ActivePiece,
    answer: Extract<Answer, { kind: 'part' | 'whole' }>,
    facts: ResponseFacts,
    reply: { current: Reply | null },
  ): boolean {
    const { expected } = this.#owner.request;
    const size = answer.kind === 'part' ? answer.identity.sizeBytes : answer.sizeBytes;
    if (this.#owner.state.identity === null) {
      if (expected.sizeBytes !== undefined && size !== null && size !== expected.sizeBytes)
        return false;
      const sizeBytes = size ?? expected.sizeBytes ?? null;
      this.#ranges = answer.kind === 'part';
      if (sizeBytes !== null) {
        const { etag, lastModified } = answer.kind === 'part' ? answer.identity : answer;
        this.#owner.state.name({ sizeBytes, etag, lastModified }, { ...facts, sizeBytes });
        piece.end = Math.min(answer.kind === 'part' ? answer.range.end : sizeBytes, sizeBytes);
        this.#owner.state.takeRange(piece.at, piece.end);
        this.wakeUp();
      } else {
        piece.end = Number.POSITIVE_INFINITY;
        this.#owner.state.facts = facts;
      }
    } else if (answer.kind === 'part') {
      this.#ranges = true;
      this.#owner.state.facts ??= facts;
      if (answer.range.end < piece.end) {
        this.#owner.state.giveBack(answer.range.end, piece.end);
        piece.end = answer.range.end;
      }
    } else if (this.#ranges === false) {
      piece.at = 0;
    } else {
      if (++this.#wholeAnswers < WHOLE_ANSWERS) return false;
      // It has ended to know parts. One connection from now on, and what is there stays there.
      this.#ranges = false;
      return false;
    }
    piece.replyEnd = piece.end;
    reply.current = {
      start: piece.at,
      end: piece.end,
      connection: piece.connection!,
      odd: false,
    };
    this.replies.push(reply.current);
    return true;
  }

  #body(piece: ActivePiece, block: Block, from: number, to: number): void {
    const room = piece.end - piece.at;
    const length = Math.min(to - from, room);
    this.wastedBytes += to - from - length;
    const { pending } = piece;
    if (pending && pending.block === block && pending.to === from) pending.to += length;
    else {
      this.#flush(piece);
      piece.pending = {
        block,
        from,
        to: from + length,
        position: piece.at,
        since: this.#environment.now(),
      };
    }
    piece.at += length;
    // More than was asked for, or somebody else has taken the rest.
    if (to - from > length) {
      if (piece.replyEnd === piece.end) piece.excess += to - from - length;
      piece.connection?.abandon();
    } else if (piece.at === piece.end && piece.replyEnd > piece.end) piece.connection?.abandon();
  }

  #flush(piece: ActivePiece): void {
    const { pending } = piece;
    if (!pending) return;
    piece.pending = null;
    const bytes = pending.to - pending.from;
    const added = this.#owner.state.write(
      pending.block,
      pending.from,
      pending.to,
      pending.position,
      piece.connection!,
    );
    this.wastedBytes += bytes - added;
    piece.added += added;
    if (this.#owner.state.complete) this.wakeUp();
    const size = this.#owner.state.identity?.sizeBytes;
    const head = size === undefined ? HEAD_BYTES : Math.min(HEAD_BYTES, size);
    if (this.#owner.state.done.has(0, head)) this.#owner.headIsThere();
  }

  #good(): void {
    this.#setbacks.good();
    this.#address.good();
    this.#changed = null;
  }

  /** What follows from an exchange: nothing, a wait, a new address, starting over, the end. */
  async #handle(outcome: Outcome, progressed: boolean): Promise<void> {
    if (this.#owner.signal.aborted) return;
    const { host } = this.#address;
    if (outcome.kind === 'lost') {
      // A connection that was open for a while may be closed just when it is used again.
      if (outcome.unanswered && outcome.reused && outcome.reason !== 'stalled') {
        this.#setbacks.distrustIdle = true;
        return;
      }
      if (outcome.reason === 'stopped') return;
      const stalled = outcome.reason === 'stalled';
      if (stalled && !progressed) this.#line.stalledInVain();
      if (outcome.unanswered && !stalled) this.#setbacks.refused(this.#address.target!.url);
      const error = stalled
        ? transferErrors.DOWNLOADS_STALLED({ host })
        : transferErrors.DOWNLOADS_CONNECTION_LOST({ host });
      if (!progressed) return this.#failed(error);
      this.#setbacks.failures++;
      return;
    }
    if (outcome.kind === 'nonsense')
      return this.#failed(
        transferErrors.DOWNLOADS_ANSWER_INVALID({ host, reason: outcome.reason }),
      );
    return this.#handleAnswer(outcome, progressed);
  }

  async #handleAnswer(
    { answer, facts, target }: Extract<Outcome, { kind: 'ended' }>,
    progressed: boolean,
  ): Promise<void> {
    const host = target.url.hostname;
    const { tuning, pool } = this.#environment;
    switch (answer.kind) {
      case 'part':
      case 'whole':
        if (progressed || this.#owner.state.complete) return;
        return this.#unwanted(answer, facts, host);
      case 'empty':
        if (!this.#owner.state.identity)
          this.#owner.state.name(identityOfEmpty(facts), { ...facts, sizeBytes: 0 });
        if (this.#owner.request.expected.sizeBytes)
          throw transferErrors.DOWNLOADS_SIZE_MISMATCH({
            host,
            actual: 0,
            expected: this.#owner.request.expected.sizeBytes,
          });
        return this.wakeUp();
      case 'redirect':
        return this.#address.redirect(target, answer.location);
      case 'changed':
        return this.#fileChanged(answer.identity, host);
      case 'busy': {
        const error = transferErrors.DOWNLOADS_HOST_BUSY({
          host,
          status: answer.status,
          ...(answer.retryAfterMs !== null && {
            retryAfterSeconds: Math.ceil(answer.retryAfterMs / 1000),
          }),
        });
        const { url } = target;
        const tooMany = answer.status === 429 || answer.retryAfterMs !== null;
        if (tooMany) this.#setbacks.refusals++;
        const others = this.#active.size > 0 || pool.busy(url) > 0;
        if (tooMany && others) pool.lower(url);
        if (!others && (answer.retryAfterMs ?? 0) > tuning.maxRetryAfterMs) throw error;
        const wait =
          answer.retryAfterMs === null
            ? null
            : Math.min(answer.retryAfterMs, tuning.maxBackOffMs * 2);
        return this.#failed(error, wait);
      }
      case 'address':
        return this.#refreshAddress(target, statusError(answer.status, host));
      case 'rejected':
        throw statusError(answer.status, host);
      case 'page':
        await this.#failed(transferErrors.DOWNLOADS_PAGE_INSTEAD_OF_FILE({ host }));
        // What leads to a page may be an address that has run out.
        return this.#refreshAddress(
          target,
          transferErrors.DOWNLOADS_PAGE_INSTEAD_OF_FILE({ host }),
        );
      case 'invalid':
        return this.#failed(
          transferErrors.DOWNLOADS_ANSWER_INVALID({ host, reason: answer.reason }),
        );
    }
  }

  /** A body has ended well. One of unknown length tells now how long the file is. */
  #endOfStream(piece: ActivePiece, answer: Answer, facts: ResponseFacts): void {
    if (answer.kind !== 'whole' || piece.end !== Number.POSITIVE_INFINITY) return;
    const { etag, lastModified } = answer;
    const sizeBytes = piece.at;
    piece.end = sizeBytes;
    this.#owner.state.name({ sizeBytes, etag, lastModified }, { ...facts, sizeBytes });
    this.wakeUp();
  }

  /** A whole without a length that ended before or after what was promised. */
  async #doubtLength(piece: ActivePiece, host: string): Promise<void> {
    if (piece.at === piece.end && piece.excess === 0) return;
    const error = transferErrors.DOWNLOADS_SIZE_MISMATCH({
      host,
      actual: piece.at + piece.excess,
      expected: piece.end,
    });
    if (++this.#sizeDoubts >= 3) throw error;
    if (piece.excess > 0) await this.#startOver();
    await this.#failed(error);
  }

  /** 200 or 206 of which nothing was taken. */
  async #unwanted(
    answer: Extract<Answer, { kind: 'part' | 'whole' }>,
    facts: ResponseFacts,
    host: string,
  ): Promise<void> {
    if (this.#owner.state.identity !== null) {
      const reason = answer.kind === 'whole' ? 'the whole instead of a part' : 'nothing';
      return this.#failed(transferErrors.DOWNLOADS_ANSWER_INVALID({ host, reason }));
    }
    const expected = this.#owner.request.expected.sizeBytes;
    const actual = answer.kind === 'part' ? answer.identity.sizeBytes : answer.sizeBytes;
    if (actual === 0 && expected === undefined) {
      const { etag, lastModified } = answer.kind === 'part' ? answer.identity : answer;
      this.#owner.state.name({ sizeBytes: 0, etag, lastModified }, { ...facts, sizeBytes: 0 });
      return this.wakeUp();
    }
    if (actual === null || expected === undefined || actual === expected) {
      return this.#failed(transferErrors.DOWNLOADS_CONNECTION_LOST({ host }));
    }
    // Another length than promised: the source may know what the answer says in words.
    const page = this.#page;
    this.#page = null;
    if (page && this.#owner.request.inspectHead)
      await unlessAborted(
        this.#owner.signal,
        this.#owner.request.inspectHead(page.bytes, page.facts),
      );
    const isPage = /^(text\/html|application\/xhtml)/i.test(facts.contentType ?? '');
    const error = isPage
      ? transferErrors.DOWNLOADS_PAGE_INSTEAD_OF_FILE({ host })
      : transferErrors.DOWNLOADS_SIZE_MISMATCH({ host, actual, expected });
    // Once is an accident of one server of many.
    if (++this.#sizeDoubts >= 3) throw error;
    return this.#failed(error);
  }

  async #fileChanged(identity: Partial<FileIdentity>, host: string): Promise<void> {
    const before = this.#changed;
    const same =
      before !== null &&
      before.identity.sizeBytes === identity.sizeBytes &&
      before.identity.etag === identity.etag;
    const votes = same ? before.votes + 1 : 1;
    this.#changed = { identity, votes };
    const error = transferErrors.DOWNLOADS_FILE_CHANGES({ host });
    // Asked again, and for the same answer, before good bytes are given up; more often where the ETag says that nothing changed.
    const contradicts = identity.etag != null && identity.etag === this.#owner.state.identity?.etag;
    if (votes < (contradicts ? 4 : 2)) return this.#failed(error);
    if (++this.#startedOver > 1) throw error;
    const repairing = this.#owner.repairing;
    await this.#startOver();
    if (repairing) throw new StartedOver();
  }

  async #startOver(): Promise<void> {
    this.#changed = null;
    for (const piece of this.#active) piece.connection?.destroy('stopped');
    this.wastedBytes += this.#owner.state.done.bytes;
    this.#owner.startedOver();
    this.#ranges = null;
    this.replies.length = 0;
    this.#restart();
    await this.#restarting;
  }

  async #dialFailed(error: Error, target: Target): Promise<null> {
    const failure = connectionError(error, target.url.hostname);
    if (!failure.retryable) throw failure;
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED')
      this.#setbacks.refused(target.url);
    await this.#failed(failure);
    return null;
  }

  /** Counts a failure and waits. @param waitMs what the host asked for */
  #failed(error: AppError, waitMs: number | null = null): Promise<void> {
    // A repair goes on when all is there; the wait of a download does not.
    const { signal } = this.#owner.repairing ? this.#owner : this.#idle;
    return this.#setbacks.failed(error, { waitMs, connections: this.#slots, signal });
  }

  #refreshAddress(target: Target, error: AppError): Promise<void> {
    this.#setbacks.failures++;
    // Nothing has ever come from a fresh address: it is the file that cannot be had.
    if (this.#owner.state.identity === null) throw error;
    return this.#address.refresh(target, error);
  }

  /** Writes what waits too long, and gives up connections that stall. */
  tick(): void {
    const now = this.#environment.now();
    for (const piece of this.#active) {
      const { pending } = piece;
      if (pending && (pending.to - pending.from >= FLUSH_BYTES || now - pending.since > 2000))
        this.#flush(piece);
      if (this.#line.stalls(piece)) piece.connection!.destroy('stalled');
    }
    if (this.#owner.state.identity && this.#owner.state.freeBytes === 0) this.wakeUp();
  }
}

/** Found out in the middle of a repair. */
export class StartedOver extends Error {}

function identityOfEmpty(facts: ResponseFacts): FileIdentity {
  return { sizeBytes: 0, etag: facts.etag, lastModified: null };
}
