import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Content } from './content.ts';
import type { Fault, FaultPlan } from './faults.ts';
import { bytesAllowed } from './pace.ts';

export interface ServedFile {
  readonly content: Content;
  /** With its quotes; default one made of the size. Null for none. */
  readonly etag?: string | null;
  readonly lastModified?: string;
  /** Default application/octet-stream. */
  readonly type?: string;
  readonly disposition?: string;
  /** False: the server knows no ranges and answers 200. Default true. */
  readonly ranges?: boolean;
  /** As storage with signed addresses: a request with `Authorization` gets 400. */
  readonly refusesAuthorization?: boolean;
  /** Answers HEAD; false lets it hang. Default false, as at CivitAI. */
  readonly head?: boolean;
}

export interface FaultServerOptions {
  /** By path with query, `/a.bin`. A function answers for paths that are not known before; undefined is 404. */
  readonly files:
    | Readonly<Record<string, ServedFile>>
    | ((path: string, request: IncomingMessage) => ServedFile | undefined);
  readonly faults?: FaultPlan;
  /** Bytes per second of one connection. */
  readonly rate?: number;
  /** Before each answer; twice before the first of a connection, which has a handshake to pay for. */
  readonly latencyMs?: number;
  /** Most connections at once; what is above is answered 429 and closed, or refused by a reset. */
  readonly maxConnections?: number;
  readonly overMax?: 'refuse' | 429;
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
}

/** What the server saw. `bodyBytes` were handed to the network, whether the other side read them or not. */
export interface FaultServerCounts {
  requests: number;
  connections: number;
  openConnections: number;
  mostConnections: number;
  bodyBytes: number;
  refused: number;
}

export interface FaultServer {
  readonly url: string;
  readonly port: number;
  readonly counts: FaultServerCounts;
  /** Path and query that opens `path` until it has run out: of seconds or of bytes sent. Afterwards 403 as R2 says it. */
  sign(path: string, until: { seconds?: number; bytes?: number }): string;
  setFaults(plan: FaultPlan | undefined): void;
  /** Resets all connections. */
  cut(): void;
  close(): Promise<void>;
}

const EXPIRED = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
const PAGE =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>\n';

/** A server of files on 127.0.0.1 that fails as it is told to. */
export async function startFaultServer(options: FaultServerOptions): Promise<FaultServer> {
  const handler = createFaultHandler(options);
  const server = options.tls ? createTlsServer(options.tls) : createServer();
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  server.on(options.tls ? 'secureConnection' : 'connection', handler.connect);
  server.on('request', handler.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    counts: handler.counts,
    sign: handler.sign,
    setFaults: handler.setFaults,
    cut: handler.cut,
    async close() {
      const closed = once(server, 'close');
      server.close();
      handler.cut();
      await closed;
    },
  };
}

