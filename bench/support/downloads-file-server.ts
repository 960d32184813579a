// A server of generated files in a process of its own, so that its processor time is not the downloads'. The options come as
// JSON in the first argument; its address goes to the parent.
import { createRandom } from '../../packages/server/src/testing/random.ts';
import { patternContent } from '../../packages/server/src/workspaces/downloads/testing/content.ts';
import { startFaultServer } from '../../packages/server/src/workspaces/downloads/testing/fault-server.ts';
import {
  randomFaults,
  resetAnywhere,
} from '../../packages/server/src/workspaces/downloads/testing/faults.ts';

export interface ServedScenario {
  /** `/0`, `/1`, … */
  readonly sizes: readonly number[];
  readonly seed: number;
  readonly rate?: number;
  readonly latencyMs?: number;
  readonly maxConnections?: number;
  /** Of requests. */
  readonly resets?: number;
  readonly unavailable?: number;
}

const scenario = JSON.parse(process.argv[2]!) as ServedScenario;
const random = createRandom(scenario.seed);
const { resets = 0, unavailable = 0 } = scenario;
const server = await startFaultServer({
  files: (path) => {
    const size = path === '/warm' ? 1000 : scenario.sizes[Number(path.slice(1))];
    return size === undefined ? undefined : { content: patternContent(size) };
  },
  ...(scenario.rate !== undefined && { rate: scenario.rate }),
  ...(scenario.latencyMs !== undefined && { latencyMs: scenario.latencyMs }),
  ...(scenario.maxConnections !== undefined && {
    ...{ maxConnections: scenario.maxConnections, overMax: 429 },
  }),
  ...(resets + unavailable > 0 && {
    faults: randomFaults(Math.floor(random() * 1e9), [
      { chance: resets, make: resetAnywhere },
      { chance: unavailable, make: () => ({ kind: 'status', status: 503 }) },
    ]),
  }),
});
process.send!(server.url);
// Whoever asks is told what was sent so far.
process.on('message', () => process.send!(server.counts));
process.on('disconnect', () => process.exit());
