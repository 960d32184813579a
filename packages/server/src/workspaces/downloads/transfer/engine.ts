import { Worker } from 'node:worker_threads';
import { AppError } from '../../../core/errors.ts';
import { transferErrors } from './errors.ts';
import type {
  ThreadCommand,
  ThreadFailure,
  ThreadOptions,
  ThreadReport,
} from './thread-messages.ts';
import type {
  TransferEngine,
  TransferRequest,
  TransferResult,
  TransferSample,
} from './transfer.ts';
import type { Tuning } from './tuning.ts';

export interface TransferEngineOptions {
  /** Sent to every host: a product's own, as some refuse libraries and answer browsers with pages. */
  readonly userAgent?: string;
  /** For everything; without it the environment's. */
  readonly proxy?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether links may lead to this machine and private networks. Default true. */
  readonly privateAddresses?: boolean;
  /** Certificates trusted instead of the usual ones, PEM. */
  readonly ca?: string;
  readonly tuning?: Partial<Tuning>;
}

interface Running {
  readonly request: TransferRequest;
  readonly abort: AbortController;
  readonly resolve: (result: TransferResult) => void;
  readonly reject: (error: unknown) => void;
  /** What was thrown here, until the thread says that it ended the transfer. */
  readonly thrown: Map<number, unknown>;
}

/**
 * All transfers of a process in a thread of their own, begun with the first of them. What `locate` and `inspectHead` throw comes out
 * of `done` as it was thrown. When the thread dies, its transfers fail retryably and the next one begins a new thread.
 */
export function createTransferEngine(options: TransferEngineOptions = {}): TransferEngine {
  const running = new Map<number, Running>();
  const listeners = new Set<(samples: readonly TransferSample[]) => void>();
  let thread: Worker | null = null;
  let runs = 0;
  let rate: number | null = null;
  let hosts: Readonly<Record<string, number>> = {};
  let onStopped: (() => void) | null = null;

  function send(command: ThreadCommand): void {
    thread?.postMessage(command);
  }

  function ensureThread(): void {
    if (thread) return;
    const started = new Worker(new URL('./transfer-worker.ts', import.meta.url), {
      workerData: threadOptions(options),
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 },
    });
    thread = started;
    // Transfers hold the process through `done`; a thread without work does not.
    started.unref();
    started.on('message', receive);
    const onEnd = (reason: string, cause?: unknown): void => {
      if (thread !== started) return;
      thread = null;
      onStopped?.();
      for (const [run, { reject, abort }] of running) {
        running.delete(run);
        abort.abort();
        reject(transferErrors.DOWNLOADS_THREAD_ENDED({ reason }, { cause }));
      }
    };
    started.on('error', (error) =>
      onEnd(error instanceof Error ? error.message : String(error), error),
    );
    started.on('exit', (code) => onEnd(`exit ${code}`));
    send({ kind: 'rate', bytesPerSecond: rate });
    send({ kind: 'hosts', limits: hosts });
  }

  function receive(report: ThreadReport): void {
    if (report.kind === 'samples') {
      for (const listener of listeners) listener(report.samples);
      return;
    }
    if (report.kind === 'stopped') {
      onStopped?.();
      return;
    }
    const transfer = running.get(report.run);
    if (!transfer) return;
    if (report.kind === 'locate') {
      const { question, reason } = report;
      answer(transfer, question, async () => ({
        address: await transfer.request.locate(reason, transfer.abort.signal),
      }));
    } else if (report.kind === 'inspect') {
      const { question, head, facts } = report;
      answer(transfer, question, async () => {
        await transfer.request.inspectHead?.(head, facts);
        return {};
      });
    } else {
      running.delete(report.run);
      if (running.size === 0) thread?.unref();
      transfer.abort.abort();
      if (report.kind === 'done') transfer.resolve(report.result);
      else transfer.reject(errorOf(report.failure, transfer));
    }
  }

  function answer(
    transfer: Running,
    question: number,
    find: () => Promise<Partial<Extract<ThreadCommand, { kind: 'answer' }>>>,
  ): void {
    find().then(
      (found) => send({ kind: 'answer', question, failed: false, ...found }),
      (error: unknown) => {
        transfer.thrown.set(question, error);
        send({ kind: 'answer', question, failed: true });
      },
    );
  }

  return {
    start(request) {
      ensureThread();
      thread?.ref();
      const run = runs++;
      const done = new Promise<TransferResult>((resolve, reject) => {
        const abort = new AbortController();
        running.set(run, { request, abort, resolve, reject, thrown: new Map() });
      });
      const { locate: _locate, inspectHead, ...rest } = request;
      send({ kind: 'start', run, request: rest, inspects: inspectHead !== undefined });
      return {
        done,
        setLimits: (limits) => send({ kind: 'limits', run, limits }),
        async pause() {
          send({ kind: 'pause', run });
          await done.catch(() => {});
        },
      };
    },
    setRate(bytesPerSecond) {
      rate = bytesPerSecond;
      send({ kind: 'rate', bytesPerSecond });
    },
    setHostLimits(limits) {
      hosts = limits;
      send({ kind: 'hosts', limits });
    },
    onSample(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      if (!thread) return;
      thread.ref();
      await new Promise<void>((resolve) => {
        onStopped = resolve;
        send({ kind: 'stop' });
      });
      onStopped = null;
      await thread?.terminate();
      thread = null;
    },
  };
}

const VARIABLES = ['http_proxy', 'https_proxy', 'no_proxy'];

function threadOptions(options: TransferEngineOptions): ThreadOptions {
  const env = options.env ?? process.env;
  return {
    userAgent: options.userAgent ?? 'Kizashi',
    proxy: options.proxy,
    proxyVariables: Object.fromEntries(
      Object.entries(env).filter(([name]) => VARIABLES.includes(name.toLowerCase())),
    ),
    privateAddresses: options.privateAddresses ?? true,
    ca: options.ca,
    tuning: options.tuning ?? {},
  };
}

function errorOf(failure: ThreadFailure, { thrown }: Running): unknown {
  switch (failure.kind) {
    case 'app':
      return AppError.fromData(failure.error);
    case 'own':
      return thrown.get(failure.question);
    case 'aborted':
      return new DOMException('The transfer was paused', 'AbortError');
    case 'other':
      return transferErrors.DOWNLOADS_THREAD_ENDED({ reason: failure.message });
  }
}
