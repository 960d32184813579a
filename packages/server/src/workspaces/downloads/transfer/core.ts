import type { AddressGuard } from '../../../core/address-guard.ts';
import type { ProxyChoice } from '../proxy.ts';
import { DiskGate } from './disk-gate.ts';
import { createHasher } from './hash/follower.ts';
import { createBlockPool } from './http/blocks.ts';
import { ConnectionPool } from './http/pool.ts';
import { type OpenDiskFile, openDiskFile } from './part-file.ts';
import { RateLimit } from './rate.ts';
import { TransferRun } from './run.ts';
import { ThreadLoad } from './thread-load.ts';
import type { TransferEngine, TransferSample } from './transfer.ts';
import { type Tuning, usualTuning } from './tuning.ts';

const SAMPLE_MS = 100;

export interface TransferCoreOptions {
  readonly userAgent: string;
  readonly proxy: ProxyChoice;
  readonly guard?: AddressGuard | undefined;
  /** Certificates trusted instead of the usual ones, PEM. */
  readonly ca?: string | undefined;
  readonly tuning?: Partial<Tuning> | undefined;
  readonly open?: OpenDiskFile;
  readonly random?: () => number;
}

/** The engine in the thread it is called in; `createTransferEngine` gives it one of its own. */
export function createTransferCore(options: TransferCoreOptions): TransferEngine {
  // Steady, and the time of day as well: a clock that is set must not look like a stall.
  const now = (): number => performance.timeOrigin + performance.now();
  const blocks = createBlockPool();
  const rate = new RateLimit(now);
  const hasher = createHasher();
  const pool = new ConnectionPool({
    blocks,
    dial: { guard: options.guard, ca: options.ca },
    proxy: options.proxy,
    readLimit: rate.readLimit,
    now,
  });
  const load = new ThreadLoad();
  const environment = {
    blocks,
    pool,
    rate,
    load,
    hasher,
    gate: new DiskGate(now),
    open: options.open ?? openDiskFile,
    proxy: options.proxy,
    tuning: { ...usualTuning, ...options.tuning },
    userAgent: options.userAgent,
    now,
    random: options.random ?? Math.random,
  };
  const runs = new Map<TransferRun, Promise<unknown>>();
  const listeners = new Set<(samples: readonly TransferSample[]) => void>();
  let timer: NodeJS.Timeout | null = null;

  function tell(only?: TransferRun): void {
    if (listeners.size === 0) return;
    const at = Math.round(now());
    const samples = (only ? [only] : [...runs.keys()]).map((run) => run.sample(at));
    for (const listener of listeners) listener(samples);
  }

  return {
    start(request) {
      const run = new TransferRun(request, environment);
      const done = run.run().finally(() => {
        // The last word on it: small files begin and end between two ticks.
        tell(run);
        runs.delete(run);
        if (runs.size === 0 && timer) {
          clearInterval(timer);
          timer = null;
        }
      });
      runs.set(
        run,
        done.catch(() => {}),
      );
      if (!timer) {
        load.begin();
        timer = setInterval(() => {
          load.look();
          tell();
        }, SAMPLE_MS);
      }
      return {
        done,
        setLimits: (limits) => run.setLimits(limits),
        async pause() {
          run.stop();
          await runs.get(run);
        },
      };
    },
    setRate: (bytesPerSecond) => rate.set(bytesPerSecond),
    setHostLimits: (limits) => pool.setLimits(limits),
    onSample(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      const ending = [...runs.values()];
      for (const run of runs.keys()) run.stop();
      await Promise.all(ending);
      rate.stop();
      pool.close();
      await hasher.stop();
    },
  };
}
