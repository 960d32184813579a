import type { ServerMessage } from './contract.ts';
import type { Message } from './messages.ts';

const frames = new WeakMap<Message, Buffer>();

/** A message as it goes over the wire: made once, however many connections it goes to. */
export function frameOf(message: Message): Buffer {
  const known = frames.get(message);
  if (known !== undefined) return known;
  const frame = encode({ type: 'message', ...message });
  frames.set(message, frame);
  return frame;
}

export function encode(message: ServerMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}
