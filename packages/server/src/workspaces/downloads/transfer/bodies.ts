import type { Answer } from './answer.ts';
import type { FetchContext } from './fetch-context.ts';
import type { Block } from './http/blocks.ts';
import type { ActivePiece, Reply } from './line.ts';
import type { ResponseFacts } from './transfer.ts';

/** Seen by `inspectHead`, or the whole file when it is shorter. */
export const HEAD_BYTES = 1 << 20;
/** Pending bytes are written at the next tick once there are so many; older ones in any case. */
const FLUSH_BYTES = 1 << 16;
const FLUSH_AFTER_MS = 2000;
/** A server that knows parts may answer with the whole this often before it is believed to know none. */
const WHOLE_ANSWERS = 3;

type Body = Extract<Answer, { kind: 'part' | 'whole' }>;

/** Bodies of answers: which are wanted, and where in the file their bytes go. */
export class Bodies {
  /** Each request's part of the file, for the order of suspicion when the whole is wrong. */
  readonly replies: Reply[] = [];
  wastedBytes = 0;
  /** Whether the server knows parts; null as long as nobody knows. */
  ranges: boolean | null = null;
  /** While what was there is given up. */
  restarting: Promise<void> | null = null;
  readonly #context: FetchContext;
  #wholeAnswers = 0;

  constructor(context: FetchContext) {
    this.#context = context;
  }

  /** Decides on a body before its first byte. */
  begin(piece: ActivePiece, answer: Body, facts: ResponseFacts): boolean {
    const { state } = this.#context.owner;
    if (state.identity === null) {
      if (!this.#beginFirst(piece, answer, facts)) return false;
    } else if (answer.kind === 'part') {
      this.ranges = true;
      state.facts ??= facts;
      if (answer.range.end < piece.end) {
        state.giveBack(answer.range.end, piece.end);
        piece.end = answer.range.end;
      }
    } else if (this.ranges === false) {
      piece.at = 0;
    } else {
      if (++this.#wholeAnswers < WHOLE_ANSWERS) return false;
      // It has ended to know parts. One connection from now on, and what is there stays there.
      this.ranges = false;
      return false;
    }
    const { at: start, end } = piece;
    piece.reply = { start, end, connection: piece.connection!, odd: false };
    this.replies.push(piece.reply);
    return true;
  }

  /** The first answer says what file this is. */
  #beginFirst(piece: ActivePiece, answer: Body, facts: ResponseFacts): boolean {
    const { owner, wakeUp } = this.#context;
    const { expected } = owner.request;
    const size = answer.kind === 'part' ? answer.identity.sizeBytes : answer.sizeBytes;
    if (expected.sizeBytes !== undefined && size !== null && size !== expected.sizeBytes)
      return false;
    const sizeBytes = size ?? expected.sizeBytes ?? null;
    this.ranges = answer.kind === 'part';
    if (sizeBytes === null) {
      piece.end = Number.POSITIVE_INFINITY;
      owner.state.facts = facts;
      return true;
    }
    const { etag, lastModified } = answer.kind === 'part' ? answer.identity : answer;
    owner.state.name({ sizeBytes, etag, lastModified }, { ...facts, sizeBytes });
    piece.end = Math.min(answer.kind === 'part' ? answer.range.end : sizeBytes, sizeBytes);
    owner.state.takeRange(piece.at, piece.end);
    wakeUp();
    return true;
  }

  add(piece: ActivePiece, block: Block, from: number, to: number): void {
    const room = piece.end - piece.at;
    const length = Math.min(to - from, room);
    this.wastedBytes += to - from - length;
    const { pending } = piece;
    if (pending && pending.block === block && pending.to === from) pending.to += length;
    else {
      this.flush(piece);
      piece.pending = {
        block,
        from,
        to: from + length,
        position: piece.at,
        since: this.#context.environment.now(),
      };
    }
    piece.at += length;
    // More than was asked for, or somebody else has taken the rest.
    const { end: replyEnd } = piece.reply!;
    if (to - from > length) {
      if (replyEnd === piece.end) piece.excess += to - from - length;
      piece.connection?.abandon();
    } else if (piece.at === piece.end && replyEnd > piece.end) piece.connection?.abandon();
  }

  /** Writes what has come and is not on its way to the disk yet. */
  flush(piece: ActivePiece): void {
    const { pending } = piece;
    if (!pending) return;
    piece.pending = null;
    const { owner, wakeUp } = this.#context;
    const { block, from, to, position } = pending;
    const added = owner.state.write(block, from, to, position, piece.connection!);
    this.wastedBytes += to - from - added;
    piece.added += added;
    if (owner.state.complete) wakeUp();
    const size = owner.state.identity?.sizeBytes;
    const head = size === undefined ? HEAD_BYTES : Math.min(HEAD_BYTES, size);
    if (owner.state.done.has(0, head)) owner.headIsThere();
  }

  /** At every tick: what comes slowly is written all the same. */
  flushIfDue(piece: ActivePiece): void {
    const { pending } = piece;
    if (!pending) return;
    const waited = this.#context.environment.now() - pending.since;
    if (pending.to - pending.from >= FLUSH_BYTES || waited > FLUSH_AFTER_MS) this.flush(piece);
  }

  /** A body has ended well. One of unknown length tells now how long the file is. */
  endOfStream(piece: ActivePiece, answer: Answer, facts: ResponseFacts): void {
    if (answer.kind !== 'whole' || piece.end !== Number.POSITIVE_INFINITY) return;
    const { etag, lastModified } = answer;
    const sizeBytes = piece.at;
    piece.end = sizeBytes;
    this.#context.owner.state.name({ sizeBytes, etag, lastModified }, { ...facts, sizeBytes });
    this.#context.wakeUp();
  }

  /** Gives back what of a piece has not come. */
  end(piece: ActivePiece): void {
    const { active, owner } = this.#context;
    active.delete(piece);
    owner.state.giveBack(piece.at, piece.end);
    // A stream of unknown length that broke cannot be taken up again.
    const isStream = owner.state.identity === null && piece.end === Number.POSITIVE_INFINITY;
    if (!isStream || piece.at === 0) return;
    this.wastedBytes += piece.at;
    this.restarting = owner.state.forget();
  }

  /** Nothing of what is there counts any more. */
  async startOver(): Promise<void> {
    const { active, owner } = this.#context;
    for (const piece of active) piece.connection?.destroy('stopped');
    this.wastedBytes += owner.state.done.bytes;
    owner.startedOver();
    this.ranges = null;
    this.replies.length = 0;
    this.restarting = owner.state.forget();
    await this.restarting;
  }
}