/** The same as a handler for a server of one's own: `connect` for each connection, `handle` for each request. */
export function createFaultHandler(options: FaultServerOptions) {
  const counts: FaultServerCounts = {
    requests: 0,
    connections: 0,
    openConnections: 0,
    mostConnections: 0,
    bodyBytes: 0,
    refused: 0,
  };
  const sockets = new Map<Socket, { number: number; requests: number; over: boolean }>();
  const signed = new Map<string, { path: string; until: number; bytes: number }>();
  let plan = options.faults;
  const find = (path: string, request: IncomingMessage) =>
    typeof options.files === 'function' ? options.files(path, request) : options.files[path];

  return {
    counts,
    connect(socket: Socket): void {
      const over = sockets.size >= (options.maxConnections ?? Number.POSITIVE_INFINITY);
      if (over) counts.refused++;
      if (over && options.overMax === 'refuse') {
        socket.resetAndDestroy();
        return;
      }
      sockets.set(socket, { number: counts.connections++, requests: 0, over });
      counts.openConnections = sockets.size;
      counts.mostConnections = Math.max(counts.mostConnections, sockets.size);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        counts.openConnections = sockets.size;
      });
    },
    handle(request: IncomingMessage, response: ServerResponse): void {
      answer(request, response).catch((error: Error) => response.destroy(error));
    },
    sign(path: string, until: { seconds?: number; bytes?: number }): string {
      const key = `signature=${signed.size + 1}-secret`;
      signed.set(key, {
        path,
        until: Date.now() + (until.seconds ?? Number.POSITIVE_INFINITY) * 1000,
        bytes: until.bytes ?? Number.POSITIVE_INFINITY,
      });
      return `${path}${path.includes('?') ? '&' : '?'}${key}`;
    },
    setFaults(next: FaultPlan | undefined): void {
      plan = next;
    },
    cut(): void {
      for (const socket of sockets.keys()) socket.resetAndDestroy();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const number = counts.requests++;
    const connection = sockets.get(request.socket) ?? { number: -1, requests: 0, over: false };
    const numberOnConnection = connection.requests++;
    const latency = (options.latencyMs ?? 0) * (numberOnConnection === 0 ? 2 : 1);
    if (latency > 0) await sleep(latency);
    if (connection.over)
      return refuse(response, 429, 'Too many connections', { connection: 'close' });

    let path = request.url ?? '/';
    const key = /[?&](signature=\d+-secret)$/.exec(path)?.[1];
    const signature = key ? signed.get(key) : undefined;
    if (key && (!signature || signature.until <= Date.now() || signature.bytes <= 0))
      return refuse(response, 403, EXPIRED, { 'content-type': 'application/xml' });
    if (signature) path = signature.path;
    const file = find(path, request);
    if (!file) return refuse(response, 404, 'Not found');
    if (file.refusesAuthorization && request.headers.authorization)
      return refuse(response, 400, '<Error><Code>InvalidRequest</Code></Error>');
    if (request.method === 'HEAD' && !file.head) return;

    const size = file.content.sizeBytes;
    const etag = file.etag === undefined ? `"size-${size}"` : file.etag;
    const asked = rangeOf(request.headers.range, size);
    const chosen = plan?.({
      number,
      numberOnConnection,
      connection: connection.number,
      method: request.method ?? 'GET',
      path,
      range: asked === 'unsatisfiable' ? null : asked,
      sizeBytes: size,
    });
    const faults = new Faults(chosen);
    const sentEtag = faults.get('etag') ? faults.get('etag')!.etag : etag;
    const wait = faults.get('latency')?.ms;
    if (wait) await sleep(wait);
    if (faults.get('reset')?.afterBytes === 0) return void request.socket.resetAndDestroy();
    if (faults.get('stall')?.afterBytes === 0) return;
    const status = faults.get('status');
    if (status)
      return refuse(response, status.status, `status ${status.status}`, {
        ...(status.retryAfter !== undefined && { 'retry-after': String(status.retryAfter) }),
      });
    const redirect = faults.get('redirect');
    if (redirect) return refuse(response, redirect.status ?? 302, '', { location: redirect.to });
    if (faults.get('html')) return refuse(response, 200, PAGE, { 'content-type': 'text/html' });

    const condition = request.headers['if-range'];
    const whole =
      asked === null ||
      file.ranges === false ||
      faults.get('whole') !== undefined ||
      (condition !== undefined && condition !== sentEtag && condition !== file.lastModified);
    if (!whole && asked === 'unsatisfiable')
      return refuse(response, 416, '', { 'content-range': `bytes */${size}` });

    let { start, end } = whole || asked === 'unsatisfiable' ? { start: 0, end: size } : asked;
    const shift = faults.get('shifted-range')?.byBytes ?? 0;
    if (!whole && shift !== 0) {
      const length = end - start;
      start = Math.max(0, Math.min(start + shift, size - length));
      end = start + length;
    }
    const promised = faults.get('wrong-length')?.byBytes ?? 0;
    const headers: OutgoingHttpHeaders = {
      'Content-Type': file.type ?? 'application/octet-stream',
      ...(sentEtag !== null && { ETag: sentEtag }),
      ...(file.lastModified && { 'Last-Modified': file.lastModified }),
      ...(file.disposition && { 'Content-Disposition': file.disposition }),
      ...(file.ranges !== false && { 'Accept-Ranges': 'bytes' }),
      ...(!whole && { 'Content-Range': `bytes ${start}-${end - 1}/${size + promised}` }),
    };
    const odd = faults.get('shifted-bytes')?.byBytes ?? 0;
    const from = Math.max(0, Math.min(start + odd, size - (end - start)));
    let body: Iterable<Buffer> | AsyncIterable<Buffer> = file.content.slices(
      from,
      from + end - start,
    );
    const wrong = faults.get('wrong-bytes');
    if (wrong) body = inverted(body, from, wrong.at, wrong.at + wrong.length);
    if (faults.get('gzip')) {
      const parts: Buffer[] = [];
      for await (const part of body) parts.push(part);
      const packed = gzipSync(Buffer.concat(parts));
      headers['Content-Encoding'] = 'gzip';
      headers['Content-Length'] = packed.length;
      body = [packed];
    } else if (!faults.get('chunked'))
      headers['Content-Length'] = end - start + (whole ? promised : 0);
    response.writeHead(whole ? 200 : 206, cased(headers, faults.get('header-case')?.to));
    if (request.method === 'HEAD') return void response.end();
    await send(body, request.socket, response, faults, (sent) => {
      counts.bodyBytes += sent;
      if (signature) signature.bytes -= sent;
    });
  }

  async function send(
    body: Iterable<Buffer> | AsyncIterable<Buffer>,
    socket: Socket,
    response: ServerResponse,
    faults: Faults,
    onSent: (bytes: number) => void,
  ): Promise<void> {
    const rate = faults.get('rate')?.bytesPerSecond ?? options.rate;
    const reset = faults.get('reset');
    const stop = reset ?? faults.get('short') ?? faults.get('stall');
    let left = stop?.afterBytes ?? Number.POSITIVE_INFINITY;
    if (left < Number.POSITIVE_INFINITY) response.flushHeaders();
    for await (let part of body) {
      if (part.length > left) part = part.subarray(0, left);
      left -= part.length;
      while (part.length > 0) {
        const now = rate ? await bytesAllowed(socket, rate, part.length) : part.length;
        if (socket.destroyed) return;
        const piece = part.subarray(0, now);
        part = part.subarray(now);
        onSent(piece.length);
        if (!response.write(piece)) await drained(response);
        if (socket.destroyed) return;
      }
      if (left === 0) break;
    }
    if (left > 0 || !stop) return void response.end();
    if (stop.kind === 'stall') return;
    // What was counted as sent shall leave: a reset throws away what the kernel still holds.
    await flushed(socket);
    if (stop.kind === 'reset') socket.resetAndDestroy();
    else socket.end();
  }
}

