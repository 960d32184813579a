/** Measures a set of features: processor time a series, warm over many seeded series, and the first call of a process. */
import { parametersOf, summariser } from '../../packages/series/src/features/extract.ts';
import type { FeatureParameter, SummarySet } from '../../packages/series/src/features/feature.ts';
import { createRandom } from '../../packages/series/src/math/random.ts';

const SERIES = 200;
const POINTS = 1000;
const ROUNDS = 9;

/** A peer's figure as recorded in `features/peer_timings.csv` of the reference collection, on another day. */
export interface PeerFigure {
  readonly peer: string;
  readonly cpuMs: number;
  readonly note: string;
  /** Parameters other than the defaults of the set, and which features were measured where it was not all of them. */
  readonly parameters?: Readonly<Record<string, FeatureParameter>>;
  readonly measured?: (feature: string) => boolean;
}

/** @param load imports the set, so that its loading counts in the first call */
export async function measureSet(load: () => Promise<SummarySet>, peer: PeerFigure): Promise<void> {
  const series = seededSeries();
  const cold = process.cpuUsage();
  const set = await load();
  const { parameters = {}, measured = () => true } = peer;
  const names = set.features(parametersOf(set, parameters)).map(({ name }) => name);
  const summarise = summariser(set, parameters, new Set(names.filter(measured)));
  const features = Object.keys(summarise(series[0]!)).length;
  const first = cpuMs(cold);
  for (const y of series) summarise(y);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    for (const y of series) summarise(y);
    return cpuMs(start) / SERIES;
  }).sort((a, b) => a - b);
  const [low, median, high] = [rounds[0]!, rounds[ROUNDS >> 1]!, rounds[ROUNDS - 1]!];
  console.log(
    [
      `${set.name}: ${features} features, ${SERIES} series of ${POINTS} points, ${ROUNDS} rounds, processor time`,
      `  ${median.toFixed(3)} ms a series (${low.toFixed(3)} to ${high.toFixed(3)})`,
      `  first series with loading ${first.toFixed(0)} ms`,
      `  ${peer.peer}: ${peer.cpuMs} ms a series (${peer.note})`,
      `  ratio ${(median / peer.cpuMs).toFixed(2)}`,
    ].join('\n'),
  );
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** White noise, autoregressions, walks and noisy waves in turn. */
function seededSeries(): readonly Float64Array[] {
  const random = createRandom(20261122);
  const noise = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: SERIES }, (_, k) => {
    const memory = [0, 0.8, 1, 0.3][k % 4]!;
    let state = 0;
    return Float64Array.from({ length: POINTS }, (_, t) => {
      state = memory * state + noise();
      return k % 4 === 3 ? state + 3 * Math.sin(t / 10) : state;
    });
  });
}
