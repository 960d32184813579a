/** Speed of the catch22 set beside the C library's. `node bench/features-catch22.ts` */
import { measureSet } from './support/feature-speed.ts';

await measureSet(
  async () => (await import('../packages/series/src/features/catch22/catch22.ts')).catch22,
  {
    peer: 'catch22 0.5.0, C, gcc -O2',
    cpuMs: 1.23,
    note: 'peer_timings.csv: 200 series of 1,000 points, one thread; measured elsewhere',
  },
);
