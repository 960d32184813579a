import {
  isIP,
  type OnReadOpts,
  type Socket,
  type TcpNetConnectOpts,
  connect as tcpConnect,
} from 'node:net';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import type { AddressGuard } from '../../../../core/address-guard.ts';
import { header, MAX_HEAD_BYTES, parseHead } from './head.ts';

const CONNECT_TIMEOUT_MS = 15_000;

export interface DialOptions {
  /** Undefined: every address may be reached. */
  readonly guard?: AddressGuard | undefined;
  /** Certificates that are trusted besides the system's, PEM. */
  readonly ca?: string | undefined;
}

/** The proxy did not open the way. */
export class ProxyRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the proxy answered ${status}`);
    this.status = status;
  }
}

export interface Dialled {
  readonly socket: Socket;
  /** Reads go to `onread`; else they are events. */
  readonly direct: boolean;
}

/**
 * Opens a way to an origin: straight, or through a proxy: `http:` origins are asked of the proxy itself, for `https:` ones it
 * opens a tunnel.
 * @throws the error of the socket, ProxyRefused, what the guard throws
 */
export async function dial(
  origin: URL,
  proxy: URL | null,
  onread: OnReadOpts,
  options: DialOptions,
  signal: AbortSignal,
): Promise<Dialled> {
  const secure = origin.protocol === 'https:';
  if (proxy === null) {
    options.guard?.check(origin.hostname);
    const lookup = options.guard && { lookup: options.guard.lookup };
    const socket = await opened({ ...at(origin), ...lookup, onread }, secure, options, signal);
    return { socket, direct: true };
  }
  const proxySecure = proxy.protocol === 'https:';
  if (!secure)
    return {
      socket: await opened({ ...at(proxy), onread }, proxySecure, options, signal),
      direct: true,
    };
  const wire = await opened(at(proxy), proxySecure, options, signal);
  try {
    await openTunnel(wire, origin, proxy, signal);
    const socket = tlsConnect({ socket: wire, ...serverName(origin), ...trust(options) });
    await ready(socket, 'secureConnect', signal);
    return { socket, direct: false };
  } catch (error) {
    wire.destroy();
    throw error;
  }
}

export function proxyAuthorization(proxy: URL): readonly (readonly [string, string])[] {
  if (proxy.username === '' && proxy.password === '') return [];
  return [['Proxy-Authorization', basic(proxy)]];
}

export function basic(url: URL): string {
  const words = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(words).toString('base64')}`;
}

function at(url: URL): TcpNetConnectOpts {
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    noDelay: true,
    keepAlive: true,
  };
}

/** Names are sent for the certificate to be chosen by, addresses never. */
function serverName(url: URL): ConnectionOptions {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) ? { host } : { host, servername: host };
}

function trust({ ca }: DialOptions): ConnectionOptions {
  return { ALPNProtocols: ['http/1.1'], ...(ca !== undefined && { ca }) };
}

async function opened(
  way: TcpNetConnectOpts,
  secure: boolean,
  options: DialOptions,
  signal: AbortSignal,
): Promise<Socket> {
  const host = way.host ?? '';
  const socket = secure
    ? tlsConnect({
        ...(way as ConnectionOptions),
        ...(isIP(host) === 0 && { servername: host }),
        ...trust(options),
      })
    : tcpConnect(way);
  await ready(socket, secure ? 'secureConnect' : 'connect', signal);
  return socket;
}

function ready(socket: Socket, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => fail(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
      CONNECT_TIMEOUT_MS,
    );
    const onAbort = (): void => fail(signal.reason as Error);
    const onClose = (): void => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const fail = (error: Error): void => {
      stop();
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const stop = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('error', fail).off('close', onClose).off(event, done);
    };
    const done = (): void => {
      stop();
      resolve();
    };
    socket.on('error', fail).on('close', onClose).on(event, done);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}

function openTunnel(wire: Socket, origin: URL, proxy: URL, signal: AbortSignal): Promise<void> {
  const target = `${origin.hostname}:${origin.port || 443}`;
  const lines = [['Host', target] as const, ...proxyAuthorization(proxy)].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => end(new Error('the proxy is silent')), CONNECT_TIMEOUT_MS);
    const end = (error?: Error): void => {
      clearTimeout(timer);
      wire.off('data', onData).off('error', end).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      if (error) reject(error);
      else resolve();
    };
    const onAbort = (): void => end(signal.reason as Error);
    const onClose = (): void => end(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const stop = text.indexOf('\r\n\r\n');
      if (stop === -1) {
        if (text.length > MAX_HEAD_BYTES) end(new Error('a head too long'));
        return;
      }
      try {
        const head = parseHead(text.slice(0, stop));
        if (head.status < 200 || head.status > 299) throw new ProxyRefused(head.status);
        // The other side of a tunnel is silent until it is greeted; else this came from the proxy.
        if (stop + 4 < text.length || header(head, 'transfer-encoding') !== null)
          throw new Error('the proxy says more than it should');
        wire.pause();
        end();
      } catch (error) {
        end(error as Error);
      }
    };
    wire.on('data', onData).on('error', end).on('close', onClose);
    signal.addEventListener('abort', onAbort);
    wire.write(`CONNECT ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  });
}
