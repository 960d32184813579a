import type { Logger } from '../log.ts';
import type { Message } from './messages.ts';

type Listener = (message: Message) => void;

/** Who in this process listens to which topic. */
export function createListeners(log: Logger) {
  const byTopic = new Map<string, Set<Listener>>();
  return {
    topics: () => [...byTopic.keys()],
    has: (topic: string) => byTopic.has(topic),
    add(topic: string, listener: Listener): () => void {
      const listeners = byTopic.get(topic) ?? new Set();
      byTopic.set(topic, listeners);
      // A wrapper, so that one function may listen twice and stop twice.
      const own: Listener = (message) => listener(message);
      listeners.add(own);
      return () => {
        listeners.delete(own);
        if (listeners.size === 0 && byTopic.get(topic) === listeners) byTopic.delete(topic);
      };
    },
    tell(message: Message): void {
      for (const listener of byTopic.get(message.topic) ?? []) {
        try {
          listener(message);
        } catch (error) {
          // One listener's mistake must not keep the message from the others.
          log.error({ err: error, topic: message.topic }, 'ws.listener.failed');
        }
      }
    },
    clear: () => byTopic.clear(),
  };
}
