import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to a server that a test can cut and mend. */
export interface CuttableProxy {
  /** The server's address with this proxy's host and port in it. */
  readonly url: string;
  /** Breaks all connections and refuses new ones. */
  cut(): void;
  /** Cuts as soon as somebody sends this text; it does not arrive. */
  cutAt(text: string): void;
  /** Nothing gets through any more, and nobody is told: a server that hangs. */
  hold(): void;
  mend(): void;
  /** Resolves when no connection is open. */
  unused(): Promise<void>;
  close(): Promise<void>;
}

export async function openCuttableProxy(serverUrl: string): Promise<CuttableProxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const closed = new EventEmitter();
  let isCut = false;
  let isHeld = false;
  let fatal: string | undefined;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    near.on('data', (sent) => {
      if (fatal !== undefined && sent.includes(fatal)) cut();
    });
    if (isHeld) near.pause();
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      if (!isHeld) one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
        closed.emit('one');
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);

  function cut(): void {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  }
  return {
    url: url.href,
    cut,
    cutAt(text) {
      fatal = text;
    },
    hold() {
      isHeld = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend() {
      isCut = false;
      fatal = undefined;
    },
    async unused() {
      while (sockets.size > 0) await once(closed, 'one');
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