class Faults {
  readonly #all: readonly Fault[];
  constructor(faults: Fault | readonly Fault[] | undefined) {
    this.#all = faults === undefined ? [] : 'kind' in faults ? [faults] : faults;
  }
  get<K extends Fault['kind']>(kind: K): Extract<Fault, { kind: K }> | undefined {
    return this.#all.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind);
  }
}

function refuse(
  response: ServerResponse,
  status: number,
  body: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, {
    'content-type': 'text/plain',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

/** One range, end exclusive. Several or none are as no range. */
function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size : Math.min(size, Number(match[2]) + 1);
  return start >= size || end <= start ? 'unsatisfiable' : { start, end };
}

async function* inverted(
  body: Iterable<Buffer> | AsyncIterable<Buffer>,
  start: number,
  from: number,
  to: number,
): AsyncIterable<Buffer> {
  let at = start;
  for await (const part of body) {
    const first = Math.max(0, from - at);
    const last = Math.min(part.length, to - at);
    if (first < last) {
      const copy = Buffer.from(part);
      for (let i = first; i < last; i++) copy[i] = copy[i]! ^ 0xff;
      yield copy;
    } else yield part;
    at += part.length;
  }
}

function cased(
  headers: OutgoingHttpHeaders,
  to: 'lower' | 'upper' | undefined,
): OutgoingHttpHeaders {
  if (!to) return headers;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      to === 'lower' ? name.toLowerCase() : name.toUpperCase(),
      value,
    ]),
  );
}

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms).unref());

/** Also ends when the other side is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

async function flushed(socket: Socket): Promise<void> {
  while (socket.writableLength > 0 && !socket.destroyed) await sleep(2);
  await sleep(10);
}
