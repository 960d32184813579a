import type { AppError } from '../../../core/errors.ts';
import type { Answer } from './answer.ts';
import type { Outcome } from './ask.ts';
import type { Bodies } from './bodies.ts';
import { transferErrors } from './errors.ts';
import { connectionError, statusError } from './failures.ts';
import type { FetchContext } from './fetch-context.ts';
import type { FileIdentity } from './journal.ts';
import type { ActivePiece } from './line.ts';
import type { Target } from './target.ts';
import type { ResponseFacts } from './transfer.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Wrong lengths until it is believed that it is the file, and not one server of many. */
const SIZE_DOUBTS = 3;

/** Found out in the middle of a repair. */
export class StartedOver extends Error {}

/** What follows from how an exchange ended: nothing, a wait, a new address, starting over, the end of the transfer. */
export class Consequences {
  readonly #context: FetchContext;
  readonly #bodies: Bodies;
  #changed: { identity: Partial<FileIdentity>; votes: number } | null = null;
  #startedOver = 0;
  #sizeDoubts = 0;
  #page: { bytes: Buffer; facts: ResponseFacts } | null = null;

  constructor(context: FetchContext, bodies: Bodies) {
    this.#context = context;
    this.#bodies = bodies;
  }

  /** New bytes came. */
  good(): void {
    this.#context.setbacks.good();
    this.#context.address.good();
    this.#changed = null;
  }

  /** First bytes of an answer that is not the file. */
  sawPage(bytes: Buffer, facts: ResponseFacts): void {
    this.#page = { bytes, facts };
  }

  /** @throws what ends the transfer */
  async follow(outcome: Outcome, progressed: boolean): Promise<void> {
    if (this.#context.owner.signal.aborted) return;
    if (outcome.kind === 'ended') return this.#followAnswer(outcome, progressed);
    if (outcome.kind === 'lost') return this.#followLoss(outcome, progressed);
    const { host } = this.#context.address;
    const { reason } = outcome;
    return this.#failed(transferErrors.DOWNLOADS_ANSWER_INVALID({ host, reason }));
  }

  /** No connection could be had. @throws what will not pass */
  async followDial(error: Error, target: Target): Promise<void> {
    const failure = connectionError(error, target.url.hostname);
    if (!failure.retryable) throw failure;
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED')
      this.#context.setbacks.refused(target.url);
    await this.#failed(failure);
  }

  /** A whole without a length that ended before or after what was promised. */
  async doubtLength(piece: ActivePiece, host: string): Promise<void> {
    if (piece.at === piece.end && piece.excess === 0) return;
    const error = transferErrors.DOWNLOADS_SIZE_MISMATCH({
      host,
      actual: piece.at + piece.excess,
      expected: piece.end,
    });
    if (++this.#sizeDoubts >= SIZE_DOUBTS) throw error;
    if (piece.excess > 0) await this.#startOver();
    await this.#failed(error);
  }

  async #followLoss(
    outcome: Extract<Outcome, { kind: 'lost' }>,
    progressed: boolean,
  ): Promise<void> {
    const { setbacks, line, address } = this.#context;
    // A connection that was open for a while may be closed just when it is used again.
    if (outcome.unanswered && outcome.reused && outcome.reason !== 'stalled') {
      setbacks.distrustIdle = true;
      return;
    }
    if (outcome.reason === 'stopped') return;
    const stalled = outcome.reason === 'stalled';
    if (stalled && !progressed) line.stalledInVain();
    if (outcome.unanswered && !stalled) setbacks.refused(address.target!.url);
    if (progressed) {
      setbacks.failures++;
      return;
    }
    const { host } = address;
    return this.#failed(
      stalled
        ? transferErrors.DOWNLOADS_STALLED({ host })
        : transferErrors.DOWNLOADS_CONNECTION_LOST({ host }),
    );
  }

