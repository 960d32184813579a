/** Speed of the AntroPy set beside AntroPy's. `node bench/features-antropy.ts` */
import { measureSet } from './support/feature-speed.ts';

await measureSet(
  async () => (await import('../packages/series/src/features/antropy/antropy.ts')).antropy,
  {
    peer: 'AntroPy 0.1.9, 13 features, numba warm',
    cpuMs: 4.81,
    note: 'peer_timings.csv: 200 series of 1,000 points, one thread; measured elsewhere',
  },
);
