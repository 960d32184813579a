import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type {
  ResponseFacts,
  Transfer,
  TransferEngine,
  TransferRequest,
  TransferResult,
  TransferSample,
} from '../transfer/transfer.ts';

/** A transfer that the test brings to its end. */
export interface FakeTransfer {
  readonly request: TransferRequest;
  /** Says how far it is. */
  progress(sample: Partial<TransferSample>): void;
  /** All of `content` is in the part file. */
  finish(content: string | Uint8Array): void;
  fail(error: unknown): void;
  readonly paused: boolean;
}

export interface FakeEngine extends TransferEngine {
  readonly running: ReadonlyMap<string, FakeTransfer>;
  readonly started: readonly TransferRequest[];
  readonly rates: readonly (number | null)[];
  readonly stopped: boolean;
}

/** Instead of the thread that fetches: files come from the test, at once where `serve` knows their address. */
export function createFakeEngine(
  options: {
    serve?: (url: string) => string | undefined;
    now: () => number;
    /** Whether `started` keeps every request. Default true. */
    remembers?: boolean;
  } = { now: Date.now },
): FakeEngine {
  const running = new Map<string, FakeTransfer>();
  const started: TransferRequest[] = [];
  const rates: (number | null)[] = [];
  const listeners = new Set<(samples: readonly TransferSample[]) => void>();
  let stopped = false;

  function start(request: TransferRequest): Transfer {
    if (options.remembers !== false) started.push(request);
    const { promise, resolve, reject } = Promise.withResolvers<TransferResult>();
    promise.catch(() => {});
    let paused = false;
    const facts: ResponseFacts = {
      host: 'cdn.example',
      sizeBytes: null,
      etag: null,
      contentType: null,
      fileName: null,
      ranges: true,
    };
    const transfer: FakeTransfer = {
      request,
      get paused() {
        return paused;
      },
      progress(sample) {
        const whole: TransferSample = {
          id: request.id,
          at: options.now(),
          phase: 'downloading',
          host: 'cdn.example',
          sizeBytes: null,
          doneBytes: 0,
          receivedBytes: sample.doneBytes ?? 0,
          wastedBytes: 0,
          connections: 1,
          latencyMs: null,
          requests: 1,
          failures: 0,
          refusals: 0,
          diskWriteMsPerMb: null,
          threadBusy: 0,
          ...sample,
        };
        if (sample.doneBytes) writeFileSync(request.partPath, Buffer.alloc(sample.doneBytes));
        for (const listener of listeners) listener([whole]);
      },
      finish(content) {
        running.delete(request.id);
        writeFileSync(request.partPath, content);
        const sha256 = createHash('sha256').update(content).digest('hex');
        const expected = request.expected.hashes.sha256;
        const sizeBytes = readFileSync(request.partPath).length;
        resolve({
          sizeBytes,
          hashes: { sha256, autoV2: sha256.slice(0, 10) },
          agreed: expected === undefined ? [] : ['sha256'],
          disagreed: [],
          facts: { ...facts, sizeBytes },
          receivedBytes: sizeBytes,
          wastedBytes: 0,
          repairedPieces: 0,
          addressesRefreshed: 0,
          durationMs: 1,
        });
      },
      fail(error) {
        running.delete(request.id);
        reject(error);
      },
    };
    running.set(request.id, transfer);
    if (options.serve) {
      request.locate('start', new AbortController().signal).then(({ url }) => {
        const content = options.serve?.(url);
        if (content !== undefined && running.has(request.id)) transfer.finish(content);
      }, transfer.fail);
    }
    return {
      done: promise,
      setLimits() {},
      async pause() {
        paused = true;
        if (running.delete(request.id)) reject(new DOMException('paused', 'AbortError'));
      },
    };
  }

  return {
    running,
    started,
    rates,
    get stopped() {
      return stopped;
    },
    start,
    setRate: (rate) => void rates.push(rate),
    setHostLimits() {},
    onSample(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      stopped = true;
    },
  };
}
