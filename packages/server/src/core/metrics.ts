import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface BuildInfo {
  readonly version: string;
  readonly commit: string | null;
}

/** Everything `GET /metrics` shows. Other parts add their own with `registers: [metrics.registry]`. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts one answered request. `route` is the pattern, never the path: paths have no bound. */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  countRateLimited(kind: 'user' | 'token' | 'address' | 'sign-in'): void;
}

export function createMetrics(build: BuildInfo): Metrics {
  const registry = new Registry();
  // Includes the event loop's delay (nodejs_eventloop_lag_*), memory, garbage collection and open handles.
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'kizashi_build_info',
    help: 'Always 1; the labels tell what is running.',
    labelNames: ['version', 'commit', 'node'],
    registers: [registry],
  }).set({ version: build.version, commit: build.commit ?? 'unknown', node: process.version }, 1);
  const duration = new Histogram({
    name: 'kizashi_http_request_seconds',
    help: 'Time to answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const limited = new Counter({
    name: 'kizashi_http_rate_limited_total',
    help: 'Requests refused by a rate limit.',
    labelNames: ['kind'],
    registers: [registry],
  });
  // Resolving labels costs more than the observation, and there are few combinations.
  const series = new Map<string, { observe(seconds: number): void }>();
  return {
    registry,
    observeRequest(method, route, status, seconds) {
      const key = `${method} ${status} ${route}`;
      let bound = series.get(key);
      if (!bound) {
        bound = duration.labels(method, route, String(status));
        series.set(key, bound);
      }
      bound.observe(seconds);
    },
    countRateLimited: (kind) => limited.inc({ kind }),
  };
}
