// Fetches files with the transfer engine in a process of its own, as a peer does: its processor time and memory are those of the
// whole process. What to do comes as JSON in the first argument; the outcome is printed as JSON.
import { createOptimiser } from '../../packages/server/src/workspaces/downloads/optimiser/create-optimiser.ts';
import type { Choice } from '../../packages/server/src/workspaces/downloads/optimiser/optimiser.ts';
import { BOUNDS } from '../../packages/server/src/workspaces/downloads/optimiser/testing/worlds.ts';
import { createTransferEngine } from '../../packages/server/src/workspaces/downloads/transfer/engine.ts';
import { type DecidedFile, fetchDecided } from './downloads-decided.ts';

export interface ClientJob {
  readonly files: readonly DecidedFile[];
  /** As a peer is told by its options; without it the product decides for itself. */
  readonly fixed?: Choice;
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
const { fixed } = job;
const decider = fixed
  ? {
      begin: () => fixed,
      observe: () => ({ parallelFiles: fixed.parallelFiles, choices: new Map() }),
      end: () => {},
    }
  : createOptimiser({ bounds: BOUNDS });
const begun = performance.now();
const { failed } = await fetchDecided(engine, job.files, decider);
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
