import type { Clock } from '../clock.ts';
import { createId } from '../ids.ts';
import type { Logger } from '../log.ts';
import { createListeners } from './listeners.ts';
import type { Message, Messages } from './messages.ts';

/** Messages kept per topic for readers that come back. */
export const KEPT_PER_TOPIC = 500;

/** Live messages within one process; a restart begins a new epoch with nothing to replay. */
export function createMemoryMessages(options: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly keep?: number;
}): Messages {
  const { clock, log, keep = KEPT_PER_TOPIC } = options;
  const epoch = createId(clock.now());
  const listeners = createListeners(log);
  const topics = new Map<string, { offset: number; kept: Message[] }>();

  return {
    async publish(topic, body) {
      const state = topics.get(topic) ?? { offset: 0, kept: [] };
      topics.set(topic, state);
      state.offset += 1;
      const message = { topic, epoch, offset: state.offset, at: clock.now(), body };
      state.kept.push(message);
      // Cut rarely and in one piece: shifting one by one would move the array for each message.
      if (state.kept.length >= 2 * keep) state.kept = state.kept.slice(-keep);
      listeners.tell(message);
    },
    subscribe: (topic, listener) => listeners.add(topic, listener),
    async replay(topic, of, offset) {
      const { offset: last, kept } = topics.get(topic) ?? { offset: 0, kept: [] };
      const missed = last - offset;
      if (of !== epoch || missed < 0 || missed > Math.min(keep, kept.length)) return undefined;
      return missed === 0 ? [] : kept.slice(-missed);
    },
    async position(topic) {
      return { epoch, offset: topics.get(topic)?.offset ?? 0 };
    },
    async start() {},
    async stop() {
      listeners.clear();
    },
  };
}
