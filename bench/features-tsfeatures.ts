/** Speed of the tsfeatures set beside the peer's, without and with its optimisers. `node bench/features-tsfeatures.ts` */
import { measureSet } from './support/feature-speed.ts';

const load = async () =>
  (await import('../packages/series/src/features/tsfeatures/tsfeatures.ts')).tsfeaturesSet;
const optimised = (feature: string) => /(alpha|beta|guerrero)$/.test(feature);
const note = 'peer_timings.csv: 10 series of 1,000 points, not locked; measured elsewhere';

await measureSet(load, {
  peer: 'tsfeatures 0.4.5, 15 functions, freq = 12; ours raw and standardised',
  cpuMs: 31.7,
  note,
  parameters: { freq: 12 },
  measured: (feature) => !optimised(feature),
});
await measureSet(load, {
  peer: 'tsfeatures 0.4.5, holt + hw + guerrero; ours without hw',
  cpuMs: 190.6,
  note,
  parameters: { freq: 12 },
  measured: optimised,
});
