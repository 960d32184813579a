import type { Clock } from '../clock.ts';

/** Where a caller stands after a request was counted. */
export interface Allowance {
  readonly allowed: boolean;
  /** Requests left in this window. */
  readonly remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  readonly resetSeconds: number;
}

interface Window {
  count: number;
  endsAt: number;
}

const WINDOW_MS = 60_000;
export const WINDOW_SECONDS = WINDOW_MS / 1000;
/** Keys kept at most; beyond it the oldest are forgotten, so a flood of addresses cannot fill memory. */
const MAX_KEYS = 100_000;

/**
 * Counts requests per key in windows of one minute that start with a key's first request.
 * Counts live in this process: behind a load balancer each process allows `max`.
 */
export class RateLimiter {
  readonly max: number;
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();
  #sweepAt = 0;

  constructor(options: { max: number; clock: Clock }) {
    this.max = options.max;
    this.#clock = options.clock;
  }

  /** Counts one request of `key`. */
  take(key: string): Allowance {
    const now = this.#clock.now();
    let window = this.#windows.get(key);
    // A window that ends too far ahead was opened before the clock was set back.
    if (!window || window.endsAt <= now || window.endsAt > now + WINDOW_MS) {
      this.#sweep(now);
      window = { count: 0, endsAt: now + WINDOW_MS };
      this.#windows.delete(key);
      this.#windows.set(key, window);
    }
    window.count++;
    return {
      allowed: window.count <= this.max,
      remaining: Math.max(0, this.max - window.count),
      resetSeconds: Math.max(1, Math.ceil((window.endsAt - now) / 1000)),
    };
  }

  #sweep(now: number): void {
    if (now >= this.#sweepAt || now < this.#sweepAt - WINDOW_MS) {
      for (const [key, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(key);
      this.#sweepAt = now + WINDOW_MS;
    }
    if (this.#windows.size >= MAX_KEYS) {
      const oldest = this.#windows.keys().next();
      if (!oldest.done) this.#windows.delete(oldest.value);
    }
  }
}

/**
 * The address as a limit counts it: one household or server usually holds a whole IPv6 /64, so its last four
 * groups are dropped; IPv4 in IPv6 form counts as IPv4.
 */
export function addressKey(ip: string): string {
  if (!ip.includes(':')) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped) return mapped[1] as string;
  const [head = '', tail] = ip.toLowerCase().split('%', 1)[0]!.split('::', 2);
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
