import { createRandom } from '../../../../testing/random.ts';
import { createOptimiser } from '../create-optimiser.ts';
import type { OptimiserBounds } from '../optimiser.ts';
import { type Decider, fixed, type SimulatedWorld, simulate } from './simulated-network.ts';

const MB = 1_000_000;
const random = createRandom(7);
const smallFiles = Array.from({ length: 200 }, () => 50e3 + random() * 450e3);
/** Networks in which the optimiser is compared with fixed settings, by what limits them. */
export const WORLDS: Record<string, SimulatedWorld> = {
  'the processor is the limit, for about a second': {
    ...{ seed: 1, files: [1000 * MB], perConnection: 900 * MB, latencyMs: 1, noise: 0.05 },
    ...{ processor: 1000 * MB, connectionCost: 0.01 },
  },
  'each connection gives 10 MB/s and 8 are allowed': {
    ...{ seed: 2, files: [600 * MB], perConnection: 10 * MB, cap: () => 8 },
  },
  'each connection gives 10 MB/s and 16 are allowed': {
    ...{ seed: 3, files: [1000 * MB], perConnection: 10 * MB, noise: 0.03 },
  },
  'many small files come over 50 ms of latency': {
    ...{ seed: 4, files: smallFiles, perConnection: 200 * MB, latencyMs: 50 },
    processor: 800 * MB,
  },
  '200 files meet resets and 503s': {
    ...{ seed: 5, files: Array(200).fill(5 * MB), perConnection: 60 * MB, backOffMs: 300 },
    ...{ processor: 600 * MB, resets: 0.05, unavailable: 0.02 },
  },
  '200 throttled files meet resets and 503s': {
    ...{ seed: 5, files: Array(200).fill(5 * MB), perConnection: 10 * MB, backOffMs: 300 },
    ...{ resets: 0.05, unavailable: 0.02 },
  },
  'the server allows 4 connections': {
    ...{ seed: 6, files: [300 * MB], perConnection: 10 * MB, cap: () => 4 },
  },
  'the server allows 2 connections': {
    ...{ seed: 6, files: [200 * MB], perConnection: 10 * MB, cap: () => 2 },
  },
  'a line of 60 MB/s is shared by all': {
    ...{ seed: 8, files: [600 * MB], perConnection: 15 * MB, noise: 0.1 },
    bottleneck: () => 60 * MB,
  },
  'a line of 100 MB/s takes ten connections to fill': {
    ...{ seed: 8, files: [800 * MB], perConnection: 10 * MB, noise: 0.05 },
    bottleneck: () => 100 * MB,
  },
  'a slow and noisy line starts slowly': {
    ...{ seed: 9, files: [20 * MB], perConnection: MB, noise: 0.2, latencyMs: 80 },
    ...{ slowStartMs: 500, bottleneck: () => MB },
  },
};

/** Numbers of connections that are compared with what the optimiser chooses. */
export const SETTINGS = [1, 2, 4, 8, 16] as const;

/** Up to the largest of them, as the optimiser may. */
export const BOUNDS: OptimiserBounds = {
  ...{ mode: 'adaptive', maxFiles: 16, maxConnections: 16, hosts: {}, bytesPerSecond: null },
};

/**
 * Milliseconds until everything is there, for each of `SETTINGS` and for the optimiser on its first and its second visit. Which file
 * meets the last failure is chance: the median of seven seeds, where there are failures.
 */
export function simulatedTimes(world: SimulatedWorld) {
  const seeds = world.resets ? [1, 2, 3, 4, 5, 6, 7] : [world.seed];
  const time = (decider: (seeded: SimulatedWorld) => Decider) => {
    const times = seeds.map((seed) => {
      const seeded = { ...world, seed };
      return simulate(seeded, decider(seeded)).ms;
    });
    return times.toSorted((a, b) => a - b)[times.length >> 1]!;
  };
  return {
    fixed: SETTINGS.map((connections) => time(() => fixed(connections, world.files))),
    adaptive: time(() => createOptimiser({ bounds: BOUNDS })),
    again: time((seeded) => {
      const first = createOptimiser({ bounds: BOUNDS });
      simulate(seeded, first);
      return createOptimiser({ bounds: BOUNDS, history: first.view().hosts });
    }),
  };
}
