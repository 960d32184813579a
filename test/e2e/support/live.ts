import type { Api } from './api.ts';
import type { Product } from './product.ts';

export interface Live {
  /** Bodies of the messages of the topic so far. */
  readonly messages: readonly unknown[];
  close(): void;
}

/** Listens to one topic like a signed-in page does. */
export async function listen(product: Product, api: Api, topic: string): Promise<Live> {
  const messages: unknown[] = [];
  const address = `${product.url.replace('http', 'ws')}/api/live`;
  // Node's own WebSocket takes headers, which a browser's does not.
  const socket = new WebSocket(address, { headers: api.headers() } as never);
  await new Promise<void>((subscribed, failed) => {
    socket.addEventListener('error', () => failed(new Error(`${address} cannot be reached`)));
    socket.addEventListener('open', () =>
      socket.send(JSON.stringify({ type: 'subscribe', topic })),
    );
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as { type: string; body?: unknown; detail?: string };
      if (message.type === 'subscribed') subscribed();
      if (message.type === 'error') failed(new Error(message.detail));
      if (message.type === 'message') messages.push(message.body);
    });
  });
  return { messages, close: () => socket.close() };
}
