import type { HostHistory } from '../contract.ts';
import { networkClass } from './network-class.ts';

/** Seconds kept of a host: the median is of about the last minute of work. */
const SECONDS = 60;
/** Pairs of seconds before the speed is said to vary. */
const MIN_PAIRS = 4;
/** What an older visit weighs when a new one begins. */
const REMEMBERED_SECONDS = 10;
/** Requests after which older failures weigh half. */
const HALF_LIFE_REQUESTS = 200;

/** What is seen of a host, second by second. */
export class HostRecord {
  readonly host: string;
  bestConnections: number;
  refusedAt: number | null;
  latencyMs: number | null;
  lastAt = 0;
  #rates: number[] = [];
  /** Whether a second follows the one before it with the same number of connections. */
  #joined: boolean[] = [];
  #changed = false;
  #perConnection: number[] = [];
  #requests = 0;
  #failures = 0;
  #samples = 0;
  /** Of the second that is being gathered. */
  #bytes = 0;
  #ms = 0;
  #connectionMs = 0;

  constructor(host: string, history?: HostHistory) {
    this.host = host;
    this.bestConnections = history?.bestConnections ?? 0;
    this.refusedAt = history?.refusedAt ?? null;
    this.latencyMs = history?.latencyMs ?? null;
    if (!history) return;
    this.lastAt = history.lastAt;
    this.#samples = history.samples;
    const n = Math.min(REMEMBERED_SECONDS, history.samples);
    this.#rates = alternating(history.bytesPerSecond, history.variation, n);
    this.#joined = this.#rates.map(() => true);
    this.#perConnection = new Array(n).fill(history.bytesPerSecondPerConnection);
    this.#requests = HALF_LIFE_REQUESTS / 2;
    this.#failures = history.failureRate * this.#requests;
  }

  note(seen: {
    at: number;
    ms: number;
    bytes: number;
    connections: number;
    requests: number;
    failures: number;
    latencyMs: number | null;
  }): void {
    this.lastAt = seen.at;
    if (seen.latencyMs !== null) this.latencyMs = seen.latencyMs;
    this.#requests += seen.requests;
    this.#failures += seen.failures;
    if (this.#requests > 2 * HALF_LIFE_REQUESTS) {
      this.#requests /= 2;
      this.#failures /= 2;
    }
    if (seen.connections === 0 && seen.bytes === 0) return;
    this.#bytes += seen.bytes;
    this.#ms += seen.ms;
    this.#connectionMs += seen.ms * seen.connections;
    if (this.#ms >= 1000) this.#closeSecond();
  }

  /** Bytes per second of the last seconds; what is gathered now where no second is complete. */
  get bytesPerSecond(): number {
    if (this.#rates.length > 0) return median(this.#rates);
    return this.#ms > 0 ? (this.#bytes * 1000) / this.#ms : 0;
  }

  get bytesPerSecondPerConnection(): number | null {
    if (this.#perConnection.length > 0) return median(this.#perConnection);
    return this.#connectionMs > 0 ? (this.#bytes * 1000) / this.#connectionMs : null;
  }

  /** The number of connections has been changed: what comes now is not compared with what came before. */
  changed(): void {
    this.#changed = true;
    this.#bytes = 0;
    this.#ms = 0;
    this.#connectionMs = 0;
  }

  /**
   * Standard deviation over mean. From neighbouring seconds (von Neumann's), so that a slow change of the level does not
   * look like an unsteady line; nor does a change that we made.
   */
  get variation(): number {
    const rates = this.#rates;
    let sum = 0;
    let n = 0;
    for (let i = 1; i < rates.length; i++) {
      if (!this.#joined[i]) continue;
      sum += (rates[i]! - rates[i - 1]!) ** 2;
      n++;
    }
    if (n < MIN_PAIRS) return 0;
    const mean = rates.reduce((total, rate) => total + rate, 0) / rates.length;
    return mean === 0 ? 0 : Math.sqrt(sum / (2 * n)) / mean;
  }

  get failureRate(): number {
    // A failure among a handful of requests says little: as if twenty good ones had gone before.
    return this.#failures / (this.#requests + 20);
  }

  toHistory(): HostHistory {
    return {
      host: this.host,
      networkClass: networkClass({
        bytesPerSecond: this.bytesPerSecond,
        variation: this.variation,
        failureRate: this.failureRate,
        seconds: this.#rates.length,
      }),
      bytesPerSecond: Math.round(this.bytesPerSecond),
      bytesPerSecondPerConnection: Math.round(this.bytesPerSecondPerConnection ?? 0),
      variation: this.variation,
      latencyMs: this.latencyMs,
      failureRate: this.failureRate,
      bestConnections: this.bestConnections,
      refusedAt: this.refusedAt,
      samples: this.#samples,
      lastAt: Math.round(this.lastAt),
    };
  }

  #closeSecond(): void {
    push(this.#rates, (this.#bytes * 1000) / this.#ms);
    push(this.#joined, !this.#changed);
    this.#changed = false;
    if (this.#connectionMs > 0) {
      push(this.#perConnection, (this.#bytes * 1000) / this.#connectionMs);
    }
    this.#samples++;
    this.#bytes = 0;
    this.#ms = 0;
    this.#connectionMs = 0;
  }
}

function push<T>(values: T[], value: T): void {
  values.push(value);
  if (values.length > SECONDS) values.shift();
}

/** `n` values with that median and that variation between neighbours: half of them above, half below. */
function alternating(level: number, variation: number, n: number): number[] {
  const step = level * Math.min(1, variation / Math.SQRT2);
  return Array.from({ length: n }, (_, i) => level + (i % 2 === 0 ? step : -step));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? sorted[Math.floor(middle)]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
