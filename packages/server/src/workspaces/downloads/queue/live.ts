import type { Messages } from '../../../core/ws/messages.ts';
import { PROGRESS_TOPIC, type ProgressMessage } from '../contract.ts';

/** What runs does not write its speed into tables: whoever shows it hears of it by the topic, in whatever process it is driven. */
export interface Live {
  /** The last message, or undefined when it is too old to be true. */
  now(): ProgressMessage | undefined;
  stop(): void;
}

const TRUE_FOR_MS = 10_000;

export function createLive(deps: {
  messages: Pick<Messages, 'subscribe'>;
  clock: { now(): number };
}): Live {
  let last: { at: number; message: ProgressMessage } | undefined;
  const stop = deps.messages.subscribe(PROGRESS_TOPIC, ({ body }) => {
    last = { at: deps.clock.now(), message: body as ProgressMessage };
  });
  return {
    now: () =>
      last !== undefined && deps.clock.now() - last.at < TRUE_FOR_MS ? last.message : undefined,
    stop,
  };
}
