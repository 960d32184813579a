import { discords, matrixProfile, motifPairs } from '@kizashi/series';
import type { SeriesPatterns } from '../insight-contract.ts';

/** The work grows with the square: this many points take about a second. */
const MOST_POINTS = 50_000;
const USUAL_WINDOW = 50;
const SHORTEST_WINDOW = 3;

/** Runs in a worker thread: the windows of one series most and least like any other. `window` 0: a usual one. */
export function run(task: {
  readonly y: Float64Array;
  readonly window: number;
  readonly top: number;
}): SeriesPatterns {
  const { y, top } = task;
  const usual = Math.min(USUAL_WINDOW, Math.floor(y.length / 10));
  const window = task.window === 0 ? Math.max(SHORTEST_WINDOW, usual) : task.window;
  if (y.length > MOST_POINTS) return { status: 'too-long', window, motifs: [], discords: [] };
  if (!y.some(Number.isFinite)) return { status: 'no-values', window, motifs: [], discords: [] };
  if (y.length < 2 * window) return { status: 'too-short', window, motifs: [], discords: [] };
  const profile = matrixProfile(y, window);
  return {
    status: 'ok',
    window,
    motifs: motifPairs(profile, top)
      .filter(({ neighbour }) => neighbour >= 0)
      .map(({ start, neighbour, distance }) => ({ first: start, second: neighbour, distance })),
    discords: discords(profile, top).map(({ start, distance }) => ({ start, distance })),
  };
}
