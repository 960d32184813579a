import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server of the stand-in. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

export async function serve(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  onConnection: (socket: Socket) => void = () => {},
): Promise<Served> {
  const server = createServer(handle);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** What is answered. `body` is JSON unless it is text or bytes. */
export interface Reply {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: unknown;
}

export function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const { status, headers, body } = reply;
  const raw = Buffer.isBuffer(body) || typeof body === 'string' || body === undefined;
  const bytes = raw ? Buffer.from((body as string | Buffer | undefined) ?? '') : json(body);
  response.writeHead(status, {
    ...(body !== undefined && {
      'content-type': raw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    }),
    'content-length': bytes.length,
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** An answer that takes the place of the usual one for requests to come: how a fault of the API is switched on. */
export interface Interruption {
  /** Of path with query. */
  readonly matches: RegExp;
  readonly reply: Reply | 'reset' | 'hang';
  readonly times: number;
}

/** What a server got, for tests that ask what was sent where. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}
