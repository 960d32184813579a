/** Speed of the TSFEL set beside the peer's, without and with the fractal domain. `node bench/features-tsfel.ts` */
import { measureSet } from './support/feature-speed.ts';

const load = async () => (await import('../packages/series/src/features/tsfel/tsfel.ts')).tsfelSet;

await measureSet(load, {
  peer: 'TSFEL 0.2.0, default without fractal, fs = 100',
  cpuMs: 14.7,
  note: 'peer_timings.csv: 20 series of 1,000 points, one thread; measured elsewhere',
  measured: (feature) => !feature.startsWith('fractal'),
});
await measureSet(load, {
  peer: 'TSFEL 0.2.0 without its fractal domain, which ours is with',
  cpuMs: 14.7,
  note: 'peer_timings.csv has no figure with the fractal domain',
});
