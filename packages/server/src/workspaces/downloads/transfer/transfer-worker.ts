import { parentPort, workerData } from 'node:worker_threads';
import { createAddressGuard } from '../../../core/address-guard.ts';
import { AppError } from '../../../core/errors.ts';
import { chooseProxy } from '../proxy.ts';
import { createTransferCore } from './core.ts';
import { transferErrors } from './errors.ts';
import type {
  ThreadCommand,
  ThreadFailure,
  ThreadOptions,
  ThreadReport,
} from './thread-messages.ts';
import type { Address, Transfer } from './transfer.ts';

// The thread of the engine: what the other side asks for is done here, and what only the other side knows is asked there.

const port = parentPort!;
const options = workerData as ThreadOptions;
const core = createTransferCore({
  userAgent: options.userAgent,
  proxy: chooseProxy(options.proxy, options.proxyVariables),
  // The guard's own message would have no host; the name is in the error of the transfer that wanted it.
  guard: options.privateAddresses
    ? undefined
    : createAddressGuard(() => transferErrors.DOWNLOADS_ADDRESS_PRIVATE({ host: 'This' })),
  ca: options.ca,
  tuning: options.tuning,
});
const transfers = new Map<number, Transfer>();
const questions = new Map<number, (answer: Extract<ThreadCommand, { kind: 'answer' }>) => void>();
let asked = 0;

/** Thrown here for what was thrown there. */
class AnswerFailed extends Error {
  readonly question: number;
  constructor(question: number) {
    super('the answer failed');
    this.question = question;
  }
}

const report = (message: ThreadReport, transfer: ArrayBuffer[] = []): void =>
  port.postMessage(message, transfer);

/** Sends a question and waits for its answer. */
function question(
  make: (question: number) => ThreadReport,
  transfer: ArrayBuffer[] = [],
): Promise<Address | undefined> {
  const number = asked++;
  return new Promise((resolve, reject) => {
    questions.set(number, ({ failed, address }) => {
      questions.delete(number);
      if (failed) reject(new AnswerFailed(number));
      else resolve(address);
    });
    report(make(number), transfer);
  });
}

core.onSample((samples) => report({ kind: 'samples', samples }));

port.on('message', (command: ThreadCommand) => {
  switch (command.kind) {
    case 'start':
      return start(command);
    case 'limits':
      return transfers.get(command.run)?.setLimits(command.limits);
    case 'pause':
      transfers
        .get(command.run)
        ?.pause()
        .catch(() => {});
      return;
    case 'rate':
      return core.setRate(command.bytesPerSecond);
    case 'hosts':
      return core.setHostLimits(command.limits);
    case 'answer':
      return questions.get(command.question)?.(command);
    case 'stop':
      core.stop().then(
        () => report({ kind: 'stopped' }),
        () => report({ kind: 'stopped' }),
      );
  }
});

function start({ run, request, inspects }: Extract<ThreadCommand, { kind: 'start' }>): void {
  const transfer = core.start({
    ...request,
    locate: async (reason) =>
      (await question((number) => ({ kind: 'locate', run, question: number, reason })))!,
    ...(inspects && {
      inspectHead: async (head, facts) => {
        const bytes = new Uint8Array(head);
        await question(
          (number) => ({ kind: 'inspect', run, question: number, head: bytes, facts }),
          [bytes.buffer],
        );
      },
    }),
  });
  transfers.set(run, transfer);
  transfer.done
    .then(
      (result) => report({ kind: 'done', run, result }),
      (error: unknown) => report({ kind: 'failed', run, failure: failureOf(error) }),
    )
    .finally(() => transfers.delete(run));
}

function failureOf(error: unknown): ThreadFailure {
  if (error instanceof AppError) return { kind: 'app', error: error.toData() };
  if (error instanceof AnswerFailed) return { kind: 'own', question: error.question };
  if (error instanceof DOMException && error.name === 'AbortError') return { kind: 'aborted' };
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}
