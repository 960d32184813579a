import type { ProxyChoice } from '../../proxy.ts';
import type { BlockPool } from './blocks.ts';
import { HttpConnection } from './connection.ts';
import { type DialOptions, dial } from './dial.ts';

/** Idle connections are closed by most servers after five seconds or more. */
const IDLE_MS = 20_000;
/** A host that refused a connection is asked for one more after this. */
const RECOVER_MS = 15_000;

export interface PoolOptions {
  readonly blocks: BlockPool;
  readonly dial: DialOptions;
  readonly proxy: ProxyChoice;
  readonly readLimit: () => number;
  readonly now: () => number;
}

/** A host all transfers share. */
interface Host {
  readonly name: string;
  /** At work or on the way. */
  busy: number;
  readonly waiting: { resolve: () => void; reject: (error: Error) => void }[];
  /** Lowered by the host itself. */
  cap: number;
  capSince: number;
}

/**
 * Connections of all transfers by host: reused over files, limited in number, waiting ones served in the order they came. That is
 * fair between transfers too, as each piece of a file waits anew.
 */
export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #hosts = new Map<string, Host>();
  readonly #idle = new Map<string, { connection: HttpConnection; since: number }[]>();
  readonly #all = new Set<HttpConnection>();
  #limits: Readonly<Record<string, number>> = {};
  #sweep: NodeJS.Timeout | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  setLimits(limits: Readonly<Record<string, number>>): void {
    this.#limits = limits;
    for (const host of this.#hosts.values()) this.#serve(host);
  }

  /**
   * A connection for one exchange; `release` must follow.
   * @param fresh whether one that was used before will not do
   * @throws the reason of `signal`; what `dial` throws
   */
  async acquire(origin: URL, signal: AbortSignal, fresh = false): Promise<HttpConnection> {
    const host = this.#host(origin.hostname);
    if (host.busy >= this.#most(host)) await this.#wait(host, signal);
    else host.busy++;
    try {
      signal.throwIfAborted();
      const proxy = this.#options.proxy(origin);
      const idle = fresh ? undefined : this.#takeIdle(keyOf(origin, proxy));
      if (idle) return idle;
      const connection = new HttpConnection(this.#options.blocks, this.#options.readLimit);
      const { socket, direct } = await dial(
        origin,
        proxy,
        connection.onread,
        this.#options.dial,
        signal,
      );
      connection.attach(socket, direct);
      this.#all.add(connection);
      socket.once('close', () => this.#all.delete(connection));
      return connection;
    } catch (error) {
      host.busy--;
      this.#serve(host);
      throw error;
    }
  }

  release(origin: URL, connection: HttpConnection): void {
    const host = this.#host(origin.hostname);
    host.busy--;
    if (connection.open) {
      const key = keyOf(origin, this.#options.proxy(origin));
      const idle = this.#idle.get(key) ?? [];
      idle.push({ connection, since: this.#options.now() });
      this.#idle.set(key, idle);
      this.#sweep ??= setInterval(() => this.#closeIdle(), 5000).unref();
    }
    this.#serve(host);
  }

  /** The host had enough with the connections that are at work now: no more until it has recovered. */
  lower(origin: URL): void {
    const host = this.#host(origin.hostname);
    host.cap = Math.max(1, Math.min(host.cap, host.busy));
    host.capSince = this.#options.now();
  }

  /** At work now, for all transfers. */
  busy(origin: URL): number {
    return this.#host(origin.hostname).busy;
  }

  close(): void {
    if (this.#sweep) clearInterval(this.#sweep);
    this.#sweep = null;
    this.#idle.clear();
    for (const connection of this.#all) connection.destroy();
  }

  #host(name: string): Host {
    let host = this.#hosts.get(name);
    if (!host) {
      host = { name, busy: 0, waiting: [], cap: Number.POSITIVE_INFINITY, capSince: 0 };
      this.#hosts.set(name, host);
    }
    return host;
  }

  #most(host: Host): number {
    if (host.cap < Number.POSITIVE_INFINITY) {
      const steps = Math.floor((this.#options.now() - host.capSince) / RECOVER_MS);
      if (steps > 0) {
        host.cap = host.cap + steps > 64 ? Number.POSITIVE_INFINITY : host.cap + steps;
        host.capSince += steps * RECOVER_MS;
      }
    }
    return Math.min(host.cap, this.#limits[host.name] ?? this.#limits['*'] ?? 64);
  }

  #wait(host: Host, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry = {
        resolve: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
        reject,
      };
      const onAbort = (): void => {
        const at = host.waiting.indexOf(entry);
        if (at >= 0) host.waiting.splice(at, 1);
        reject(signal.reason);
      };
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      host.waiting.push(entry);
    });
  }

  #serve(host: Host): void {
    while (host.waiting.length > 0 && host.busy < this.#most(host)) {
      host.busy++;
      host.waiting.shift()!.resolve();
    }
  }

  #takeIdle(key: string): HttpConnection | undefined {
    const idle = this.#idle.get(key);
    while (idle && idle.length > 0) {
      const { connection, since } = idle.pop()!;
      if (connection.open && this.#options.now() - since < IDLE_MS) return connection;
      connection.destroy();
    }
    return undefined;
  }

  #closeIdle(): void {
    const oldest = this.#options.now() - IDLE_MS;
    for (const [key, idle] of this.#idle) {
      const kept = idle.filter(({ connection, since }) => {
        if (connection.open && since > oldest) return true;
        connection.destroy();
        return false;
      });
      if (kept.length > 0) this.#idle.set(key, kept);
      else this.#idle.delete(key);
    }
    if (this.#idle.size === 0 && this.#sweep) {
      clearInterval(this.#sweep);
      this.#sweep = null;
    }
  }
}

function keyOf(origin: URL, proxy: URL | null): string {
  return `${origin.protocol}//${origin.host} ${proxy?.href ?? ''}`;
}
