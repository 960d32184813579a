/** Speed of the tsfresh sets beside tsfresh's own. `node bench/features-tsfresh.ts` */
import { measureSet } from './support/feature-speed.ts';

const load = () => import('../packages/series/src/features/tsfresh/tsfresh.ts');

await measureSet(async () => (await load()).tsfreshEfficient, {
  peer: 'tsfresh 0.21.2 EfficientFCParameters, n_jobs = 0',
  cpuMs: 88.7,
  note: 'peer_timings.csv: 20 series of 1,000 points (99.1 with two jobs); measured elsewhere',
});
await measureSet(async () => (await load()).tsfreshSelected, {
  peer: 'tsfresh 0.21.2 with the same 133 features, n_jobs = 2',
  cpuMs: 359.9,
  note: 'peer_timings.csv: 10 series of 1,000 points; measured elsewhere',
});
await measureSet(async () => (await load()).tsfreshEntropy, {
  peer: 'tsfresh 0.21.2 approximate and sample entropy, n_jobs = 2',
  cpuMs: 584.7,
  note: 'peer_timings.csv: 88 % of 664.4 ms for all its features; measured elsewhere',
});
