import { safeScale } from '../../math/safe-scale.ts';
import type { SharedSeries } from '../shared-series.ts';

/**
 * A series divided by a power of two, so that squares neither overflow nor vanish; itself for values of usual size. tsfresh
 * itself gives infinite or zero spreads there, and correlations of 0.
 */
export interface Scaled {
  readonly y: Float64Array;
  readonly scale: number;
}

export function scaledOf(series: SharedSeries): Scaled {
  return series.once('tsfresh.scaled', () => {
    const { y, n, min, max } = series;
    const scale = n === 0 ? 1 : safeScale(Math.max(Math.abs(min), Math.abs(max)));
    return { y: scale === 1 ? y : y.map((value) => value / scale), scale };
  });
}
