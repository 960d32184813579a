// Fetches files with the transfer engine in a process of its own, as a peer does: its processor time and memory are those of the
// whole process. What to do comes as JSON in the first argument; the outcome is printed as JSON.
import { createTransferEngine } from '../../packages/server/src/workspaces/downloads/transfer/engine.ts';

export interface ClientJob {
  readonly files: readonly {
    readonly url: string;
    readonly path: string;
    readonly sha256?: string;
  }[];
  readonly parallelFiles: number;
  readonly connections: number;
  readonly pieceBytes: number;
}

export interface ClientOutcome {
  /** Without the start of the process and its threads: the product is running already. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly rssMb: number;
  readonly failed: readonly string[];
}

const job = JSON.parse(process.argv[2]!) as ClientJob;
const engine = createTransferEngine({ env: {} });
// The product's thread is there before its first file: a transfer that goes nowhere starts it.
await engine
  .start({
    id: 'start',
    locate: () => Promise.reject(new Error('nowhere')),
    partPath: `${job.files[0]?.path}.start`,
    expected: { hashes: {} },
    alsoHash: [],
    limits: { connections: 1, pieceBytes: 1 },
  })
  .done.catch(() => {});
const begun = performance.now();
const failed: string[] = [];
const waiting = [...job.files.entries()];
await Promise.all(
  Array.from({ length: job.parallelFiles }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, { url, path, sha256 }] = next;
      const transfer = engine.start({
        id: String(i),
        locate: async () => ({ url, headers: {} }),
        partPath: path,
        expected: { hashes: sha256 ? { sha256 } : {} },
        alsoHash: [],
        limits: { connections: job.connections, pieceBytes: job.pieceBytes },
      });
      await transfer.done.catch((error: { code?: string }) =>
        failed.push(error.code ?? String(error)),
      );
    }
  }),
);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage();
const outcome: ClientOutcome = {
  seconds,
  cpuSeconds: (user + system) / 1e6,
  rssMb: process.resourceUsage().maxRSS / 1024,
  failed,
};
console.log(JSON.stringify(outcome));
await engine.stop();
