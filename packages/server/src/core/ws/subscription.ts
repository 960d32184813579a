import { encode, frameOf } from './frames.ts';
import type { Message, Messages } from './messages.ts';
import type { WsMetrics } from './metrics.ts';
import type { Outbox } from './outbox.ts';

interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** One topic on one connection. */
export interface Subscription {
  /** Begins, or begins again after a gap; `from` is where the client stopped reading. */
  begin(from?: Position): Promise<void>;
  deliver(message: Message): void;
  /** The connection has drained: goes on, and says so where messages were dropped. */
  resume(): Promise<void>;
}

export function createSubscription(
  topic: string,
  deps: { readonly messages: Messages; readonly outbox: Outbox; readonly metrics: WsMetrics },
): Subscription {
  const { messages, outbox, metrics } = deps;
  let last: Position = { epoch: '', offset: 0 };
  /** Messages that arrive while the beginning is looked up; they come after it. */
  let held: Message[] | undefined = [];
  let gap = false;

  function announce(position: Position, complete: boolean): void {
    last = { epoch: position.epoch, offset: position.offset };
    outbox.send(encode({ type: 'subscribed', topic, ...last, complete }));
  }

  function send(message: Message): void {
    const sameEpoch = message.epoch === last.epoch;
    if (sameEpoch && message.offset <= last.offset) return;
    if (outbox.slow) {
      gap = true;
      metrics.dropped(topic);
      return;
    }
    const follows = sameEpoch && message.offset === last.offset + 1;
    if (!follows) announce({ epoch: message.epoch, offset: message.offset - 1 }, false);
    last = message;
    outbox.send(frameOf(message));
    metrics.sent(topic);
  }

  async function start(from: Position | undefined, fresh: boolean): Promise<void> {
    held ??= [];
    const missed = from && (await messages.replay(topic, from.epoch, from.offset));
    if (from !== undefined && missed !== undefined) announce(from, true);
    else announce(await messages.position(topic), fresh);
    const waiting = held;
    held = undefined;
    for (const message of missed ?? []) send(message);
    for (const message of waiting) send(message);
  }

  return {
    begin: (from) => start(from, from === undefined),
    deliver(message) {
      if (held !== undefined) held.push(message);
      else send(message);
    },
    async resume() {
      if (!gap) return;
      gap = false;
      await start(undefined, false);
    },
  };
}