  async #followAnswer(
    { answer, facts, target }: Extract<Outcome, { kind: 'ended' }>,
    progressed: boolean,
  ): Promise<void> {
    const { owner, address } = this.#context;
    const host = target.url.hostname;
    switch (answer.kind) {
      case 'part':
      case 'whole':
        if (progressed || owner.state.complete) return;
        return this.#unwanted(answer, facts, host);
      case 'empty':
        return this.#empty(facts, host);
      case 'redirect':
        return address.redirect(target, answer.location);
      case 'changed':
        return this.#fileChanged(answer.identity, host);
      case 'busy':
        return this.#busy(answer, target);
      case 'address':
        return this.#refreshAddress(target, statusError(answer.status, host));
      case 'rejected':
        throw statusError(answer.status, host);
      case 'page': {
        const error = transferErrors.DOWNLOADS_PAGE_INSTEAD_OF_FILE({ host });
        await this.#failed(error);
        // What leads to a page may be an address that has run out.
        return this.#refreshAddress(target, error);
      }
      case 'invalid':
        return this.#failed(
          transferErrors.DOWNLOADS_ANSWER_INVALID({ host, reason: answer.reason }),
        );
    }
  }

  #empty(facts: ResponseFacts, host: string): void {
    const { owner, wakeUp } = this.#context;
    const identity = { sizeBytes: 0, etag: facts.etag, lastModified: null };
    if (!owner.state.identity) owner.state.name(identity, { ...facts, sizeBytes: 0 });
    const { sizeBytes: expected } = owner.request.expected;
    if (expected) throw transferErrors.DOWNLOADS_SIZE_MISMATCH({ host, actual: 0, expected });
    wakeUp();
  }

  /** The host wants fewer of us, or is not well. */
  async #busy(
    { status, retryAfterMs }: Extract<Answer, { kind: 'busy' }>,
    { url }: Target,
  ): Promise<void> {
    const { setbacks, active, environment } = this.#context;
    const { tuning, pool } = environment;
    const error = transferErrors.DOWNLOADS_HOST_BUSY({
      host: url.hostname,
      status,
      ...(retryAfterMs !== null && { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
    });
    const tooMany = status === 429 || retryAfterMs !== null;
    if (tooMany) setbacks.refusals++;
    const others = active.size > 0 || pool.busy(url) > 0;
    if (tooMany && others) pool.lower(url);
    if (!others && (retryAfterMs ?? 0) > tuning.maxRetryAfterMs) throw error;
    return this.#failed(
      error,
      retryAfterMs === null ? null : Math.min(retryAfterMs, tuning.maxBackOffMs * 2),
    );
  }

  /** 200 or 206 of which nothing was taken. */
  async #unwanted(
    answer: Extract<Answer, { kind: 'part' | 'whole' }>,
    facts: ResponseFacts,
    host: string,
  ): Promise<void> {
    const { owner, wakeUp } = this.#context;
    if (owner.state.identity !== null) {
      const reason = answer.kind === 'whole' ? 'the whole instead of a part' : 'nothing';
      return this.#failed(transferErrors.DOWNLOADS_ANSWER_INVALID({ host, reason }));
    }
    const expected = owner.request.expected.sizeBytes;
    const actual = answer.kind === 'part' ? answer.identity.sizeBytes : answer.sizeBytes;
    if (actual === 0 && expected === undefined) {
      const { etag, lastModified } = answer.kind === 'part' ? answer.identity : answer;
      owner.state.name({ sizeBytes: 0, etag, lastModified }, { ...facts, sizeBytes: 0 });
      return wakeUp();
    }
    if (actual === null || expected === undefined || actual === expected)
      return this.#failed(transferErrors.DOWNLOADS_CONNECTION_LOST({ host }));
    // Another length than promised: the source may know what the answer says in words.
    const page = this.#page;
    this.#page = null;
    const { inspectHead } = owner.request;
    if (page && inspectHead) await unlessAborted(owner.signal, inspectHead(page.bytes, page.facts));
    const isPage = /^(text\/html|application\/xhtml)/i.test(facts.contentType ?? '');
    const error = isPage
      ? transferErrors.DOWNLOADS_PAGE_INSTEAD_OF_FILE({ host })
      : transferErrors.DOWNLOADS_SIZE_MISMATCH({ host, actual, expected });
    if (++this.#sizeDoubts >= SIZE_DOUBTS) throw error;
    return this.#failed(error);
  }

  async #fileChanged(identity: Partial<FileIdentity>, host: string): Promise<void> {
    const { owner } = this.#context;
    const before = this.#changed;
    const same =
      before !== null &&
      before.identity.sizeBytes === identity.sizeBytes &&
      before.identity.etag === identity.etag;
    const votes = same ? before.votes + 1 : 1;
    this.#changed = { identity, votes };
    const error = transferErrors.DOWNLOADS_FILE_CHANGES({ host });
    // Asked again, and for the same answer, before good bytes are given up; more often where the ETag says that nothing changed.
    const contradicts = identity.etag != null && identity.etag === owner.state.identity?.etag;
    if (votes < (contradicts ? 4 : 2)) return this.#failed(error);
    if (++this.#startedOver > 1) throw error;
    const { repairing } = owner;
    await this.#startOver();
    if (repairing) throw new StartedOver();
  }

  async #startOver(): Promise<void> {
    this.#changed = null;
    await this.#bodies.startOver();
  }

  #refreshAddress(target: Target, error: AppError): Promise<void> {
    const { setbacks, owner, address } = this.#context;
    setbacks.failures++;
    // Nothing has ever come from a fresh address: it is the file that cannot be had.
    if (owner.state.identity === null) throw error;
    return address.refresh(target, error);
  }

  /** Counts a failure and waits. @param waitMs what the host asked for */
  #failed(error: AppError, waitMs: number | null = null): Promise<void> {
    const { owner, setbacks, connections, idle } = this.#context;
    // A repair goes on when all is there; the wait of a download does not.
    const signal = owner.repairing ? owner.signal : idle();
    return setbacks.failed(error, { waitMs, connections: connections(), signal });
  }
}
